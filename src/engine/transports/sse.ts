// Server-sent events: `eventsource` decides about the stream, our own parser draws what is in it.

import { type ErrorEvent, EventSource, type FetchLikeResponse } from 'eventsource'
import type { EventDetail, HeaderPairs } from '../../shared/frame.ts'
import { tooLarge } from '../protocols/httpFault.ts'
import { keptPayload } from '../protocols/keptPayload.ts'
import type { Fault } from '../protocols/networkError.ts'
import { headerValue } from '../protocols/requestHeaders.ts'
import { createSseParser, type SseItem } from '../protocols/sse.ts'
import { isEventStream, sseRefusal } from '../protocols/sseRefusal.ts'
import { now } from './clock.ts'
import type { AnswerHead, BodyPlan } from './exchange.ts'
import { type ExchangeResult, httpExchange } from './httpExchange.ts'
import { remark } from './httpFrames.ts'
import { faultOutcome } from './httpOutcome.ts'
import { createNetwork, type Network } from './network.ts'
import type { ConnectionIo, Outcome, Transport, TransportOptions } from './transport.ts'

/** [spec] HTML 9.2.2 leaves it open, "a few seconds"; `eventsource` takes the same. */
const defaultReconnectMs = 3000
/** What refuses a stream may be a stream without an end: its body is read for so long. */
const refusedBodyMs = 2000

/** What outlives a connection. [spec] HTML 9.2.2 */
interface SourceState {
  lastEventId: string
  reconnectMs: number
  invalidNoted: boolean
}

export function createSseTransport(options: TransportOptions): Transport {
  const network = createNetwork(options)
  const state: SourceState = {
    lastEventId: '',
    reconnectMs: defaultReconnectMs,
    invalidNoted: false,
  }
  return {
    connect: async (io) =>
      io.signal.aborted ? { kind: 'stopped' } : openSource(io, options, network, state),
    async close() {
      network.close()
    },
  }
}

async function openSource(
  io: ConnectionIo,
  { endpoint, limits }: TransportOptions,
  network: Network,
  state: SourceState,
): Promise<Outcome> {
  const { connection } = io
  const url = new URL(endpoint.url)
  const stopping = new AbortController()
  const verdict = Promise.withResolvers<Outcome>()
  const response = Promise.withResolvers<FetchLikeResponse>()
  const bodyEnd = Promise.withResolvers<{ readonly done: true }>()
  /** Of the answer that is not a redirect. */
  let head: AnswerHead | null = null
  let fault: Fault | null = null
  let bodyTimer: NodeJS.Timeout | undefined
  let chunkAt = 0
  // One object for all events alike: the capture knows its JSON by identity.
  let detail: EventDetail = { type: 'message', lastEventId: state.lastEventId }
  const parser = createSseParser({
    lastEventId: state.lastEventId,
    maxBytes: limits.messageBytes,
    onItem: handleItem,
  })
  let exchange: Promise<ExchangeResult> | null = null

  const client = new EventSource(url, { fetch: ask })
  client.addEventListener('open', () => io.opened())
  client.addEventListener('error', (event) => {
    verdict.resolve(judge(event))
    // The client sets its timer for connecting again after this event; closing it ends that.
    queueMicrotask(() => client.close())
  })
  const stop = () => client.close()
  io.signal.addEventListener('abort', stop, { once: true })
  try {
    const outcome = await verdict.promise
    await exchange
    return io.signal.aborted ? { kind: 'stopped' } : outcome
  } finally {
    clearTimeout(bodyTimer)
    io.signal.removeEventListener('abort', stop)
    client.close()
  }

  /** In place of `fetch`. */
  function ask(
    _url: string | URL,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<FetchLikeResponse> {
    signal.addEventListener('abort', () => stopping.abort(), { once: true })
    const { emit, wire, awaiting } = io
    exchange = httpExchange(
      {
        purpose: 'stream',
        method: endpoint.request.toUpperCase(),
        url,
        headers: requestFields(endpoint.headers, state.lastEventId),
        body: endpoint.body,
        timeoutMs: endpoint.timeoutMs,
        plan,
      },
      { network, limits, io: { connection, signal: stopping.signal, emit, wire, awaiting } },
    )
    exchange.then(handleEnd, verdict.reject)
    return response.promise
  }

  function plan(answer: AnswerHead): BodyPlan {
    head = answer
    if (!isEventStream(answer)) {
      bodyTimer = setTimeout(() => stopping.abort(), refusedBodyMs)
      return { kind: 'collect', stopAtBytes: limits.refusalBytes }
    }
    response.resolve(responseOf(answer))
    return {
      kind: 'stream',
      chunk(bytes, at) {
        chunkAt = at
        parser.feed(bytes)
        state.lastEventId = parser.lastEventId
      },
    }
  }

  function handleEnd(result: ExchangeResult): void {
    clearTimeout(bodyTimer)
    if (result.kind === 'failed') fault = result.fault
    bodyEnd.resolve({ done: true })
    if (io.signal.aborted) verdict.resolve({ kind: 'stopped' })
    // For a stream this has been done.
    else if (head !== null) response.resolve(responseOf(head))
    else response.reject(new Error(fault?.message ?? 'stopped'))
  }

  function responseOf(answer: AnswerHead): FetchLikeResponse {
    return {
      status: answer.status,
      url: answer.url.href,
      redirected: answer.url.href !== url.href,
      headers: { get: (name) => headerValue(answer.headers, name) },
      // The client gets the body's end only. With the bytes it would make an object of each event that
      // nobody listens to, at twice the cost of our own parser.
      body: { getReader: () => ({ read: () => bodyEnd.promise, cancel: () => Promise.resolve() }) },
    }
  }

  function handleItem(item: SseItem): void {
    switch (item.kind) {
      case 'event':
        handleEvent(item)
        return
      case 'comment':
        io.emit({
          ...frameHead(item.data.length, item.wireBytes),
          kind: 'comment',
          detail: cutAt(item.data),
          payload: keptPayload(item.data, limits.payloadBytes),
        })
        return
      case 'retry':
        handleRetry(item.delayMs, item.wireBytes)
        return
      case 'invalid-utf8':
        noteInvalid()
        return
      case 'too-large': {
        const large = tooLarge(`One ${item.what} of the stream`, limits.messageBytes)
        emitFault(large)
        verdict.resolve({ kind: 'refused', message: large.message })
        client.close()
      }
    }
  }

  function handleEvent({ type, lastEventId, data, wireBytes }: SseItem & { kind: 'event' }): void {
    if (detail.type !== type || detail.lastEventId !== lastEventId) detail = { type, lastEventId }
    io.emit({
      kind: 'event',
      at: chunkAt,
      connection,
      direction: 'in',
      sizeBytes: data.length,
      wireBytes,
      replyTo: null,
      code: null,
      detail: data.length > limits.payloadBytes ? { ...detail, ...cutAt(data) } : detail,
      // A slice of the chunk that came. Nobody writes to that again: the capture may hold it.
      payload: keptPayload(data, limits.payloadBytes),
    })
  }

  function handleRetry(delayMs: number, wireBytes: number): void {
    const reconnectMs = Math.min(delayMs, limits.maxDelayMs)
    if (reconnectMs === state.reconnectMs) return
    state.reconnectMs = reconnectMs
    io.emit({ ...frameHead(0, wireBytes), kind: 'retry', detail: { delayMs }, payload: null })
  }

  function noteInvalid(): void {
    if (state.invalidNoted) return
    state.invalidNoted = true
    const message =
      'The stream holds bytes that are not valid UTF-8. They are shown as \ufffd, as a browser reads them.'
    const place = { at: now(), connection, replyTo: null }
    io.emit(remark('notice', 'local', 'sse-invalid-utf8', { message }, place))
  }

  function frameHead(sizeBytes: number, wireBytes: number) {
    const direction = 'in' as const
    return { at: chunkAt, connection, direction, sizeBytes, wireBytes, replyTo: null, code: null }
  }

  function cutAt(data: Uint8Array): { truncatedAt?: number } {
    return data.length > limits.payloadBytes ? { truncatedAt: limits.payloadBytes } : {}
  }

  function emitFault({ code, ...words }: Fault): void {
    const place = { at: now(), connection, replyTo: head?.requestSeq ?? null }
    io.emit(remark('error', 'in', code, words, place))
  }

  /** What the client makes of the answer. Only a network's fault or an end leave it connecting. */
  function judge(event: ErrorEvent): Outcome {
    if (event.code === 204)
      return { kind: 'done', message: 'The server answered 204: it has no more.' }
    if (client.readyState === client.CLOSED) {
      const refusal = head === null ? null : sseRefusal(head)
      if (refusal !== null) emitFault(refusal)
      return { kind: 'refused', message: refusal?.message ?? event.message ?? 'refused' }
    }
    if (fault !== null) {
      const outcome = faultOutcome(fault)
      if (outcome.kind === 'refused') return outcome
    }
    const message = fault?.message ?? 'The stream ended.'
    return { kind: 'lost', reason: 'retry', delayMs: state.reconnectMs, message }
  }
}

/** The user's header fields and those that an event stream's request has. */
function requestFields(given: HeaderPairs, lastEventId: string): HeaderPairs {
  const fields = given.filter(
    ([name]) => lastEventId === '' || name.toLowerCase() !== 'last-event-id',
  )
  const has = (wanted: string) => fields.some(([name]) => name.toLowerCase() === wanted)
  // [spec] HTML 9.2.2 and [fetch] 4.6: a cache mode of `no-store` is sent as `no-cache`.
  if (!has('cache-control')) fields.unshift(['Cache-Control', 'no-cache'])
  if (!has('accept')) fields.unshift(['Accept', 'text/event-stream'])
  if (lastEventId !== '') {
    // [spec] HTML 9.2.4: as UTF-8. Node sends a header's characters as a byte each.
    fields.push(['Last-Event-ID', Buffer.from(lastEventId, 'utf8').toString('latin1')])
  }
  return fields
}
