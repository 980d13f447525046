// Long polling: asks, lets the server hold the request until it has data, and asks again at once.

import {
  firstPace,
  isEmptyAnswer,
  nextPace,
  readCursor,
  withCursor,
} from '../protocols/longPolling.ts'
import { now } from './clock.ts'
import type { AnswerHead } from './exchange.ts'
import { httpExchange } from './httpExchange.ts'
import { remark } from './httpFrames.ts'
import { faultOutcome, retryAfterMs, statusOutcome } from './httpOutcome.ts'
import { createNetwork } from './network.ts'
import { bodyKey } from './pollMemory.ts'
import { targetOf } from './target.ts'
import type { ConnectionIo, Outcome, Transport, TransportOptions } from './transport.ts'

/** What one answer was, beyond its frame. */
interface Answer {
  readonly empty: boolean
  readonly repeated: boolean
  readonly advanced: boolean
  /** It brought data but no cursor, as the first one in a row. */
  readonly cursorLost: boolean
}

const noAnswer: Answer = { empty: true, repeated: false, advanced: false, cursorLost: false }

/** One connection is one exchange with its redirects. The cursor outlives it. */
export function createLongPollingTransport(options: TransportOptions): Transport {
  const { endpoint, limits } = options
  const network = createNetwork(options)
  const { request } = targetOf(endpoint)
  const minIntervalMs = endpoint.allowFasterThan100ms ? 0 : limits.minIntervalMs
  let cursor: string | null = null
  let dataKey: string | null = null
  let pace = firstPace
  let cursorFound = true

  async function connect(io: ConnectionIo): Promise<Outcome> {
    const from = cursor
    let answer = noAnswer
    const aim = endpoint.cursor
      ? withCursor(endpoint.cursor.to, cursor, request.url, request.headers)
      : { url: request.url, headers: request.headers }

    const result = await httpExchange(
      {
        purpose: 'long-poll',
        ...request,
        ...aim,
        timeoutMs: endpoint.timeoutMs,
        annotate(head, body, sizeBytes) {
          const { holdMs } = head
          const empty = isEmptyAnswer(head.status, sizeBytes)
          if (head.status >= 400 && !empty) return { holdMs, empty }
          answer = readAnswer(head, body, sizeBytes, empty)
          return { holdMs, empty, ...(endpoint.cursor && { cursor: { from, to: cursor } }) }
        },
      },
      { network, limits, io },
    )
    if (result.kind === 'stopped') return result
    // The server may still have been waiting for data: that we stopped waiting is not its fault.
    if (result.kind === 'failed' && result.fault.code === 'http-timeout') {
      return goOn(answer, endpoint.timeoutMs, null)
    }
    if (result.kind === 'failed') return faultOutcome(result.fault)
    const { head } = result
    const ended = isEmptyAnswer(head.status, result.sizeBytes)
      ? null
      : statusOutcome(head, io, limits)
    if (ended !== null) return ended
    io.opened()
    if (answer.cursorLost) noteLostCursor(io, head)
    return goOn(answer, head.holdMs, retryAfterMs(head, limits))
  }

  function readAnswer(
    head: AnswerHead,
    body: Uint8Array,
    sizeBytes: number,
    empty: boolean,
  ): Answer {
    const before = cursor
    const found = endpoint.cursor ? readCursor(endpoint.cursor.from, head.headers, body) : null
    cursor = found ?? cursor
    const lost = endpoint.cursor !== null && !empty && found === null
    const cursorLost = lost && cursorFound
    if (!empty) cursorFound = !lost
    const key = empty ? null : bodyKey(body, sizeBytes)
    const repeated = key !== null && key === dataKey
    dataKey = key ?? dataKey
    return { empty, repeated, advanced: cursor !== before, cursorLost }
  }

  function noteLostCursor(io: ConnectionIo, head: AnswerHead): void {
    const message =
      cursor === null
        ? 'The answer holds no cursor where the profile looks for one.'
        : 'The answer holds no cursor where the profile looks for one: the last one is sent again.'
    const place = { at: now(), connection: io.connection, replyTo: head.requestSeq }
    io.emit(remark('notice', 'local', 'cursor-missing', { message }, place))
  }

  function goOn(answer: Answer, holdMs: number, askedMs: number | null): Outcome {
    const next = nextPace(pace, { ...answer, holdMs }, minIntervalMs)
    pace = next.pace
    if (askedMs !== null && askedMs > next.delayMs) {
      return { kind: 'next', delayMs: askedMs, wait: { reason: 'retry-after' } }
    }
    if (next.reason === null) return { kind: 'next', delayMs: next.delayMs }
    const wait = { reason: 'back-off', message: next.reason } as const
    return { kind: 'next', delayMs: next.delayMs, wait }
  }

  return {
    connect,
    close() {
      network.close()
      return Promise.resolve()
    },
  }
}
