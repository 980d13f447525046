// The thread of `lifeline watch`: one session, printed while it goes on, held back by whoever reads it.

import type { MessagePort } from 'node:worker_threads'
import { createCapture } from '../engine/capture/capture.ts'
import { CaptureError } from '../engine/capture/captureError.ts'
import { createFrameCount } from '../engine/capture/frameCount.ts'
import type { ExporterOptions, ExportRow } from '../engine/exports/exporter.ts'
import { exporters } from '../engine/exports/exporters.ts'
import { createSession } from '../engine/session.ts'
import { createTransport } from '../engine/transports/createTransport.ts'
import type { ExportFormat } from '../shared/exportOptions.ts'
import { type EndDetail, type Frame, isWireKind } from '../shared/frame.ts'
import { previewPayload } from '../shared/preview.ts'
import type { SessionPlan } from '../shared/sessionPlan.ts'
import { createOutput } from './output.ts'

/** What the thread is given. Plain data: it crosses into the thread. */
export interface WatchTask {
  readonly plan: SessionPlan
  readonly format: ExportFormat
  readonly exporter: ExporterOptions
  /** Whether the wire layer is printed as well. */
  readonly wire: boolean
  /** Frames to print; null for all. */
  readonly frames: number | null
  /** See `OutputOptions`. Any message to the thread asks for the end; this one is heard while it waits. */
  readonly release: Int32Array
}

/** What the thread tells, in this order; after `refused` or `ended` it has nothing more to do. */
export type WatchNews =
  /** The capture file cannot be made. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'started' }
  /** Our own fault: a stack. */
  | { readonly kind: 'fault'; readonly stack: string }
  | ({ readonly kind: 'ended' } & WatchEnd)

export interface WatchEnd {
  readonly end: EndDetail
  /** What the last error of the peer or the network advises. */
  readonly advice: string | null
  /** Whether the reader has been told of the end as it was. */
  readonly told: boolean
  /** Why standard output could not be written. */
  readonly outputFailure: string | null
  /** Why the capture could not be closed. */
  readonly captureFailure: string | null
  /** Frames that came after the end was asked for, for which a reader who does not read left no room. */
  readonly unprinted: number
}

/** A diagram that grows before someone's eyes never stands still for long. */
export const liveRunMs = 1000

/** Resolves when the session has ended, its capture is closed and everything is printed. */
export async function watchSession(port: MessagePort, task: WatchTask): Promise<void> {
  const tell = (news: WatchNews) => port.postMessage(news)
  const { plan, release } = task
  const exporter = exporters[task.format](task.exporter)
  const capture = openRecording(plan, tell)
  if (capture === null) return
  const output = createOutput({ release, onClose: () => void session.stop() })
  let printed = 0
  let unprinted = 0
  let moved = false
  let advice: string | null = null
  let toldEnd: string | null = null

  function print(frame: Frame, payload: Uint8Array | null): void {
    moved = true
    if (frame.kind === 'error') advice = frame.detail.advice ?? null
    if (frame.kind === 'end') toldEnd = frame.detail.message
    if (!task.wire && isWireKind(frame.kind)) return
    // What the end itself brings about (a close frame, its answer) was not asked for.
    const enough = task.frames !== null && printed >= task.frames
    if (frame.kind !== 'end' && (enough || output.full)) {
      if (!enough) unprinted++
      return
    }
    printed++
    const row = new LiveRow(frame, payload, plan.limits.previewChars)
    for (const piece of exporter.frame(row)) output.write(piece)
    if (printed === task.frames) void session.stop()
  }

  const { resolved, network, limits } = plan
  const secrets = plan.secrets.map(({ value }) => value)
  const session = createSession({
    plan,
    capture,
    transport: createTransport({ endpoint: resolved, network, limits, secrets }),
    onStatus: () => {},
    onFrame: print,
    onFault: (fault) => tell({ kind: 'fault', stack: fault.stack ?? fault.message }),
  })
  port.on('message', () => void session.stop())

  // When a fast run pauses, its count so far is shown without waiting for what ends the run.
  const pauses = setInterval(() => {
    if (!moved) output.write(exporter.flush())
    moved = false
  }, liveRunMs)

  output.write(exporter.begin())
  session.start()
  tell({ kind: 'started' })
  const end = await session.ended
  clearInterval(pauses)
  output.write(exporter.end())
  const captureFailure = close(capture)
  output.drain()
  const { failure: outputFailure } = output
  const told = toldEnd === end.message
  tell({ kind: 'ended', end, advice, told, outputFailure, captureFailure, unprinted })
}

/** A frame as it comes. Most of a flood are not drawn, so its preview is made when asked for. */
class LiveRow implements ExportRow {
  readonly frame: Frame
  readonly #bytes: Uint8Array | null
  readonly #previewChars: number

  constructor(frame: Frame, bytes: Uint8Array | null, previewChars: number) {
    this.frame = frame
    this.#bytes = bytes
    this.#previewChars = previewChars
  }

  get preview(): string | null {
    return previewPayload(this.frame, this.#bytes, this.#previewChars)
  }

  payload(): Uint8Array | null {
    return this.#bytes
  }
}

/** Null when the capture file cannot be made, which has been told. */
function openRecording(plan: SessionPlan, tell: (news: WatchNews) => void) {
  const { capturePath, name, endpoint, limits } = plan
  // What nobody keeps would only grow.
  if (capturePath === null) return { ...createFrameCount(), close() {} }
  try {
    return createCapture({ path: capturePath, name, endpoint, limits })
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    tell({ kind: 'refused', message: error.message })
    return null
  }
}

/** Answers why it failed, or null. */
function close(capture: { close(): void }): string | null {
  try {
    capture.close()
    return null
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    return error.message
  }
}
