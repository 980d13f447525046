// One session as the host knows it: its worker, its facts, its last status.

import { type Event, EventEmitter } from 'vscode'
import type { Endpoint, Method } from '../shared/endpoint.ts'
import type { SessionApi } from '../shared/messages.ts'
import { RpcError } from '../shared/rpc.ts'
import type { SessionPlan } from '../shared/sessionPlan.ts'
import type { SessionStatus } from '../shared/sessionState.ts'
import { toError } from '../shared/toError.ts'
import type { Log } from './log.ts'
import type { VariableScope } from './variables.ts'
import { startWorkerClient, type WorkerClient } from './workerClient.ts'

/** The engine gives a connection 5 s to close; after this its thread is ended. */
const stopLimitMs = 8000
/** Moving the journal of a large capture into its file takes a moment; the file is whole without it. */
const closeLimitMs = 3000

/** What the user asked to connect to, before anything was resolved. */
export interface Origin {
  readonly name: string
  readonly endpoint: Endpoint
  /** Whose variables count; absent where it came from no profile. */
  readonly scope?: VariableScope | undefined
  /** A capture that was opened says so; nobody typed it in this window. */
  readonly fromCapture?: boolean
}

export interface SessionFacts {
  /** Also the name of its capture file. */
  readonly id: string
  readonly name: string
  /** As it is recorded: references unresolved, credentials replaced by references. */
  readonly endpoint: Endpoint
  /** What to start from when it is to be connected once more. */
  readonly origin: Origin
  /** Null when the capture is in memory. */
  readonly capturePath: string | null
  /** A saved capture: no traffic. */
  readonly readOnly: boolean
}

export interface HostSession extends SessionFacts {
  readonly status: SessionStatus
  /** Resolves once the session has started or its capture is open; rejects when that failed. */
  readonly api: Promise<SessionApi>
  readonly onDidChange: Event<SessionStatus>
  /** Ends it politely; after `limitMs` by force. Resolves when its last frame is written. */
  stop(limitMs?: number): Promise<void>
  /** Closes its capture and ends its thread. The session cannot be used after this. */
  dispose(): Promise<void>
}

export interface SessionSurroundings {
  readonly workerPath: string
  readonly log: Log
}

/** Starts watching. A start that fails is told by the status and by `api`. */
export function startHostSession(
  facts: SessionFacts,
  makePlan: () => Promise<SessionPlan>,
  surroundings: SessionSurroundings,
): HostSession {
  return createHostSession(facts, surroundings, async (api) => api.start(await makePlan()))
}

/** Opens a capture for reading. Rejects with `capture-not-readable`. */
export async function openHostSession(
  id: string,
  capturePath: string,
  surroundings: SessionSurroundings,
): Promise<HostSession> {
  const { log } = surroundings
  let early: SessionStatus | null = null
  let deliver = (status: SessionStatus): void => {
    early = status
  }
  const client = startWorkerClient({
    path: surroundings.workerPath,
    onStatus: (status) => deliver(status),
    onFault: (stack) => log.fault('Reading a capture', stack),
    onDeath: (error) => log.fault('A capture’s thread died', error),
  })
  try {
    const { name, endpoint } = await client.api.open(capturePath)
    const origin = { name, endpoint, fromCapture: true }
    const facts = { id, name, endpoint, origin, capturePath, readOnly: true }
    const changes = new EventEmitter<SessionStatus>()
    let status = early ?? (await client.api.status())
    deliver = (next) => {
      status = next
      changes.fire(next)
    }
    return {
      ...facts,
      get status() {
        return status
      },
      api: Promise.resolve(client.api),
      onDidChange: changes.event,
      stop: async () => undefined,
      async dispose() {
        changes.dispose()
        await closeClient(client, log)
      },
    }
  } catch (error) {
    await client.terminate()
    throw error
  }
}

function createHostSession(
  facts: SessionFacts,
  { workerPath, log }: SessionSurroundings,
  begin: (api: SessionApi) => Promise<void>,
): HostSession {
  const changes = new EventEmitter<SessionStatus>()
  let status = firstStatus(facts.endpoint.method)

  function update(next: SessionStatus): void {
    status = next
    changes.fire(next)
  }

  /** The session is over for a reason that it could not record itself. */
  function fail(message: string): void {
    if (status.state === 'ended') return
    update({
      ...status,
      state: 'ended',
      endedAt: Date.now(),
      pending: null,
      canSend: false,
      repeatMs: null,
      outcome: { by: 'error', message },
    })
  }

  function launch(onDeath: (error: Error) => void): WorkerClient {
    return startWorkerClient({
      path: workerPath,
      onStatus: update,
      onFault: (stack) => log.fault('A session failed', stack),
      onDeath,
    })
  }

  /** What was captured before the thread died can still be read, by another. */
  function recover(error: Error): void {
    log.fault('A session’s thread died', error)
    fail(`Lifeline’s own fault ended this session: ${error.message}. What was captured is kept.`)
    if (facts.capturePath === null) return
    const { capturePath } = facts
    const over = status
    client = launch((again) => log.fault('A capture’s thread died', again))
    api = client.api.open(capturePath).then(({ frames }) => {
      update({ ...over, frames })
      return client.api
    })
    api.catch((problem) => log.fault('A capture cannot be read', problem))
  }

  let client = launch(recover)
  const { api: firstApi } = client
  let api = begin(firstApi).then(() => firstApi)
  api.catch((error) => fail(toError(error).message))

  return {
    ...facts,
    get status() {
      return status
    },
    get api() {
      return api
    },
    onDidChange: changes.event,
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
      changes.dispose()
      await closeClient(client, log)
    },
  }
}

function firstStatus(method: Method): SessionStatus {
  return {
    state: 'connecting',
    method,
    frames: 0,
    startedAt: null,
    endedAt: null,
    pending: null,
    statistics: {
      framesIn: 0,
      framesOut: 0,
      bytesIn: 0,
      bytesOut: 0,
      wireBytesIn: 0,
      wireBytesOut: 0,
      framesPerSecond: 0,
      connections: 0,
      errors: 0,
      wireFrames: 0,
    },
    outcome: null,
    canSend: false,
    repeatMs: null,
  }
}

async function closeClient(client: WorkerClient, log: Log): Promise<void> {
  try {
    await within(closeLimitMs, client.api.close())
  } catch (error) {
    const gone = error instanceof RpcError && error.code === 'closed'
    if (!gone) log.fault('A capture was not closed', error)
  }
  await client.terminate()
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
