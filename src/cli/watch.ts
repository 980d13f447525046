// `lifeline watch`: one session in this process, printed while it goes on.

import { resolve } from 'node:path'
import { getCACertificates } from 'node:tls'
import { createCapture } from '../engine/capture/capture.ts'
import { CaptureError } from '../engine/capture/captureError.ts'
import { defaultWidth, minWidth } from '../engine/exports/exporter.ts'
import { exporters } from '../engine/exports/exporters.ts'
import { createSession } from '../engine/session.ts'
import { createTransport } from '../engine/transports/createTransport.ts'
import { chooseProxy } from '../shared/chooseProxy.ts'
import { type EndDetail, type Frame, type FrameOf, isWireKind } from '../shared/frame.ts'
import { defaultLimits } from '../shared/limits.ts'
import { mayUseTls } from '../shared/mayUseTls.ts'
import { peerName } from '../shared/peerName.ts'
import { previewPayload } from '../shared/preview.ts'
import type { NetworkSettings, SessionPlan } from '../shared/sessionPlan.ts'
import { shortName } from '../shared/shortName.ts'
import { resolveVariables } from '../shared/variables.ts'
import { visibleLines, visibleText } from '../shared/visibleText.ts'
import type { Command } from './commandLine.ts'
import { onInterrupt } from './interrupt.ts'
import { createLookup } from './lookUp.ts'
import { createOutput, statusOf } from './output.ts'
import { UsageError } from './usageError.ts'
import { watchedEndpoint } from './watchedEndpoint.ts'

type WatchCommand = Extract<Command, { kind: 'watch' }>

/** A diagram that grows before someone's eyes shows more of a run, and never stands still for long. */
const liveRunLength = 50
const liveRunMs = 1000
const widestTerminal = 120

/**
 * Resolves with the exit status when the session has ended. Rejects with `UsageError`, and with `CaptureError`
 * when the capture cannot be closed.
 */
export async function watch(command: WatchCommand): Promise<number> {
  const plan = await planOf(command)
  const capture = openNew(plan)
  const output = createOutput(process.stdout, () => void session.stop())
  const { format, times } = command.print
  const exporter = exporters[format]({
    server: peerName(plan.endpoint.url),
    width: command.print.width ?? terminalWidth(),
    times,
    runLength: command.print.runLength ?? liveRunLength,
    runMs: liveRunMs,
  })
  let printed = 0
  let moved = false
  let lastError: FrameOf<'error'> | null = null
  let endMessage = ''

  function print(frame: Frame, payload: Uint8Array | null): void {
    moved = true
    if (frame.kind === 'error') lastError = frame
    if (frame.kind === 'end') endMessage = frame.detail.message
    if (!command.print.wire && isWireKind(frame.kind)) return
    const enough = command.frames !== null && printed >= command.frames
    // What the end itself brings about (a close frame, its answer) was not asked for.
    if (enough && frame.kind !== 'end') return
    printed += 1
    const preview = previewPayload(frame, payload, plan.limits.previewChars)
    output.write(exporter.frame({ frame, preview, payload: () => payload }))
    if (printed === command.frames) void session.stop()
  }

  const { resolved: endpoint, network, limits } = plan
  const secrets = plan.secrets.map(({ value }) => value)
  const session = createSession({
    plan,
    capture,
    transport: createTransport({ endpoint, network, limits, secrets }),
    onStatus: () => {},
    onFrame: print,
    onFault: (fault) => console.error(visibleLines(fault.stack ?? fault.message)),
  })
  const stopListening = onInterrupt(() => void session.stop())
  const deadline =
    command.forMs === null
      ? null
      : setTimeout(() => void session.stop(), Math.min(command.forMs, limits.maxDelayMs))

  // When a fast run pauses, its count so far is shown without waiting for what ends the run.
  const pauses = setInterval(() => {
    if (!moved) output.write(exporter.flush())
    moved = false
  }, liveRunMs)

  output.write(exporter.begin())
  session.start()
  const end = await session.ended
  clearInterval(pauses)
  output.write(exporter.end())
  if (deadline) clearTimeout(deadline)
  try {
    capture.close()
  } finally {
    await output.drained()
    stopListening()
  }
  if (end.by === 'user' || end.by === 'server') return statusOf(output)
  // Someone who reads the diagram on the screen has just read it there, unless the end itself could not be written.
  const wasRead = format === 'ascii' && process.stdout.isTTY && endMessage === end.message
  if (!wasRead) explain(end, lastError)
  return 1
}

function explain(end: EndDetail, lastError: FrameOf<'error'> | null): void {
  const advice = lastError?.detail.advice
  // The message may end in the name of a file, which a sentence behind it would seem to belong to.
  const lines = advice === undefined ? [end.message] : [end.message, advice]
  for (const line of lines) console.error(`lifeline: ${visibleText(line)}`)
}

async function planOf(command: WatchCommand): Promise<SessionPlan> {
  const watched = watchedEndpoint(command.watch, process.cwd())
  const variables = await resolveVariables(watched.endpoint, createLookup(watched, process.env))
  if (!variables.ok) {
    throw new UsageError(variables.problems.map(({ message }) => message).join('\n'))
  }
  const { resolved, recorded, secrets } = variables.value
  return {
    name: watched.name ?? shortName(recorded.url),
    endpoint: recorded,
    resolved,
    secrets,
    network: networkOf(resolved),
    limits: defaultLimits,
    capturePath: command.capture === null ? null : resolve(command.capture),
  }
}

/** What VS Code tells a worker, from the environment and the system instead. */
function networkOf({ url }: { readonly url: string }): NetworkSettings {
  return {
    proxyUrl: chooseProxy(url, { proxy: '', noProxy: [], env: process.env }),
    // Node trusts its own list alone; a browser and VS Code trust the system's as well.
    caPems: mayUseTls(new URL(url)) ? getCACertificates('system') : null,
  }
}

function openNew({ capturePath, name, endpoint, limits }: SessionPlan) {
  try {
    return createCapture({ path: capturePath, name, endpoint, limits })
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message)
    throw error
  }
}

/** As wide as the terminal, within reason; a pipe or a file gets the default. */
function terminalWidth(): number {
  const { isTTY, columns } = process.stdout
  if (!isTTY || !columns) return defaultWidth
  return Math.min(widestTerminal, Math.max(minWidth, columns))
}
