// The source that connects to an endpoint: one connection after the other, with what follows each of them.

import type { EndDetail, WaitDetail } from '../../shared/frame/frame.ts'
import type { SessionPlan } from '../../shared/session/sessionPlan.ts'
import type { Pending } from '../../shared/session/sessionState.ts'
import type { Transport } from '../transports/transport.ts'
import { createCompanions } from './companions.ts'
import { type Connection, createConnection, type Ended } from './connection.ts'
import { createDelay } from './delay.ts'
import { type History, nextStep } from './reconnect.ts'
import type { Source, SourceIo, SourceState } from './source.ts'
import { toldEnd } from './toldEnd.ts'

/** A connection that is closed to be replaced is `connecting` already. */
export function createConnectingSource(
  plan: SessionPlan,
  transport: Transport,
  io: SourceIo,
): Source {
  const { resolved: endpoint, limits } = plan
  const { timers, signal } = io
  const delay = createDelay(timers, signal)
  const companions = createCompanions(plan, transport.cookies, io)
  let state: SourceState = 'connecting'
  let pending: Pending | null = null
  /** The number of the newest connection. */
  let number = 0
  let current: Connection | null = null
  signal.addEventListener('abort', stop, { once: true })

  function stop(): void {
    companions.stop()
    current?.abort()
  }

  function enter(next: SourceState, waitingFor: Pending | null = null): void {
    state = next
    pending = waitingFor
    io.enter(state, pending)
  }

  async function run(): Promise<EndDetail> {
    let history: History = { everOpened: false, failures: 0 }
    let newConnection = true
    let own = new AbortController()
    while (!signal.aborted) {
      if (newConnection) {
        own = new AbortController()
        number = io.nextConnection()
      }
      // A poll in its rhythm keeps the session open; after a drawn wait the answer opens it.
      if (newConnection || state === 'waiting') enter('connecting')
      const { outcome, opened, steady, failed, replaced } = await connectOnce(own)
      if (replaced) {
        newConnection = true
        continue
      }
      history = {
        everOpened: history.everOpened || opened,
        failures: steady ? 0 : history.failures,
      }
      const step = nextStep(outcome, history, endpoint)
      if (step.kind === 'end') {
        const told = failed && 'message' in outcome ? (outcome.message ?? null) : null
        return toldEnd(step.end, told)
      }
      if (outcome.kind === 'lost') history = { ...history, failures: history.failures + 1 }
      newConnection = step.newConnection
      await pause(step.delayMs, step.wait)
    }
    return { by: 'user', message: 'Disconnected.' }
  }

  /** A run of polls shares one controller: making and joining signals for each would cost more than it. */
  async function connectOnce(own: AbortController): Promise<Ended & { replaced: boolean }> {
    current = createConnection({
      number,
      own,
      transport,
      io,
      onError: io.failed,
      onOpened: () => {
        io.failed(null)
        if (state !== 'open') enter('open', pending)
      },
      onAwaiting: (answer) => enter(state, answer ? { kind: 'answer', since: timers.now() } : null),
    })
    if (signal.aborted) current.abort()
    const ended = await current.open()
    current = null
    // It was aborted because the user asked for a new connection, not because the session stops.
    return { ...ended, replaced: own.signal.aborted && !signal.aborted }
  }

  /** Waits for the next connection. A wait that is drawn has a state of its own; the rhythm of polls has not. */
  async function pause(delayMs: number, wait: WaitDetail | null): Promise<void> {
    if (signal.aborted || (delayMs === 0 && wait === null)) return
    const due = Math.min(delayMs, limits.maxDelayMs)
    if (wait !== null) io.emitLocal({ kind: 'wait', connection: number, code: null, detail: wait })
    // A listener to that frame may stop the session.
    if (signal.aborted) return
    const since = timers.now()
    const until = since + due
    if (wait === null) enter(state, { kind: 'poll', since, until })
    else enter('waiting', { kind: 'connection', since, until })
    await delay.pass(due)
    enter(state)
  }

  return {
    method: endpoint.method,
    messages: endpoint.messages,
    ...(transport.sender && { sender: transport.sender }),
    run,
    reconnect() {
      if (delay.skip() || !current) return
      enter('connecting')
      current.abort()
    },
    unfinished: () => current?.unfinished() ?? null,
    request: (companion) => companions.send(companion, number),
    async close() {
      await companions.over()
      await transport.close()
    },
  }
}
