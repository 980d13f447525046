// A session that is connected, and that can still be read when its thread has died.

import { EventEmitter, env, Uri } from 'vscode'
import type { SessionApi } from '../../shared/calls/messages.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import type { Method } from '../../shared/endpoint/endpoint.ts'
import { createIsKeepable } from '../../shared/secrets/keepableText.ts'
import type { Tail } from '../../shared/session/captureRows.ts'
import type { Secret, SessionPlan } from '../../shared/session/sessionPlan.ts'
import { noStatistics, type SessionStatus } from '../../shared/session/sessionState.ts'
import { noHolds } from '../../shared/session/tapHolds.ts'
import { toError } from '../../shared/unknown.ts'
import { within } from '../window/within.ts'
import type { HostSession, SessionFacts, SessionSurroundings } from './hostSession.ts'
import { createKeptBookmarks } from './keptBookmarks.ts'
import { createOutsideAddress } from './outsideAddress.ts'
import { startWorkerClient, type WorkerClient } from './workerClient.ts'

/** The engine gives a connection 5 s to close; after this its thread is ended. */
const stopLimitMs = 8000

/** What it starts with. */
export interface SessionStart {
  makePlan(): Promise<SessionPlan>
  /** Those that are known before anything crosses the wire. */
  readonly secrets: readonly Secret[]
}

/** Starts watching. A start that fails is told by the status and by `api`. */
export function startLiveSession(
  facts: SessionFacts,
  { makePlan, secrets }: SessionStart,
  { workerPath, log }: SessionSurroundings,
): HostSession {
  const changes = new EventEmitter<SessionStatus>()
  // Also when a thread that has learnt more has died.
  const isKeepableAtStart = createIsKeepable(facts.endpoint, secrets)
  const bookmarks = createKeptBookmarks()
  let status = firstStatus(facts.endpoint.method)
  let toldAt = performance.now()
  let { capturePath } = facts
  let tail: Tail | null = null
  let held: Promise<unknown> = Promise.resolve()
  let disposed = false
  const outside = createOutsideAddress({
    find: env.remoteName === undefined ? null : outsideUrl,
    allowHost: async (host) => (await api).allowHost(host),
    onFound: () => update(current()),
    onFailure: (error) => log.fault('The address of a tap could not be found', error),
  })

  function update(next: SessionStatus, rows: Tail | null = null): void {
    const url = outside.of(next.listening)
    const { outside: _before, ...told } = next
    status = url === null ? told : { ...told, outside: url }
    toldAt = performance.now()
    tail = rows
    changes.fire(status)
  }

  /** As it was told last, by now: its clock is the thread's, which has run on. */
  function current(): SessionStatus {
    return { ...status, now: status.now + performance.now() - toldAt }
  }

  /** Ends the session for a reason that it could not record. */
  function fail(message: string, unstarted?: string): void {
    if (status.state === 'ended') return
    const now = current()
    update({
      ...now,
      state: 'ended',
      endedAt: now.now,
      pending: null,
      unfinished: null,
      listening: null,
      canSend: false,
      repeatMs: null,
      outcome: { by: 'error', message },
      ...(unstarted !== undefined && { unstarted }),
    })
  }

  function launch(onDeath: (error: Error) => void): WorkerClient {
    return startWorkerClient({
      path: workerPath,
      onStatus(next, rows) {
        update(next, rows)
        return held
      },
      onBookmarks: bookmarks.set,
      onFault: log.fault,
      onDeath,
      onMoved(path) {
        capturePath = path
      },
    })
  }

  /** Another thread reads what was captured before this one died. */
  function recover(error: Error): void {
    log.fault('A session’s thread died', error)
    fail(`Lifeline’s own fault ended this session: ${error.message}. What was captured is kept.`)
    // The window is closing: nobody would end a thread that starts now.
    if (disposed || capturePath === null) return
    const over = status
    client = launch((again) => log.fault('A capture’s thread died', again))
    api = client.api.open(capturePath).then(({ frames }) => {
      update({ ...over, frames })
      return client.api
    })
    api.catch((problem) => {
      if (!disposed) log.fault('A capture cannot be read', problem)
    })
  }

  async function begin(first: SessionApi): Promise<SessionApi> {
    await first.start(await makePlan())
    return first
  }

  async function isKeepable(text: string): Promise<boolean> {
    if (!isKeepableAtStart(text)) return false
    try {
      return !(await (await api).holdsSecret(text))
    } catch {
      return false
    }
  }

  let client = launch(recover)
  let api = begin(client.api)
  api.catch((error) =>
    fail(toError(error).message, error instanceof RpcError ? error.code : undefined),
  )

  return {
    ...facts,
    get capturePath() {
      return capturePath
    },
    get status() {
      return current()
    },
    get tail() {
      return tail
    },
    get api() {
      return api
    },
    isKeepable,
    bookmarks,
    onDidChange: changes.event,
    hold(until) {
      held = until
    },
    async stop(limitMs = stopLimitMs) {
      if (status.state === 'ended') return
      try {
        await within(
          limitMs,
          api.then((started) => started.stop()),
        )
      } catch (error) {
        if (error instanceof RpcError && error.code === 'closed') return
        log.fault('A session did not stop', error)
        await client.terminate()
        fail('Lifeline had to end this session by force. What was captured is kept.')
      }
    },
    async dispose() {
      disposed = true
      changes.dispose()
      bookmarks.dispose()
      await client.close()
    },
  }
}

/** VS Code forwards the port, which the user can see and close. */
async function outsideUrl(origin: string): Promise<string> {
  return (await env.asExternalUri(Uri.parse(origin, true))).toString(true)
}

function firstStatus(method: Method): SessionStatus {
  return {
    state: 'connecting',
    method,
    frames: 0,
    startedAt: null,
    endedAt: null,
    now: Date.now(),
    pending: null,
    unfinished: null,
    listening: null,
    faults: [],
    holds: noHolds,
    statistics: noStatistics,
    outcome: null,
    canSend: false,
    failure: null,
    repeatMs: null,
  }
}
