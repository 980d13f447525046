// A session in a thread of its own behind remote calls, as the extension host has it.

import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { SessionApi, SessionEvents } from '../../../src/shared/calls/messages.ts'
import { createRpc } from '../../../src/shared/calls/rpc.ts'
import type { Bookmarks } from '../../../src/shared/session/bookmarks.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'

export interface WorkerSession {
  readonly remote: SessionApi
  readonly statuses: readonly SessionStatus[]
  /** The files that the capture went on in. */
  readonly moves: readonly string[]
  /** Each time they changed, all of them. */
  readonly bookmarks: readonly Bookmarks[]
  /** Shares of a saved capture that were counted, as they were told. */
  readonly counted: readonly number[]
  /** Resolves with the next status that passes. */
  until(passes: (status: SessionStatus) => boolean): Promise<SessionStatus>
  close(): Promise<void>
}

/** What `npm run build` made of the worker. */
export const builtWorker = new URL('../../../dist/worker.js', import.meta.url)

/** `report` is told of faults. The worker runs from its source unless an entry is given. */
export function startWorkerSession(
  report: (fault: unknown) => void,
  entry = new URL('../../../src/engine/worker.ts', import.meta.url),
  resourceLimits: ResourceLimits = {},
): WorkerSession {
  const worker = new Worker(entry, { resourceLimits })
  const statuses: SessionStatus[] = []
  const moves: string[] = []
  const bookmarks: Bookmarks[] = []
  const counted: number[] = []
  const waiting = new Set<(status: SessionStatus) => void>()
  const rpc = createRpc<SessionEvents, SessionApi>({
    local: {
      async status(status) {
        statuses.push(status)
        for (const tell of waiting) tell(status)
      },
      async fault(stack) {
        report(stack)
      },
      async counted(share) {
        counted.push(share)
      },
      async bookmarks(now) {
        bookmarks.push(now)
      },
      async moved(path) {
        moves.push(path)
      },
    },
    port: { post: (message, transfer = []) => worker.postMessage(message, [...transfer]) },
    report,
  })
  worker.on('message', rpc.receive)
  worker.on('error', report)
  return {
    remote: rpc.remote,
    statuses,
    moves,
    bookmarks,
    counted,
    until: (passes) =>
      new Promise((resolve) => {
        const tell = (status: SessionStatus) => {
          if (!passes(status)) return
          waiting.delete(tell)
          resolve(status)
        }
        waiting.add(tell)
      }),
    async close() {
      await worker.terminate()
      rpc.close('the test is over')
    },
  }
}
