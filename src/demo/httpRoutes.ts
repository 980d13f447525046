// The demo's answers over HTTP: poll, long poll, publish and the index.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { toError } from '../shared/unknown.ts'
import { type DemoQuery, defaultRate } from './demoQuery.ts'
import type { Feed, FeedItem } from './feed.ts'
import type { LiveFeeds } from './liveFeeds.ts'

/** A request on its way through a route: its parsed URL and query, and the feeds. */
export interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly query: DemoQuery
  readonly feeds: LiveFeeds
  /** Of the server, for links: `http://127.0.0.1:7411`. */
  readonly origin: string
}

/** `GET /poll`: the newest items, with validators. */
export function answerPoll({ request, response, query, feeds }: Visit): void {
  const feed = feeds.atRate(query.ratePerSecond).read()
  const newest = feed.after(null).at(-1)
  const etag = `"${query.ratePerSecond}-${feed.latestId}"`
  const modified = new Date(newest?.at ?? 0).toUTCString()
  response.setHeader('ETag', etag)
  response.setHeader('Last-Modified', modified)
  if (query.ageSeconds === null) response.setHeader('Cache-Control', 'no-cache')
  else response.setHeader('Cache-Control', 'max-age=60').setHeader('Age', query.ageSeconds)
  if (isUnchanged(request, etag, modified)) response.writeHead(304).end()
  else sendItems(response, query, feed, null)
}

/** [rfc9110] 13.2.2: `If-None-Match` decides where both validators are there. */
function isUnchanged(request: IncomingMessage, etag: string, modified: string): boolean {
  const wanted = request.headers['if-none-match']
  if (wanted !== undefined) {
    return wanted.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '')
  return Date.parse(modified) <= since
}

/**
 * `GET /long-poll?since=N`: holds the request until there is an item after N, or for `hold` ms. N may
 * also come as the entity tag of an earlier answer, or by POST in JSON: `{"since": N}`.
 */
export async function answerLongPoll({
  request,
  response,
  url,
  query,
  feeds,
}: Visit): Promise<void> {
  const live = feeds.atRate(query.ratePerSecond)
  const text = url.searchParams.get('since') ?? cursorOf(request) ?? (await postedCursor(request))
  const since = text === null || text === '' ? null : Number(text)
  if (since !== null && !Number.isSafeInteger(since)) {
    sendJson(response, 400, {
      error: `since must be the cursor of an earlier answer, not "${text}".`,
    })
    return
  }
  const feed = live.read()
  const finish = () => {
    stopWaiting()
    const items = feed.after(since)
    response.setHeader('X-Cursor', String(feed.latestId))
    if (items.length === 0) {
      response.writeHead(204).end()
      return
    }
    response.setHeader('ETag', `"${feed.latestId}"`)
    response.setHeader('Last-Modified', new Date(items.at(-1)?.at ?? 0).toUTCString())
    if (query.trickleMs > 0) trickle(response, items, query.trickleMs)
    else sendItems(response, query, feed, since)
  }
  const unwatch = live.watch(finish)
  const timer = setTimeout(finish, feed.after(since).length > 0 ? 0 : query.holdMs)
  const stopWaiting = () => {
    unwatch()
    clearTimeout(timer)
  }
  response.on('close', stopWaiting)
}

/** The validators of an earlier answer that a client sends back. */
function cursorOf({ headers }: IncomingMessage): string | null {
  return /^"(\d+)"$/.exec(headers['if-none-match'] ?? '')?.[1] ?? null
}

async function postedCursor(request: IncomingMessage): Promise<string | null> {
  if (request.method !== 'POST') return null
  const body = await readBody(request)
  try {
    const { since } = JSON.parse(body ?? '') as { since?: unknown }
    return since === undefined ? null : String(since)
  } catch {
    // A body that is not JSON has no cursor.
    return null
  }
}

/** An item a line, with time between them. */
async function trickle(response: ServerResponse, items: readonly FeedItem[], ms: number) {
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
  for (const [i, item] of items.entries()) {
    if (i > 0) await delay(ms)
    if (response.destroyed) return
    response.write(`${JSON.stringify(item)}\n`)
  }
  response.end()
}

function sendItems(response: ServerResponse, query: DemoQuery, feed: Feed, since: number | null) {
  const items = feed.after(since)
  const body = `${JSON.stringify({ cursor: feed.latestId, items })}\n`
  if (query.dropAfter === null || query.dropAfter >= items.length) {
    send(response, 200, 'application/json; charset=utf-8', body)
    return
  }
  // The head promises the whole body, so that the client sees a reset in the middle of it.
  const whole = Buffer.from(body)
  const kept = Math.floor((whole.length * query.dropAfter) / items.length)
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': whole.length })
  response.flushHeaders()
  response.write(whole.subarray(0, kept), () => response.socket?.resetAndDestroy())
}

/** The longest body that is read. */
const bodyBytes = 64 * 1024

/** The body as text, which is taken in to its end; null where it is too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= bodyBytes) chunks.push(chunk)
  }
  return size <= bodyBytes ? Buffer.concat(chunks).toString() : null
}

/** `POST /publish`: JSON `{ "from"?, "text" }` or plain text becomes a chat item of every feed. */
export async function answerPublish({ request, response, feeds }: Visit): Promise<void> {
  const body = await readBody(request)
  if (body === null) {
    sendJson(response, 413, { error: `A message may have up to ${bodyBytes} bytes.` })
    return
  }
  const chat = parseChat(body)
  if (typeof chat === 'string') sendJson(response, 400, { error: chat })
  else sendJson(response, 201, feeds.publish(chat))
}

function parseChat(body: string): { from: string; text: string } | string {
  let value: unknown = body.trim()
  if (body.trimStart().startsWith('{')) {
    try {
      value = JSON.parse(body)
    } catch (error) {
      return `The body is not JSON: ${toError(error).message}.`
    }
  }
  const { from, text } =
    typeof value === 'object' && value !== null
      ? { from: 'You', text: undefined, ...value }
      : { from: 'You', text: value }
  if (typeof text !== 'string' || text === '' || typeof from !== 'string') {
    return 'Send {"from": "your name", "text": "what you say"} or plain text.'
  }
  return { from, text }
}

/** `GET /`: a list of all paths. */
export function answerIndex({ response, origin }: Visit): void {
  const sockets = origin.replace(/^http/, 'ws').replace(/^unix/, 'ws+unix')
  const offers = [
    ['GET', `${origin}/poll`, 'polling: the newest items, with ETag and Last-Modified'],
    [
      'GET',
      `${origin}/long-poll?since=N`,
      'long polling: held until an item after N, 204 after hold',
    ],
    ['', '', '(N also as If-None-Match, or by POST as {"since": N})'],
    ['GET', `${origin}/sse`, 'Server-Sent Events: trade and chat, resumed by Last-Event-ID'],
    ['POST', `${origin}/sse`, 'the same by POST, as models and MCP servers stream'],
    ['GET', `${origin}/ndjson`, 'the feed as records; also /json-seq and /text'],
    ['WS', `${sockets}/ws`, 'WebSocket: send {"op":"subscribe","symbol":"BTC-EUR"} for trades'],
    ['POST', `${origin}/publish`, '{"from":"Ada","text":"Hello"} enters the feed as chat'],
  ] as const
  const widest = Math.max(...offers.map(([, address]) => address.length))
  const lines = offers.map(
    ([method, address, what]) => `  ${method.padEnd(4)} ${address.padEnd(widest)}  ${what}`,
  )
  const text = `Lifeline demo server: one live feed of trades and chat behind four methods.

${lines.join('\n')}

Query parameters, on every path:

  rate=${defaultRate}          items per second; 0 is published chat alone
  drop=5          destroy the socket after 5 items
  close=1011      with drop on a WebSocket: close with this code instead
  delay=500       wait 500 ms before the answer
  status=503      answer the first request so, with Retry-After
  times=2         … the first two requests; 30 quiet seconds start afresh
  retry-after=1   seconds in that Retry-After
  hold=25000      long polling: ms until 204
  trickle=300     long polling: ms between the items of one answer, a line each
  age=7           polling: an answer that a cache kept for 7 s
  secret=abc      401 without it: as bearer token, basic password, X-API-Key or ?key=
  cookies=1       a cookie that counts this client's requests
  ping=15000      ms between comments (SSE) or pings (WebSocket)
  retry=2000      SSE: reconnection time in ms
  end=5           streams: the answer ends after 5 items
  odd=1           SSE: lines between the events that clients ignore
  fragments=3     WebSocket: each item in three frames
  pong=0          WebSocket: pings are not answered
`
  send(response, 200, 'text/plain; charset=utf-8', text)
}

/** Answers JSON on one line. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(value)}\n`)
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}
