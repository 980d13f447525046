// Runs whole sessions over loopback, each into a capture file, and reads back what that file holds.

import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Capture, createCapture, openCapture } from '../../../src/engine/capture/capture.ts'
import { createSource } from '../../../src/engine/createSource.ts'
import { exporters } from '../../../src/engine/exports/exporters.ts'
import { createSession, type Session } from '../../../src/engine/session/session.ts'
import type { Timers } from '../../../src/engine/session/timers.ts'
import type { Endpoint, Method } from '../../../src/shared/endpoint/endpoint.ts'
import { describe as describeFrame } from '../../../src/shared/frame/describe.ts'
import type {
  EndDetail,
  Frame,
  FrameKind,
  FrameOf,
  FrameWithPreview,
} from '../../../src/shared/frame/frame.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import type { Secret } from '../../../src/shared/session/sessionPlan.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { peerName } from '../../../src/shared/url/names.ts'
import { accept } from '../samples/resolveEndpoint.ts'
import { testEndpoint } from '../samples/testEndpoint.ts'

export const allMethods = ['polling', 'long-polling', 'sse', 'websocket'] as const

export interface RunOptions {
  readonly limits?: Partial<Limits>
  readonly proxyUrl?: string
  readonly secrets?: readonly Secret[]
  /** The endpoint as it is recorded, where references stand in it. */
  readonly recorded?: Endpoint
  /** In place of a capture file of its own. */
  readonly capture?: Capture
  readonly timers?: Timers
  /** Stops the session at the first frame that passes; without it the session ends by itself. */
  until?(frame: Frame, session: Session, payload: Uint8Array | null): boolean
}

/** A session that has ended, as its capture file tells it. */
export interface SessionRun {
  readonly frames: readonly Frame[]
  /** `kind text`, a frame a line. */
  readonly lines: readonly string[]
  readonly end: EndDetail
  /** As views were told last. */
  readonly status: SessionStatus
  all<K extends FrameKind>(kind: K): FrameOf<K>[]
  /** The only frame of this kind. */
  only<K extends FrameKind>(kind: K): FrameOf<K>
  /** The payload as text; null where there is none. */
  text(frame: Frame): string | null
  payload(frame: Frame): Uint8Array | null
  /** What it looks like in all formats. */
  exported(): string
  /** All bytes in the folder of the capture: while the session was live, and after. */
  readonly files: Buffer
}

/**
 * Resolves when the session has ended and its file has been opened again. Fails unless what was told
 * live and what the file holds are the same, with one `end` frame, the last.
 */
export async function runSession(
  resolved: Endpoint,
  options: RunOptions = {},
): Promise<SessionRun> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-run-'))
  const path = join(folder, 'run.lifeline')
  const limits = { ...defaultLimits, ...options.limits }
  const endpoint = options.recorded ?? resolved
  const network = { proxyUrl: options.proxyUrl ?? null, caPems: null }
  const capture = options.capture ?? createCapture({ path, name: 'Run', endpoint, limits })
  const live: Frame[] = []
  const faults: Error[] = []
  let status: SessionStatus | null = null
  const plan = {
    name: 'Run',
    endpoint,
    resolved,
    secrets: options.secrets ?? [],
    network,
    limits,
    capturePath: path,
  }
  const session = createSession({
    plan,
    capture,
    source: (io) => createSource(plan, io),
    onStatus: (next) => {
      status = next
    },
    onFrame: (frame, payload) => {
      live.push(frame)
      if (options.until?.(frame, session, payload)) void session.stop()
    },
    onFault: (fault) => faults.push(fault),
    ...(options.timers && { timers: options.timers }),
  })
  try {
    session.start()
    const end = await session.ended
    const files = [bytesOf(folder)]
    if (!options.capture) capture.close()
    files.push(bytesOf(folder))
    assert.deepEqual(faults, [])
    const read = options.capture ?? openCapture(path)
    const rows = readRows(read)
    if (!options.capture) read.close()
    const frames = rows.map(({ frame }) => frame)
    assert.deepEqual(
      frames.map(({ seq, kind }) => `${seq} ${kind}`),
      live.map(({ seq, kind }) => `${seq} ${kind}`),
    )
    assert.equal(frames.filter(({ kind }) => kind === 'end').length, 1)
    const last = frames.at(-1)
    // `brief` is for who sees the frames before it.
    const { brief: _, ...lastWords } = last?.kind === 'end' ? last.detail : {}
    assert.deepEqual(lastWords, end)
    assert.deepEqual((status as SessionStatus | null)?.outcome, end)
    const told = tellRows(rows, endpoint)
    return { ...told, end, status: session.status(), files: Buffer.concat(files) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type ReadRow = FrameWithPreview & { readonly payload: Uint8Array | null }

function readRows(capture: Capture): readonly ReadRow[] {
  const entries = [...capture.entries({ afterSeq: 0, text: '', wire: true })]
  return entries.map((row) => ({ ...row, payload: row.payload() }))
}

function tellRows(
  rows: readonly ReadRow[],
  endpoint: Endpoint,
): Omit<SessionRun, 'end' | 'status' | 'files'> {
  const frames = rows.map(({ frame }) => frame)
  const all = <K extends FrameKind>(kind: K) =>
    frames.filter((frame): frame is FrameOf<K> => frame.kind === kind)
  const payload = (frame: Frame) => rows[frame.seq - 1]?.payload ?? null
  return {
    frames,
    lines: rows.map(
      ({ frame, preview, decoded }) =>
        `${frame.kind} ${describeFrame(frame, preview, decoded).text}`,
    ),
    all,
    only(kind) {
      const [one, ...more] = all(kind)
      assert.ok(one && more.length === 0, `not one ${kind}: ${frames.map((f) => f.kind)}`)
      return one
    },
    payload,
    text: (frame) => {
      const bytes = payload(frame)
      return bytes === null ? null : Buffer.from(bytes).toString()
    },
    exported: () =>
      Object.values(exporters)
        .map((make) => {
          const exporter = make({ server: peerName(endpoint.url), width: 400 })
          const text = rows.flatMap((row) => [
            ...exporter.frame({ ...row, payload: () => row.payload }),
          ])
          return [exporter.begin(), ...text, exporter.end()].join('')
        })
        .join('\n'),
  }
}

function bytesOf(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
}

/** An endpoint for a method at a path of a server that was started with `http:` or `https:`. */
export function endpointAt(
  origin: string,
  method: Method,
  path: string,
  fields: Partial<Endpoint> = {},
): Endpoint {
  const base = method === 'websocket' ? origin.replace(/^http/, 'ws') : origin
  return testEndpoint({ url: `${base}${path}`, method, intervalMs: 100, ...fields })
}

/** The same from the fields of a profile's entry. */
export function profileAt(
  origin: string,
  method: Method,
  path: string,
  entry: Readonly<Record<string, unknown>>,
): Endpoint {
  const { url } = endpointAt(origin, method, path)
  return accept({ url, method, proxy: 'none', reconnect: false, ...entry })
}
