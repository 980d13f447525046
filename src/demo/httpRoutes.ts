// The demo's answers over HTTP: poll, long poll and publish.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { toError } from '../shared/unknown.ts'
import type { DemoQuery } from './demoQuery.ts'
import type { Feed, FeedItem } from './feed.ts'
import { type LiveFeeds, paceName } from './liveFeeds.ts'

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
  const feed = feeds.at(query).read()
  const newest = feed.after(null).at(-1)
  const pace = paceName(query)
  const etag = `"${pace}-${feed.latestId}"`
  const modified = new Date(newest?.at ?? 0).toUTCString()
  response.setHeader('ETag', etag)
  response.setHeader('Last-Modified', modified)
  if (query.ageSeconds === null) response.setHeader('Cache-Control', 'no-cache')
  else response.setHeader('Cache-Control', 'max-age=60').setHeader('Age', query.ageSeconds)
  if (query.news === 1) response.setHeader('Vary', 'If-None-Match')
  if (query.etag === 1 && isUnchanged(request, etag, modified)) response.writeHead(304).end()
  else sendItems(response, query, feed, query.news === 1 ? idKnown(request, pace) : null)
}

/** Id of the newest item in the answer whose entity tag comes back; null where none of this feed does. */
function idKnown({ headers }: IncomingMessage, pace: string): number | null {
  const [, name, id] = /^(?:W\/)?"(.+)-(\d{1,15})"$/.exec(headers['if-none-match'] ?? '') ?? []
  return name === pace ? Number(id) : null
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
  const live = feeds.at(query)
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
export async function readBody(request: IncomingMessage): Promise<string | null> {
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

/** Answers JSON on one line. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(value)}\n`)
}

/** Answers with a whole body. */
export function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}
