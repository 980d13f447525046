// The demo's two streams: Server-Sent Events and WebSocket.

import type { WebSocket } from 'ws'
import type { DemoQuery } from './demoQuery.ts'
import { type FeedItem, symbols } from './feed.ts'
import type { Visit } from './httpRoutes.ts'
import type { LiveFeed, LiveFeeds } from './liveFeeds.ts'
import { createStreamWriter, type StreamWriter } from './streamWriter.ts'

/** A reader with more than this unsent waits; it misses what the feed forgets meanwhile. */
const unsentBytes = 4 * 1024 * 1024

/** Sends what the feed adds after `cursor`, as fast as the reader takes it; after `dropAfter` items it calls `drop`. */
function pump(options: {
  readonly live: LiveFeed
  readonly cursor: number
  readonly dropAfter: number | null
  readonly unsent: () => number
  readonly send: (item: FeedItem) => boolean
  readonly drop: () => void
}): () => void {
  const { live, dropAfter, unsent, send, drop } = options
  let cursor = options.cursor
  let sent = 0
  let stopped = false
  const flow = () => {
    // Reading may make new items, which calls this function again from within.
    for (const item of live.read().after(cursor)) {
      if (stopped || unsent() > unsentBytes) return
      if (sent === dropAfter) return stop()
      cursor = item.id
      if (send(item)) sent++
    }
    if (sent === dropAfter) stop()
  }
  const unwatch = live.watch(flow)
  const stop = () => {
    if (stopped) return
    stopped = true
    unwatch()
    drop()
  }
  flow()
  return unwatch
}

/** `GET` and `POST /sse`. A stream resumes after `Last-Event-ID`; without one it begins with what comes next. */
export function answerSse({ request, response, query, feeds }: Visit): void {
  const live = feeds.at(query)
  const wanted = Number(request.headers['last-event-id'] || Number.NaN)
  const { latestId } = live.read()
  const resumes = query.resume === 1 && Number.isSafeInteger(wanted) && wanted <= latestId
  const head = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' }
  const writer = createStreamWriter(response, head, query)
  writer.write(`: Lifeline demo feed\nretry: ${query.retryMs}\n\n`)
  const stopBeating = beat(query, () => writer.write(': keep-alive\n\n'))
  const form = eventForm(query)
  const unwatch = pump({
    live,
    cursor: resumes ? wanted : latestId,
    ...endOf(writer, query),
    unsent: () => writer.unsent,
    send: (item) => {
      const event = form(item)
      for (let times = 0; times <= query.double; times++) writer.writeItem(event)
      return true
    },
  })
  response.on('close', () => {
    stopBeating()
    unwatch()
  })
}

/** Calls `act` at each beat that the query asks for; answers with the way to stop. */
function beat({ pingMs }: DemoQuery, act: () => void): () => void {
  if (pingMs === 0) return () => {}
  const timer = setInterval(act, pingMs)
  return () => clearInterval(timer)
}

/** What the standard tells clients to ignore: an unknown name, a bad number, an event without data. */
const oddLines = 'Data: not a field\nretry: soon\nevent: empty\n\n'

/** How a stream over HTTP ends: in peace, by a destroyed socket, or never. */
function endOf({ end, drop }: StreamWriter, { endAfter, dropAfter }: DemoQuery) {
  return endAfter === null ? { dropAfter, drop } : { dropAfter: endAfter, drop: end }
}

const recordForms: Readonly<
  Record<string, readonly [type: string, form: (json: string) => string]>
> = {
  '/ndjson': ['application/x-ndjson', (json) => `${json}\n`],
  '/json-seq': ['application/json-seq', (json) => `\u001e${json}\n`],
  '/text': ['text/plain; charset=utf-8', (json) => `${json} `],
}

/** `GET /ndjson`, `/json-seq` and `/text`: the feed from the next item on, an item a record. */
export function answerRecords({ response, url, query, feeds }: Visit): void {
  const live = feeds.at(query)
  const [type, form] = recordForms[url.pathname] ?? ['text/plain', (json: string) => json]
  const head = { 'Content-Type': type, 'Cache-Control': 'no-cache' }
  const writer = createStreamWriter(response, head, query)
  const unwatch = pump({
    live,
    cursor: live.read().latestId,
    ...endOf(writer, query),
    unsent: () => writer.unsent,
    send: (item) => {
      writer.writeItem(form(JSON.stringify(item)))
      return true
    },
  })
  response.on('close', unwatch)
}

/** An item as the events of one connection, with the flaws that the query asks for. */
function eventForm(query: DemoQuery): (item: FeedItem) => string {
  let count = 0
  return (item) => {
    count++
    const id = query.resume === 1 ? item.id : count
    const event = (query.ids === 1 ? `id: ${id}\n` : '') + formatEvent(item)
    return event + (query.oddLines === 1 ? oddLines : '')
  }
}

/** Chat is written in several lines of data, as servers do that send formatted JSON. */
function formatEvent(item: FeedItem): string {
  const json = JSON.stringify(item, null, item.type === 'chat' ? 1 : 0)
  return `event: ${item.type}\ndata: ${json.replaceAll('\n', '\ndata: ')}\n\n`
}

/** `WS /ws`: chat at once, trades of the symbols that are subscribed to; anything else comes back. */
export function serveWebSocket(socket: WebSocket, query: DemoQuery, feeds: LiveFeeds): void {
  const subscribed = new Set<string>()
  const live = feeds.at(query)
  const stopBeating = beat(query, () => socket.ping('lifeline'))
  const cut = query.cutMs === null ? undefined : setTimeout(() => socket.terminate(), query.cutMs)
  const unwatch = pump({
    live,
    cursor: live.read().latestId,
    dropAfter: query.dropAfter,
    unsent: () => socket.bufferedAmount,
    send: (item) => {
      if (item.type === 'trade' && !subscribed.has(item.symbol)) return false
      sendInFragments(socket, JSON.stringify(item), query.fragments)
      return true
    },
    drop: () =>
      query.closeCode === null
        ? socket.terminate()
        : socket.close(query.closeCode, 'the demo was asked to close'),
  })
  socket.on('message', (data, isBinary) => {
    const answer = isBinary ? null : answerOperation(String(data), subscribed)
    socket.send(answer ?? data, { binary: isBinary })
  })
  socket.on('ping', (data) => {
    if (query.pongs === 1 && socket.readyState === socket.OPEN) socket.pong(data)
  })
  // A client that breaks the protocol: ws closes with the right code by itself.
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearTimeout(cut)
    stopBeating()
    unwatch()
  })
}

/** A text message in so many frames. [rfc6455] 5.4 */
function sendInFragments(socket: WebSocket, text: string, count: number): void {
  const bytes = Buffer.from(text)
  const size = Math.ceil(bytes.length / count)
  for (let i = 0; i < count; i++) {
    const fin = i === count - 1
    socket.send(bytes.subarray(i * size, (i + 1) * size), { binary: false, fin })
  }
}

/** The answer to `{"op": …}`, or null for text that is no operation. */
function answerOperation(text: string, subscribed: Set<string>): string | null {
  const wanted = parseOperation(text)
  if (!wanted) return null
  const { op, symbol } = wanted
  if (!symbols.some((known) => known === symbol)) {
    const message = `symbol must be one of ${symbols.join(', ')}.`
    return JSON.stringify({ type: 'error', message })
  }
  if (op === 'subscribe') subscribed.add(symbol)
  else subscribed.delete(symbol)
  return JSON.stringify({ type: `${op}d`, symbol })
}

function parseOperation(text: string): { op: 'subscribe' | 'unsubscribe'; symbol: string } | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Text that is no JSON is echoed like any other.
    return null
  }
  if (typeof value !== 'object' || value === null || !('op' in value)) return null
  const { op } = value
  if (op !== 'subscribe' && op !== 'unsubscribe') return null
  return { op, symbol: 'symbol' in value ? String(value.symbol) : '' }
}
