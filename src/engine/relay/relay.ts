// The relay of a tap as its session sees it: a thread that passes bytes on, and tells what has passed.

import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createEventQueue } from './eventQueue.ts'
import type { RelayEvent, RelayNews, SocketFailure } from './relayEvents.ts'
import type { RelayPlan } from './relayServer.ts'
import type { RelaySteering } from './relaySteering.ts'
import type { RelayOrder, RelayTask } from './relayThread.ts'
import { addedMs, costOf, createRelayFigures } from './teller.ts'

export interface Relay extends RelaySteering {
  /** Resolves with the port. Rejects with a `ListenError`. Called once. */
  listen(): Promise<number>
  /** So many bytes of `body` events have been worked off. What is told and not worked off is bounded; beyond that comes `lost`. */
  taken(bytes: number): void
  /** As `SessionStatus.addedMs`. */
  addedMs(): number | null
  /** Closes every socket, and resolves when the last event is told, within bounded time. */
  stop(): Promise<void>
}

export interface RelayHearing {
  events(batch: readonly RelayEvent[]): void
  /** It listens no longer, or its thread has failed: our own fault, or the system's. */
  failed(error: Error): void
}

export class ListenError extends Error {
  readonly code: string

  constructor({ code, message }: SocketFailure) {
    super(message)
    this.code = code
  }
}

/** Starts nothing yet. */
export function createRelay(plan: RelayPlan, hear: RelayHearing): Relay {
  const figures = createRelayFigures()
  const { inFlight } = figures
  const listening = Promise.withResolvers<number>()
  const stopped = Promise.withResolvers<void>()
  let worker: Worker | null = null
  let hasPort = false

  const queue = createEventQueue({
    hand(event) {
      hear.events([event])
      const bytes = event.kind === 'body' ? event.bytes.length : 0
      Atomics.sub(inFlight, 0, costOf(event) - bytes)
    },
    clock: () => performance.now(),
    nextTurn: setImmediate,
  })

  function take(news: RelayNews): void {
    switch (news.kind) {
      case 'listening':
        hasPort = true
        listening.resolve(news.port)
        break
      case 'failed':
        if (hasPort) hear.failed(new ListenError(news.failure))
        else listening.reject(new ListenError(news.failure))
        break
      case 'events':
        queue.add(news.events)
        break
      case 'stopped':
        stopped.resolve()
        break
    }
  }

  function fail(error: Error): void {
    if (hasPort) hear.failed(error)
    listening.reject(error)
    stopped.resolve()
  }

  const order = (one: RelayOrder) => worker?.postMessage(one)

  return {
    listen() {
      const task: RelayTask = { plan, figures }
      worker = new Worker(threadFile(), { workerData: task })
      worker.on('message', take)
      worker.on('error', fail)
      worker.on('exit', () => stopped.resolve())
      return listening.promise
    },
    allow: (host) => order({ kind: 'allow', host }),
    setFaults: (faults) => order({ kind: 'faults', faults }),
    cut: (cut) => order({ kind: 'cut', cut }),
    belong: (pairs) => order({ kind: 'belong', pairs }),
    hold: (ways) => order({ kind: 'hold', ways }),
    verdict: (verdict) => order({ kind: 'verdict', verdict }),
    inject: (injection) => order({ kind: 'inject', injection }),
    addedMs: () => addedMs(figures),
    taken: (bytes) => void Atomics.sub(inFlight, 0, bytes),
    async stop() {
      if (worker === null) return
      order({ kind: 'stop' })
      await stopped.promise
      await queue.finish()
      await worker.terminate()
    },
  }
}

/** Beside the bundle that this is a part of, or beside this file. */
function threadFile(): string {
  const isSource = import.meta.filename.endsWith('.ts')
  return join(import.meta.dirname, isSource ? 'relayThread.ts' : 'relay.js')
}
