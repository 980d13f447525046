// Short polling: asks, compares, and says when to ask again.

import { jittered, nextPollDelay } from '../../protocols/polling/pollState.ts'
import { now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import { httpExchange } from '../http/httpExchange.ts'
import { faultOutcome, retryAfterMs, statusOutcome } from '../http/httpOutcome.ts'
import { patienceOf } from '../http/watchedHop.ts'
import { createNetwork } from '../network/network.ts'
import { targetOf } from '../network/target.ts'
import type { ConnectionIo, Outcome, Transport, TransportOptions } from '../transport.ts'
import { createPollMemory } from './pollMemory.ts'

/** One connection is one exchange with its redirects; the kept socket serves the next one. */
export function createPollingTransport(options: TransportOptions): Transport {
  const { resolved: endpoint, limits } = options
  const network = createNetwork(options)
  const { request } = targetOf(endpoint)
  const memory = createPollMemory(endpoint, limits)
  const shortestMs = endpoint.allowFasterThan100ms ? 0 : limits.minIntervalMs

  async function connect(io: ConnectionIo): Promise<Outcome> {
    const startedAt = now()
    const result = await httpExchange(
      {
        purpose: 'poll',
        ...request,
        headers: memory.conditional(request.method, request.headers),
        ...patienceOf(endpoint),
        annotate: memory.judge,
      },
      { network, limits, io },
    )
    if (result.kind === 'stopped') return result
    if (result.kind === 'failed') return faultOutcome(result.fault)
    const { head } = result
    const message = memory.takeNotice()
    if (message !== null) {
      connectionFrames(io).notice('change-missing', message, { replyTo: head.requestSeq })
    }
    const ended = statusOutcome(
      { head, body: result.body, purpose: 'poll', credentials: network.sendsCredentials },
      io,
      limits,
    )
    if (ended !== null) return ended
    io.opened()
    const intervalMs = jittered(endpoint.intervalMs, endpoint.jitter, Math.random())
    const delayMs = nextPollDelay(startedAt, now(), Math.max(intervalMs, shortestMs))
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
