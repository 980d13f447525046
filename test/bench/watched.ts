// The same traffic through Lifeline: the built worker, driven over its remote calls as the host drives it.

import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { SessionApi, SessionEvents } from '../../src/shared/calls/messages.ts'
import { createRpc, RpcError } from '../../src/shared/calls/rpc.ts'
import type { ClientMethod, Endpoint } from '../../src/shared/endpoint/endpoint.ts'
import { defaultLimits } from '../../src/shared/limits.ts'
import { neutralEndpoint } from '../../src/shared/profile/neutralEndpoint.ts'
import { sessionThreadOptions } from '../../src/shared/session/sessionPlan.ts'
import type { SessionStatus } from '../../src/shared/session/sessionState.ts'

const workerPath = fileURLToPath(new URL('../../dist/worker.js', import.meta.url))

export interface Watched {
  readonly remote: SessionApi
  /** Resolves when the thread answers. */
  ready(): Promise<void>
  /** Resolves with the status that satisfies `when`, and with the time it came. */
  until(when: (status: SessionStatus) => boolean): Promise<SessionStatus>
  close(): Promise<void>
}

/** `onStatus` is awaited, as views are, before the next status. */
export function startWorker(onStatus: SessionEvents['status'] = async () => {}): Watched {
  const worker = new Worker(workerPath, sessionThreadOptions)
  const waiting = new Set<(status: SessionStatus) => void>()
  const rpc = createRpc<SessionEvents, SessionApi>({
    local: {
      async status(status, tail) {
        for (const told of waiting) told(status)
        await onStatus(status, tail)
      },
      async fault(stack) {
        throw new Error(stack)
      },
      async counted() {},
      async bookmarks() {
        throw new Error('nobody sets bookmarks here')
      },
      async moved(path) {
        throw new Error(`the capture was lost and goes on in ${path}`)
      },
    },
    port: { post: (message, transfer = []) => worker.postMessage(message, [...transfer]) },
    report: (problem) => {
      throw problem
    },
  })
  worker.on('message', rpc.receive)
  return {
    remote: rpc.remote,
    async ready() {
      // It has nothing to report yet, and says so.
      await rpc.remote.status().catch((error: unknown) => {
        if (!(error instanceof RpcError)) throw error
      })
    },
    until: (when) =>
      new Promise((resolve) => {
        const told = (status: SessionStatus) => {
          if (!when(status)) return
          waiting.delete(told)
          resolve(status)
        }
        waiting.add(told)
      }),
    async close() {
      await worker.terminate()
      rpc.close('measured')
    },
  }
}

export function endpointFor(method: ClientMethod, url: string): Endpoint {
  return {
    ...neutralEndpoint,
    url,
    method,
    intervalMs: 0,
    allowFasterThan100ms: true,
    reconnectAttempts: 0,
    proxy: 'none',
  }
}

/** The session is started, and may have nothing yet. */
export async function start(watched: Watched, endpoint: Endpoint, path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true })
  await watched.remote.start({
    name: 'bench',
    endpoint,
    resolved: endpoint,
    secrets: [],
    network: { proxyUrl: null, caPems: null },
    limits: { ...defaultLimits, captureBytes: 64 * 1024 ** 3 },
    capturePath: path,
  })
}

/**
 * Frames per second from the first frame to the end of the session, when the last frame is on the
 * disk. Throws unless `count` frames of `kind`s that the peer sent were recorded.
 */
export async function recordAll(
  watched: Watched,
  endpoint: Endpoint,
  path: string,
  count: number,
): Promise<number> {
  const finished = watched.until(({ state }) => state === 'ended')
  await start(watched, endpoint, path)
  const { statistics, startedAt, endedAt } = await finished
  if (statistics.framesIn < count) throw new Error(`${statistics.framesIn} of ${count} frames came`)
  return (count / ((endedAt ?? 0) - (startedAt ?? 0))) * 1000
}

/** Polls per second from the first frame on, over about `count` polls. */
export async function recordPolls(
  watched: Watched,
  endpoint: Endpoint,
  path: string,
  count: number,
): Promise<number> {
  const enough = watched.until(({ statistics }) => statistics.framesIn >= count)
  await start(watched, endpoint, path)
  const { statistics, startedAt } = await enough
  const now = performance.timeOrigin + performance.now()
  const perSecond = (statistics.framesIn / (now - (startedAt ?? 0))) * 1000
  await watched.remote.stop()
  return perSecond
}
