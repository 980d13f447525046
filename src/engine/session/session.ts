// A session's life around its source: state, recording, limits, faults, stop and end.

import type { SendingApi } from '../../shared/calls/messages.ts'
import type { TapApi } from '../../shared/calls/tapApi.ts'
import { isErrorCode } from '../../shared/frame/errorCodes.ts'
import type { EndDetail, Frame } from '../../shared/frame/frame.ts'
import type { Pending, SessionState, SessionStatus } from '../../shared/session/sessionState.ts'
import { noHolds } from '../../shared/session/tapHolds.ts'
import { harmlessFault } from '../../shared/text/harmlessFault.ts'
import { CaptureError } from '../capture/format/captureError.ts'
import type { Recording } from '../capture/recording.ts'
import { createRecorder, type Recorder, type RecordingPlan } from './recorder.ts'
import { createSending, noEndpoint } from './sending.ts'
import { createSentAgain, type Recorded } from './sentAgain.ts'
import type { Source, SourceIo } from './source.ts'
import { createStatusPusher } from './statusPusher.ts'
import { createTapCalls } from './tapCalls.ts'
import { createSystemTimers, type Timers } from './timers.ts'
import { endedByError, isOver, limitEnd, limitWords } from './toldEnd.ts'
import { startWatches, type Watches } from './watches.ts'

export interface SessionOptions {
  /** What every session needs; the rest of a plan is for its source. */
  readonly plan: RecordingPlan
  readonly capture: Recording
  /** What it has recorded, where that can be read. */
  readonly recorded?: Recorded
  /** Called once. Opens nothing yet. */
  source(io: SourceIo): Source
  /** As often as `createStatusPusher` says, and once more at the end; may answer a promise of when views have taken it. */
  onStatus?(status: SessionStatus): unknown
  /** Each frame as it is recorded, secrets replaced. */
  onFrame?(frame: Frame, payload: Uint8Array | null): void
  /** Our own fault, without secrets and payload; the session ends with a frame that says so. */
  onFault(fault: Error): void
  /** The capture's file was lost; a frame tells so, and the capture goes on in this one. */
  onMoved?(capturePath: string): void
  readonly timers?: Timers
}

export interface Session extends SendingApi, TapApi {
  start(): void
  /** Ends the session; resolves when its last frame is written. */
  stop(): Promise<void>
  /** As `SessionApi.reconnect`. */
  reconnect(): Promise<void>
  /** As `SessionApi.allowHost`. */
  allowHost(host: string): void
  status(): SessionStatus
  /** Whether a text that somebody typed has a secret in it, one of the plan's or one that has crossed the wire. */
  holdsSecret(text: string): boolean
  /** Resolves with the detail of the `end` frame. */
  readonly ended: Promise<EndDetail>
}

/** To the log, without secrets and payload. */
function tellFault(error: unknown, { clean }: Recorder, { onFault }: SessionOptions): Error {
  const fault = harmlessFault(error, clean)
  onFault(fault)
  return fault
}

/**
 * The states and what leads from one to the next:
 *
 *   idle ─start─► connecting ─opened─► open ─lost─► waiting ─due─► connecting
 *                     │                  │            │
 *                     ├──────────────────┴────────────┴── reconnect ─► connecting
 *                     │                  │            │
 *                     └──── any outcome that ends, stop, a limit, a fault ────► closing ─► ended
 *
 * The source sets `connecting`, `open` and `waiting`.
 */
export function createSession(options: SessionOptions): Session {
  const { plan, capture, onFrame } = options
  const timers = options.timers ?? createSystemTimers()
  const stopping = new AbortController()
  const ending = Promise.withResolvers<EndDetail>()
  const isOpen = () => state === 'open'
  const ends = () => state === 'closing' || state === 'ended'

  let state: SessionState = 'idle'
  let pending: Pending | null = null
  let end: EndDetail | null = null
  /** Why a limit or a fault ended the session; it takes precedence over the reason of the source. */
  let ownEnd: EndDetail | null = null
  /** The number of the newest connection. */
  let connection = 0
  let endedAt: number | null = null
  let failure: number | null = null
  let watches: Watches | null = null

  const recorder = createRecorder({
    ...{ plan, capture, timers, onFrame },
    onChange: () => views.soon(),
    onFull: reachLimit,
    onFailure: fail,
  })
  const { emit, emitLocal, hear, wire, hide, hidePassing } = recorder
  const views = createStatusPusher(timers, status, (now) => options.onStatus?.(now))
  const source = options.source({
    timers,
    signal: stopping.signal,
    nextConnection() {
      recorder.countConnection()
      return ++connection
    },
    ...{ emit, emitLocal, hear, wire, hide, hidePassing },
    changed: () => views.soon(),
    enter(next, waitingFor) {
      if (!stopping.signal.aborted) enter(next, waitingFor)
    },
    fail,
    failed(seq) {
      failure = seq
    },
  })

  function reachLimit(): void {
    const full = limitEnd(plan.limits.captureBytes)
    // An earlier reason, such as a full disk, stays.
    ownEnd ??= full
    const detail = { message: limitWords(plan.limits.captureBytes) }
    failure = recorder.emitLocal({ kind: 'notice', connection, code: 'capture-full', detail })
    halt()
  }

  /** Something of ours failed: the capture cannot be written, or the source has a fault. */
  function fail(error: unknown): void {
    const ours = !(error instanceof CaptureError)
    const fault = ours ? tellFault(error, recorder, options) : error
    // Only the first reason is shown; later ones go to the log.
    if (ownEnd !== null || state === 'ended') return
    const message = ours ? `Lifeline failed: ${fault.message}` : fault.message
    ownEnd = { by: 'error', message, brief: endedByError }
    const code = !ours && isErrorCode(error.code) ? error.code : 'internal'
    failure = recorder.emitLocal({ kind: 'error', connection, code, detail: { message } })
    halt()
  }

  /** Ends the source, which closes what is open. */
  function halt(): void {
    if (state !== 'idle' && state !== 'ended') enter('closing')
    stopping.abort()
  }

  function enter(next: SessionState, waitingFor: Pending | null = null): void {
    state = next
    pending = waitingFor
    views.soon()
  }

  function status(): SessionStatus {
    recorder.flush()
    return {
      state,
      method: source.method,
      frames: capture.frames,
      startedAt: capture.startedAt,
      endedAt,
      now: timers.now(),
      pending,
      unfinished: source.unfinished?.() ?? null,
      listening: source.listening?.() ?? null,
      ...(source.addedMs && { addedMs: source.addedMs() }),
      faults: source.faults?.inForce() ?? [],
      holds: source.holds?.status() ?? noHolds,
      statistics: recorder.statistics(),
      outcome: end,
      failure,
      canSend: isOpen() && source.sender !== undefined,
      repeatMs: source.sender?.repeatMs ?? null,
    }
  }

  async function run(): Promise<EndDetail> {
    try {
      return await source.run()
    } catch (error) {
      fail(error)
      return { by: 'error', message: 'Lifeline failed.' }
    }
  }

  async function finish(detail: EndDetail): Promise<void> {
    halt()
    watches?.stop()
    try {
      await source.close()
    } catch (error) {
      tellFault(error, recorder, options)
    }
    // A failure to write is recorded before the end.
    watches?.lookLast()
    recorder.flush()
    const before = ownEnd
    const told = recorder.end(connection, before ?? detail)
    // If only the end frame could not be written, that reason says more.
    conclude(ownEnd === before ? told.detail : (ownEnd ?? told.detail), told.at)
  }

  function conclude({ by, message }: EndDetail, at: number): void {
    end = { by, message }
    endedAt = at
    enter('ended')
    ending.resolve(end)
    views.last()
  }

  return {
    ended: ending.promise,
    status,
    holdsSecret: recorder.holdsSecret,
    start() {
      if (state !== 'idle') throw new Error('A session starts once.')
      watches = startWatches({
        timers,
        capture,
        recorder,
        connection: () => connection,
        onMoved: (path) => options.onMoved?.(path),
        onFailure: fail,
      })
      run()
        .then(finish)
        .catch((error) => {
          const { message } = tellFault(error, recorder, options)
          conclude({ by: 'error', message: `Lifeline failed: ${message}` }, timers.now())
        })
    },
    async stop() {
      halt()
      if (state !== 'idle') await ending.promise
    },
    async reconnect() {
      if (ends()) throw isOver()
      if (source.reconnect === undefined) throw noEndpoint()
      source.reconnect()
    },
    allowHost: (host) => source.allowHost?.(host),
    ...createTapCalls(source, ends, views.soon),
    ...createSending({
      source,
      limits: plan.limits,
      signal: stopping.signal,
      isOpen,
      onRepeat: views.soon,
      sentAgain: createSentAgain(options.recorded, recorder.original),
    }),
  }
}
