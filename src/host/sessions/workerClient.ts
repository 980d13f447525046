// One session's worker thread, seen from the host: calls in, status out, its death reported.

import { Worker } from 'node:worker_threads'
import type { SessionApi, SessionEvents } from '../../shared/calls/messages.ts'
import { createRpc, RpcError, type RpcMessage } from '../../shared/calls/rpc.ts'
import type { Bookmarks } from '../../shared/session/bookmarks.ts'
import type { Tail } from '../../shared/session/captureRows.ts'
import { sessionThreadOptions } from '../../shared/session/sessionPlan.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { harmlessFault } from '../../shared/text/harmlessFault.ts'
import { within } from '../window/within.ts'

/** Moving the log of a large capture into its file takes a moment; the file is whole without it. */
const closeLimitMs = 3000

const faults = {
  session: 'A session failed',
  call: 'A call to a session’s thread failed',
}
const unread = 'A message of a session’s thread could not be handled'

export interface WorkerClient {
  /** Calls reject with code `closed` once the thread is gone. */
  readonly api: SessionApi
  /** Has the capture closed, for which there is a time limit, and ends the thread. Resolves when it is gone. */
  close(): Promise<void>
  /** Ends the thread whatever it is doing. Resolves when it is gone. */
  terminate(): Promise<void>
}

export interface WorkerClientOptions {
  /** The built worker. */
  readonly path: string
  /** `tail`: rows that have come since, where a view follows them. May answer a promise, for which the thread waits with the next one. */
  onStatus(status: SessionStatus, tail: Tail | null): unknown
  onBookmarks(bookmarks: Bookmarks): void
  /** So much of a saved capture is counted, from 0 to 1. */
  onCounted?(share: number): void
  /** The capture goes on in another file. */
  onMoved?(capturePath: string): void
  /** A fault of ours that the thread survives, for the log: what failed, and the error or its stack. */
  onFault(what: string, fault: unknown): void
  /** The thread died without being asked to. Told once. */
  onDeath(error: Error): void
}

/** The thread runs until `terminate`, or until it dies. */
export function startWorkerClient(options: WorkerClientOptions): WorkerClient {
  // No `env` option: a debugger attaches to workers through the inherited environment.
  const worker = new Worker(options.path, sessionThreadOptions)
  let over = false

  const events: SessionEvents = {
    async status(status, tail) {
      if (!over) await options.onStatus(status, tail)
    },
    async fault(stack, of) {
      options.onFault(faults[of], stack)
    },
    async counted(share) {
      options.onCounted?.(share)
    },
    async bookmarks(bookmarks) {
      options.onBookmarks(bookmarks)
    },
    async moved(capturePath) {
      options.onMoved?.(capturePath)
    },
  }
  const rpc = createRpc<SessionEvents, SessionApi>({
    port: {
      post: (message: RpcMessage, transfer = []) => worker.postMessage(message, [...transfer]),
    },
    local: events,
    report: (problem) => options.onFault(unread, problem),
  })

  function die(error: Error): void {
    if (over) return
    over = true
    rpc.close(`The session's thread has ended: ${error.message}`)
    options.onDeath(error)
  }
  worker.on('message', (message: unknown) => rpc.receive(message))
  worker.on('messageerror', (error) => options.onFault(unread, error))
  worker.on('error', (error) => die(harmlessFault(error)))
  worker.on('exit', (code) => die(new Error(`it exited with code ${code}`)))

  async function terminate(): Promise<void> {
    over = true
    rpc.close('The session is closed.')
    await worker.terminate()
  }

  return {
    api: rpc.remote,
    async close() {
      try {
        await within(closeLimitMs, rpc.remote.close())
      } catch (error) {
        const gone = error instanceof RpcError && error.code === 'closed'
        if (!gone) options.onFault('A capture was not closed', error)
      }
      await terminate()
    },
    terminate,
  }
}
