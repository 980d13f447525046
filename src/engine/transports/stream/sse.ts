// Server-sent events and other streams: `eventsource` decides about an event stream, our own parsers draw.

import { type ErrorEvent, EventSource, type FetchLikeResponse } from 'eventsource'
import type { StreamFormat } from '../../../shared/endpoint/endpoint.ts'
import { isEventStream, lastValue } from '../../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import type { Fault } from '../../protocols/fault.ts'
import { fieldBytes } from '../../protocols/http/fieldBytes.ts'
import { http2Only, wantsHttp2 } from '../../protocols/http/http2Only.ts'
import { multipartBoundary } from '../../protocols/stream/multipart.ts'
import { sseRefusal } from '../../protocols/stream/sseRefusal.ts'
import {
  type AnswerFormat,
  acceptedTypes,
  isBrowsers,
  isRepeatable,
} from '../../protocols/stream/streamFormat.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { AnswerHead, SettledPlan } from '../http/exchange.ts'
import { type ExchangeResult, httpExchange } from '../http/httpExchange.ts'
import { passingOutcome } from '../http/httpOutcome.ts'
import { statusReason } from '../http/nodeHead.ts'
import { patienceOf } from '../http/watchedHop.ts'
import { createNetwork, type Network } from '../network/network.ts'
import { targetOf } from '../network/target.ts'
import type { ConnectionIo, Outcome, Transport, TransportOptions } from '../transport.ts'
import { createStreamFrames, type StreamFrames } from './streamFrames.ts'
import { streamOutcome } from './streamOutcome.ts'
import { createStreamPlan } from './streamPlan.ts'
import type { SourceState } from './streamSink.ts'

/** [spec] HTML 9.2.2 leaves it open, "a few seconds"; `eventsource` takes the same. */
const defaultReconnectMs = 3000

export function createSseTransport(options: TransportOptions): Transport {
  const network = createNetwork(options)
  const state: SourceState = {
    lastEventId: null,
    reconnectMs: defaultReconnectMs,
    invalidNoted: false,
    hadItems: false,
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
  { resolved: endpoint, limits }: TransportOptions,
  network: Network,
  state: SourceState,
): Promise<Outcome> {
  const told = connectionFrames(io)
  const { request } = targetOf(endpoint)
  const { url } = request
  const repeatable = isRepeatable(request.method)
  const asBrowser = endpoint.reconnectAs === 'browser'
  const stopping = new AbortController()
  const plan = createStreamPlan({
    wanted: endpoint.stream,
    asBrowser: isBrowsers(request),
    limits,
    streamed,
    stop: (reason) => stopping.abort(reason),
  })
  const ended = Promise.withResolvers<Outcome>()
  const response = Promise.withResolvers<FetchLikeResponse>()
  const bodyEnd = Promise.withResolvers<{ readonly done: true }>()
  /** Of the answer that is not a redirect. */
  let head: AnswerHead | null = null
  let fault: Fault | null = null
  /** Of a stream that was accepted. */
  let frames: StreamFrames | null = null
  /** Of one that the client was not asked about. */
  let readAs: AnswerFormat | null = null
  let exchange: Promise<ExchangeResult> | null = null
  let hasLeft = false

  const client = new EventSource(url, { fetch: ask })
  client.addEventListener('error', (event) => {
    ended.resolve(judge(event))
    // The client sets its timer for connecting again after this event; closing it ends that.
    queueMicrotask(() => client.close())
  })
  const stop = () => client.close()
  io.signal.addEventListener('abort', stop, { once: true })
  try {
    const outcome = await ended.promise
    await exchange
    return io.signal.aborted ? { kind: 'stopped' } : outcome
  } finally {
    plan.end()
    io.signal.removeEventListener('abort', stop)
    client.close()
  }

  /** In place of `fetch`. */
  function ask(
    _url: string | URL,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<FetchLikeResponse> {
    signal.addEventListener('abort', () => stopping.abort(), { once: true })
    // [spec] HTML 9.2.4: as UTF-8.
    let eventId = state.lastEventId === null ? null : fieldBytes(state.lastEventId)
    if (eventId !== null && notInHeaders.test(eventId)) {
      eventId = ''
      const message =
        'The last event ID holds a control character, which no header can hold: the request goes out without it.'
      told.notice('sse-id-unsendable', message)
    }
    exchange = httpExchange(
      {
        purpose: 'stream',
        ...request,
        headers: requestFields(request.headers, endpoint.stream, eventId),
        ...patienceOf(endpoint),
        sent() {
          hasLeft = true
          return {}
        },
        plan(answer) {
          head = answer
          return plan.planFor(answer)
        },
      },
      { network, limits, io: { ...io, signal: stopping.signal } },
    )
    exchange.then(handleEnd, ended.reject)
    return response.promise
  }

  function streamed(format: AnswerFormat, answer: AnswerHead): SettledPlan {
    const opened = createStreamFrames(format, io, {
      limits,
      state,
      boundary: multipartBoundary(lastValue(answer.headers, 'content-type') ?? ''),
      onTooLarge: handleTooLarge,
    })
    frames = opened
    const { feed: chunk, waiting, over } = opened
    const plain = { kind: 'stream', chunk, waiting, over } as const
    // The client says so, too, but later than what comes at once.
    io.opened()
    if (format === 'sse' && isEventStream(answer)) {
      response.resolve(responseOf(answer))
      return plain
    }
    // The client of event streams has no say here.
    readAs = format
    return { ...plain, annotation: { stream: format } }
  }

  function handleEnd(result: ExchangeResult): void {
    plan.end()
    if (result.kind === 'failed') fault = result.fault
    bodyEnd.resolve({ done: true })
    if (io.signal.aborted) {
      // The client is closed and says nothing of it.
      if (head !== null && plan.refusedStart() !== null) emitFault(refusalOf(head))
      ended.resolve({ kind: 'stopped' })
    } else if (readAs !== null) ended.resolve(afterEnd())
    // For an event stream this has been done.
    else if (head !== null) response.resolve(responseOf(head))
    else response.reject(new Error(fault?.message ?? 'stopped'))
  }

  function responseOf(answer: AnswerHead): FetchLikeResponse {
    return {
      status: answer.status,
      url: answer.url.href,
      redirected: answer.url.href !== url.href,
      headers: { get: (name) => lastValue(answer.headers, name) },
      // The client gets the body's end only. With the bytes it would make an object of each event that
      // nobody listens to, at twice the cost of our own parser.
      body: { getReader: () => ({ read: () => bodyEnd.promise, cancel: () => Promise.resolve() }) },
    }
  }

  function handleTooLarge(large: Fault): void {
    emitFault(large)
    ended.resolve({ kind: 'refused', message: large.message })
    client.close()
  }

  function emitFault(one: Fault): void {
    told.error(one, { replyTo: head?.requestSeq ?? null })
  }

  function refusalOf(answer: AnswerHead): Fault {
    const { sendsCredentials: credentials } = network
    const body = plan.refusedStart() ?? new Uint8Array(0)
    if (wantsHttp2(answer, body)) return http2Only(answer.url.host, false)
    return sseRefusal({ ...answer, reason: statusReason(answer.status), body, credentials })
  }

  /** What the client makes of the answer. Only a network's fault or an end leave it connecting. */
  function judge(event: ErrorEvent): Outcome {
    if (event.code === 204)
      return { kind: 'done', message: 'The server answered 204: the stream is over.' }
    if (client.readyState === client.CLOSED) {
      if (head === null) return { kind: 'refused', message: event.message ?? 'refused' }
      const refusal = refusalOf(head)
      emitFault(refusal)
      const { code, message } = refusal
      // A browser would give up, and cannot be told to come back. The version of HTTP is the same again.
      const mayReturn = repeatable && !asBrowser && code !== 'http2-only'
      const passing = mayReturn ? passingOutcome(head, message, limits) : null
      return passing ?? { kind: 'refused', message }
    }
    return afterEnd()
  }

  /** The stream has ended, broken off, or never begun. */
  function afterEnd(): Outcome {
    state.hadItems ||= frames?.hasItems() === true
    // [spec] HTML 9.2.3: a client may wait longer than it is asked to, so that no server is overwhelmed.
    const delayMs = Math.max(state.reconnectMs, limits.minIntervalMs)
    const asked = { method: request.method, repeatable, asBrowser, delayMs }
    return streamOutcome({ fault, frames, readAs, hasLeft, hadItems: state.hadItems }, asked)
  }
}

/** [rfc9110] 5.5: what no field's value holds. */
const notInHeaders = /[^\t\x20-\x7e\x80-\xff]/

/**
 * The user's header fields and those that an event stream's request has. An `eventId` takes the place
 * of the user's own; the empty one leaves none.
 */
function requestFields(
  given: NamedValues,
  format: StreamFormat,
  eventId: string | null,
): NamedValues {
  const fields = given.filter(
    ([name]) => eventId === null || name.toLowerCase() !== 'last-event-id',
  )
  const has = (wanted: string) => fields.some(([name]) => name.toLowerCase() === wanted)
  // [spec] HTML 9.2.2 and [fetch] 4.6: a cache mode of `no-store` is sent as `no-cache`.
  if (!has('cache-control')) fields.unshift(['Cache-Control', 'no-cache'])
  if (!has('accept')) fields.unshift(['Accept', acceptedTypes[format]])
  if (eventId !== null && eventId !== '') fields.push(['Last-Event-ID', eventId])
  return fields
}
