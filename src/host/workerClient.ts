// One session's worker thread, seen from the host: calls in, status out, its death reported.

import { Worker } from 'node:worker_threads'
import type { SessionApi, SessionEvents } from '../shared/messages.ts'
import { createRpc, type RpcMessage } from '../shared/rpc.ts'
import type { SessionStatus } from '../shared/sessionState.ts'

export interface WorkerClient {
  /** Calls reject with code `closed` once the thread is gone. */
  readonly api: SessionApi
  /** Ends the thread whatever it is doing. Resolves when it is gone. */
  terminate(): Promise<void>
}

export interface WorkerClientOptions {
  /** The built worker. */
  readonly path: string
  onStatus(status: SessionStatus): void
  /** The session failed by our own fault; its stack, for the log. */
  onFault(stack: string): void
  /** The thread died without being asked to. Told once. */
  onDeath(error: Error): void
}

/**
 * How a session's thread is started. In a flood V8 would let the space for new objects grow by some 50 MB
 * more, and be no faster.
 */
export const sessionThreadOptions = { resourceLimits: { maxYoungGenerationSizeMb: 32 } } as const

/** The thread runs until `terminate`, or until it dies. */
export function startWorkerClient(options: WorkerClientOptions): WorkerClient {
  // No `env` option: a debugger attaches to workers through the inherited environment.
  const worker = new Worker(options.path, sessionThreadOptions)
  let over = false

  const events: SessionEvents = {
    async status(status) {
      if (!over) options.onStatus(status)
    },
    async fault(stack) {
      options.onFault(stack)
    },
  }
  const rpc = createRpc<SessionEvents, SessionApi>({
    port: {
      post: (message: RpcMessage, transfer = []) => worker.postMessage(message, [...transfer]),
    },
    local: events,
    report: (problem) => options.onFault(problem.stack ?? problem.message),
  })

  function die(error: Error): void {
    if (over) return
    over = true
    rpc.close(`The session's thread has ended: ${error.message}`)
    options.onDeath(error)
  }
  worker.on('message', (message: unknown) => rpc.receive(message))
  worker.on('messageerror', (error) => options.onFault(error.stack ?? error.message))
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', (code) => die(new Error(`it exited with code ${code}`)))

  return {
    api: rpc.remote,
    async terminate() {
      over = true
      rpc.close('The session is closed.')
      await worker.terminate()
    },
  }
}
