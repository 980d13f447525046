// Short polling: asks, compares, and says when to ask again.

import { hash } from 'node:crypto'
import { conditionalHeaders, firstPoll, judgePoll, nextPollDelay } from '../protocols/polling.ts'
import { now } from './clock.ts'
import { httpExchange } from './httpExchange.ts'
import { faultOutcome, retryAfterMs, statusOutcome } from './httpOutcome.ts'
import { createNetwork } from './network.ts'
import { targetOf } from './target.ts'
import type { ConnectionIo, Outcome, Transport, TransportOptions } from './transport.ts'

/** One connection is one exchange with its redirects; the kept socket serves the next one. */
export function createPollingTransport(options: TransportOptions): Transport {
  const { endpoint, limits } = options
  const network = createNetwork(options)
  const { request } = targetOf(endpoint)
  const intervalMs = endpoint.allowFasterThan100ms
    ? endpoint.intervalMs
    : Math.max(endpoint.intervalMs, limits.minIntervalMs)
  let state = firstPoll

  async function connect(io: ConnectionIo): Promise<Outcome> {
    const startedAt = now()
    const result = await httpExchange(
      {
        purpose: 'poll',
        ...request,
        headers: conditionalHeaders(state, request.method, request.headers),
        timeoutMs: endpoint.timeoutMs,
        annotate(head, body, sizeBytes) {
          const { status, headers } = head
          const judged = judgePoll(state, { status, headers, bodyKey: bodyKey(body, sizeBytes) })
          state = judged.state
          return judged.changed === undefined ? {} : { changed: judged.changed }
        },
      },
      { network, limits, io },
    )
    if (result.kind === 'stopped') return result
    if (result.kind === 'failed') return faultOutcome(result.fault)
    const { head } = result
    const ended = statusOutcome(head, io, limits)
    if (ended !== null) return ended
    io.opened()
    const delayMs = nextPollDelay(startedAt, now(), intervalMs)
    const askedMs = retryAfterMs(head, limits)
    if (askedMs === null || askedMs <= delayMs) return { kind: 'next', delayMs }
    return { kind: 'next', delayMs: askedMs, wait: { reason: 'retry-after' } }
  }

  return {
    connect,
    close() {
      network.close()
      return Promise.resolve()
    },
  }
}

/** Stands for a body in comparisons; its size counts for what a limit cut away. */
export function bodyKey(body: Uint8Array, sizeBytes: number): string {
  return `${sizeBytes} ${hash('sha1', body, 'base64')}`
}
