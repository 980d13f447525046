// One endpoint's life: connect, wait, connect again, stop. Everything it sees goes through `emit` to the capture.

import type { SendingApi } from '../../shared/calls/messages.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import { isErrorCode } from '../../shared/frame/errorCodes.ts'
import type { EndDetail, Frame, WaitDetail } from '../../shared/frame/frame.ts'
import type { SessionPlan } from '../../shared/session/sessionPlan.ts'
import type { Pending, SessionState, SessionStatus } from '../../shared/session/sessionState.ts'
import { harmlessFault } from '../../shared/text/harmlessFault.ts'
import { formatLimit } from '../../shared/text/units.ts'
import type { Recording } from '../capture/capture.ts'
import { CaptureError } from '../capture/format/captureError.ts'
import type { Transport } from '../transports/transport.ts'
import { createCompanions } from './companions.ts'
import { type Connection, createConnection, type Ended } from './connection.ts'
import { createDelay } from './delay.ts'
import { type History, nextStep } from './reconnect.ts'
import { createRecorder } from './recorder.ts'
import { createSending } from './sending.ts'
import { createStatusPusher } from './statusPusher.ts'
import { createSystemTimers, type Timers } from './timers.ts'
import { startWatches, type Watches } from './watches.ts'

export interface SessionOptions {
  readonly plan: SessionPlan
  readonly capture: Recording
  readonly transport: Transport
  /** At most 20 times a second, and once more at the end. */
  onStatus(status: SessionStatus): void
  /** Each frame as it is recorded, secrets replaced. */
  onFrame?(frame: Frame, payload: Uint8Array | null): void
  /** Our own fault, without secrets and payload; the session ends with a frame that says so. */
  onFault(fault: Error): void
  /** The capture's file was lost; a frame tells so, and the capture goes on in this one. */
  onMoved?(capturePath: string): void
  readonly timers?: Timers
}

export interface Session extends SendingApi {
  start(): void
  /** Ends the session; resolves when its last frame is written. */
  stop(): Promise<void>
  reconnect(): Promise<void>
  status(): SessionStatus
  /** Resolves with the detail of the `end` frame. */
  readonly ended: Promise<EndDetail>
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
 * A connection that is closed to be replaced is `connecting` already.
 */
export function createSession(options: SessionOptions): Session {
  const { plan, capture, transport } = options
  const timers = options.timers ?? createSystemTimers()
  const stopping = new AbortController()
  const ending = Promise.withResolvers<EndDetail>()

  let state: SessionState = 'idle'
  let pending: Pending | null = null
  let end: EndDetail | null = null
  /** Set by what ends the session from within: a limit or a fault. It wins over the outcome. */
  let verdict: EndDetail | null = null
  let connection = 0
  let current: Connection | null = null
  let endedAt: number | null = null
  let watches: Watches | null = null

  const recorder = createRecorder({
    plan,
    capture,
    timers,
    onFrame: options.onFrame,
    onChange: () => views.soon(),
    onFull: reachLimit,
    onFailure: fail,
  })
  const views = createStatusPusher(timers, status, options.onStatus)
  const delay = createDelay(timers, stopping.signal)
  const companions = createCompanions(plan, transport, recorder, stopping.signal)

  function reachLimit(): void {
    const size = formatLimit(plan.limits.captureBytes)
    const message = `The capture has reached its limit of ${size}. The setting lifeline.capture.maxSize changes it.`
    // What ends it already stands, such as a disk that is gone.
    verdict ??= { by: 'limit', message }
    recorder.emitLocal({ kind: 'notice', connection, code: 'capture-full', detail: { message } })
    halt()
  }

  /** Something of ours failed: the capture cannot be written, or a transport has a fault. */
  function fail(error: unknown): void {
    const ours = !(error instanceof CaptureError)
    const fault = ours ? tellFault(error) : error
    // The first reason stands; what follows from it, or comes after the end, is for the log alone.
    if (verdict !== null || state === 'ended') return
    const message = ours ? `Lifeline failed: ${fault.message}` : fault.message
    verdict = { by: 'error', message }
    const code = !ours && isErrorCode(error.code) ? error.code : 'internal'
    recorder.emitLocal({ kind: 'error', connection, code, detail: { message } })
    halt()
  }

  function tellFault(error: unknown): Error {
    const fault = harmlessFault(error, recorder.clean)
    options.onFault(fault)
    return fault
  }

  /** Ends the connection, and what would follow it. */
  function halt(): void {
    if (state !== 'idle' && state !== 'ended') enter('closing')
    stopping.abort()
    current?.abort()
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
      method: plan.endpoint.method,
      frames: capture.frames,
      startedAt: capture.startedAt,
      endedAt,
      pending,
      statistics: recorder.statistics(),
      outcome: end,
      canSend: state === 'open' && transport.sender !== undefined,
      repeatMs: transport.sender?.repeatMs ?? null,
    }
  }

  async function run(): Promise<EndDetail> {
    let history: History = { everOpened: false, failures: 0 }
    let newConnection = true
    let own = new AbortController()
    while (!stopping.signal.aborted) {
      if (newConnection) {
        own = new AbortController()
        connection++
        recorder.countConnection()
      }
      // A poll in its rhythm stays open; one after a wait that was drawn has yet to be answered.
      if (newConnection || state === 'waiting') enter('connecting')
      const { outcome, opened, steady, replaced } = await connectOnce(own)
      if (verdict !== null) break
      if (replaced) {
        newConnection = true
        continue
      }
      history = {
        everOpened: history.everOpened || opened,
        failures: steady ? 0 : history.failures,
      }
      const step = nextStep(outcome, history, plan.resolved)
      if (step.kind === 'end') return step.end
      if (outcome.kind === 'lost') history = { ...history, failures: history.failures + 1 }
      newConnection = step.newConnection
      await pause(step.delayMs, step.wait)
    }
    return verdict ?? { by: 'user', message: 'Disconnected.' }
  }

  /** A run of polls shares one controller: making and joining signals for each would cost more than it. */
  async function connectOnce(own: AbortController): Promise<Ended & { replaced: boolean }> {
    current = createConnection({
      number: connection,
      own,
      transport,
      recorder,
      timers,
      onOpened: () => {
        if (state !== 'open') enter('open', pending)
      },
      onAwaiting: (answer) => {
        pending = answer ? { kind: 'answer', since: timers.now() } : null
        views.soon()
      },
      onFault: fail,
    })
    if (stopping.signal.aborted) current.abort()
    const ended = await current.run()
    current = null
    // Aborted, but not to stop: the user asked for a new connection in its place.
    return { ...ended, replaced: own.signal.aborted && !stopping.signal.aborted }
  }

  /** Waits for the next connection; a drawn wait is a state of its own, a poll's rhythm is not. */
  async function pause(delayMs: number, wait: WaitDetail | null): Promise<void> {
    if (stopping.signal.aborted || (delayMs === 0 && wait === null)) return
    const due = Math.min(delayMs, plan.limits.maxDelayMs)
    if (wait !== null) recorder.emitLocal({ kind: 'wait', connection, code: null, detail: wait })
    // Whoever is told of that frame may stop the session.
    if (stopping.signal.aborted) return
    const since = timers.now()
    const until = since + due
    if (wait === null) enter(state, { kind: 'poll', since, until })
    else enter('waiting', { kind: 'connection', since, until })
    await delay.pass(due)
    pending = null
  }

  async function finish(detail: EndDetail): Promise<void> {
    halt()
    watches?.stop()
    await companions.settled()
    try {
      await transport.close()
    } catch (error) {
      tellFault(error)
    }
    // What cannot be written is told before the end, not after it.
    watches?.lookLast()
    recorder.flush()
    const before = verdict
    const told = recorder.end(connection, before ?? detail)
    // Where it alone did not reach the file, why says more.
    conclude(verdict === before ? told.detail : (verdict ?? told.detail), told.at)
  }

  function conclude(detail: EndDetail, at: number): void {
    end = detail
    endedAt = at
    enter('ended')
    ending.resolve(detail)
    views.last()
  }

  return {
    ended: ending.promise,
    status,
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
        .catch((error): EndDetail => {
          fail(error)
          return { by: 'error', message: 'Lifeline failed.' }
        })
        .then(finish)
        .catch((error) => {
          const { message } = tellFault(error)
          conclude({ by: 'error', message: `Lifeline failed: ${message}` }, timers.now())
        })
    },
    async stop() {
      halt()
      if (state !== 'idle') await ending.promise
    },
    async reconnect() {
      if (state === 'ended' || state === 'closing') {
        throw new RpcError(
          'ended',
          'This session has ended. Start a new one for the same endpoint.',
        )
      }
      if (delay.skip() || !current) return
      enter('connecting')
      current.abort()
    },
    ...createSending(plan, transport.sender, () => state === 'open', views.soon),
    async request(companion) {
      if (stopping.signal.aborted) throw new RpcError('ended', 'This session has ended.')
      return companions.send(companion, connection)
    },
  }
}
