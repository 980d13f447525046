// A profile entry's JSON → a complete endpoint, or what to change in it.

import { checkEndpoint } from '../endpoint/checks/checkEndpoint.ts'
import { proposeMethod } from '../endpoint/checks/checkUrl.ts'
import { type Endpoint, type Method, methods, type StreamFormat } from '../endpoint/endpoint.ts'
import {
  defaultIntervalMs,
  defaultReconnectAttempts,
  neutralEndpoint,
} from '../endpoint/neutralEndpoint.ts'
import type { Parsed } from '../endpoint/problem.ts'
import { defaultLimits } from '../limits.ts'
import { readAuth, readCompression, readCursor, readReconnect, readTls } from './endpointFields.ts'
import { createFieldReader, type FieldReader } from './fieldReader.ts'
import { readMessages, readRepeat, readRequests, readSend } from './messageFields.ts'

/** What a setting may change; a profile's own fields go before it. */
export interface EndpointDefaults {
  readonly intervalMs?: number
  readonly reconnectAttempts?: number
}

const streamFormats: readonly StreamFormat[] = ['auto', 'sse', 'ndjson', 'json-seq', 'text']

/**
 * How long an answer may take. Servers and proxies commonly hold a long poll for up to 60 s; waiting
 * longer than they do shows their time limit and not ours.
 */
export const defaultTimeoutMs: Readonly<Record<Method, number>> = {
  polling: 30_000,
  'long-polling': 90_000,
  sse: 30_000,
  websocket: 30_000,
}

/** The fields that belong to some methods only. All others belong to each. */
const fieldMethods: Readonly<Record<string, readonly Method[]>> = {
  request: ['polling', 'long-polling', 'sse'],
  body: ['polling', 'long-polling', 'sse'],
  bodyFile: ['polling', 'long-polling', 'sse'],
  subprotocols: ['websocket'],
  send: ['websocket'],
  repeat: ['websocket'],
  compression: ['websocket'],
  autoPong: ['websocket'],
  pingInterval: ['websocket'],
  interval: ['polling'],
  allowFasterThan100ms: ['polling'],
  jitter: ['polling'],
  change: ['polling'],
  cursor: ['long-polling'],
  stream: ['sse'],
  messages: ['websocket'],
}

/** Every field of a profile entry. */
export const profileFields: readonly string[] = [
  'name',
  'url',
  'method',
  'query',
  'request',
  'headers',
  'auth',
  'cookies',
  'body',
  'bodyFile',
  'subprotocols',
  'send',
  'repeat',
  'compression',
  'autoPong',
  'pingInterval',
  'interval',
  'allowFasterThan100ms',
  'jitter',
  'change',
  'timeout',
  'cursor',
  'stream',
  'reconnect',
  'tls',
  'proxy',
  'requests',
  'messages',
]

/**
 * Reads the entry (`name` is left to `readProfiles`), fills in what it leaves out and reports every
 * problem, in the order of the fields. Fields that start with `$` are left alone.
 */
export function parseEndpoint(input: unknown, defaults: EndpointDefaults = {}): Parsed<Endpoint> {
  const read = createFieldReader(input)
  if (!read) {
    const message = 'Write the profile as an object with at least a "url" and a "method".'
    return { ok: false, problems: [{ path: '', message }] }
  }
  read.reportUnknown(profileFields, 'A profile')
  const url = read.text('url') ?? ''
  if (!read.has('url')) read.report('url', 'Add a "url", for example "wss://example.com/feed".')
  const method = readMethod(read, url)
  if (method) reportForeign(read, method)
  const headers = [...read.headers('headers')]
  const body = read.body('body', headers)
  const bodyFile = read.text('bodyFile')
  const messages = readMessages(read)
  const reconnectAttempts = defaults.reconnectAttempts ?? defaultReconnectAttempts
  const endpoint: Endpoint = {
    url,
    method: method ?? 'polling',
    query: read.query('query'),
    request: read.requestMethod('request') ?? defaultRequest(body, bodyFile),
    headers,
    auth: readAuth(read),
    cookies: read.flag('cookies', neutralEndpoint.cookies),
    body,
    bodyFile,
    subprotocols: read.texts('subprotocols'),
    send: readSend(read, messages),
    repeat: readRepeat(read, messages),
    compression: readCompression(read),
    autoPong: read.flag('autoPong', neutralEndpoint.autoPong),
    pingIntervalMs: read.duration('pingInterval'),
    ...readInterval(read, method, defaults.intervalMs ?? defaultIntervalMs),
    jitter: read.number('jitter', 0, 1, false) ?? neutralEndpoint.jitter,
    change: read.text('change'),
    timeoutMs: read.duration('timeout') ?? defaultTimeoutMs[method ?? 'polling'],
    cursor: readCursor(read),
    stream: read.choice('stream', streamFormats) ?? neutralEndpoint.stream,
    ...readReconnect(read, reconnectAttempts),
    tls: readTls(read),
    proxy: read.text('proxy') ?? neutralEndpoint.proxy,
    requests: readRequests(read),
    messages,
  }
  const problems = [...read.problems]
  const reported = new Set(problems.map(({ path }) => firstName(path)))
  for (const problem of checkEndpoint(endpoint, 'unresolved')) {
    // A field that could not be read stands at its default, about which nobody wants to hear.
    const name = firstName(problem.path)
    if (reported.has(name)) continue
    if (name === 'request' && (reported.has('body') || reported.has('bodyFile'))) continue
    problems.push(problem)
  }
  return problems.length === 0 ? { ok: true, value: endpoint } : { ok: false, problems }
}

/** A body is posted unless the user says otherwise. */
export function defaultRequest(body: string | null, bodyFile: string | null): string {
  return body === null && bodyFile === null ? 'GET' : 'POST'
}

function readMethod(read: FieldReader, url: string): Method | null {
  const choices = methods.map((name) => `"${name}"`).join(', ')
  const written = read.text('method')
  if (written !== null) {
    const method = methods.find((name) => name === written)
    if (!method) read.report('method', `Change the method to one of ${choices}.`)
    return method ?? null
  }
  const proposed = proposeMethod(url)
  if (!proposed && !read.has('method')) {
    read.report('method', `Add a "method", one of ${choices}, to say how to watch the URL.`)
  }
  return proposed
}

function reportForeign(read: FieldReader, method: Method): void {
  for (const [field, belongsTo] of Object.entries(fieldMethods)) {
    if (!read.has(field) || belongsTo.includes(method)) continue
    // A WebSocket opens with GET, so writing that down is no mistake.
    if (field === 'request' && read.text('request') === 'GET') continue
    const names = belongsTo.join(', ')
    read.report(field, `Remove "${field}": it is for ${names}, and the method is ${method}.`)
  }
}

function readInterval(
  read: FieldReader,
  method: Method | null,
  defaultMs: number,
): Pick<Endpoint, 'intervalMs' | 'allowFasterThan100ms'> {
  const { minIntervalMs } = defaultLimits
  const intervalMs = read.duration('interval') ?? defaultMs
  const allowFasterThan100ms = read.flag('allowFasterThan100ms')
  if (method === 'polling' && intervalMs < minIntervalMs && !allowFasterThan100ms) {
    read.report(
      'interval',
      `Poll every ${minIntervalMs}ms or less often: faster polling would almost DoS your server. If that is what you want, add "allowFasterThan100ms": true.`,
    )
  }
  return { intervalMs, allowFasterThan100ms }
}

function firstName(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path
}
