// Reads the answers of long polling: data or none, the cursor for the next request, and when to hold back.

import type { CursorSource, CursorTarget } from '../../../shared/endpoint/endpoint.ts'
import { checkFieldValue } from '../../../shared/endpoint/httpSyntax.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { setQuery } from '../http/query.ts'
import type { HttpRequest } from '../http/redirect.ts'
import { readJson, valueAt, withValueAt } from './jsonPath.ts'

const noData: ReadonlySet<number> = new Set([204, 304, 408, 504])

/** Whether an answer says that there was nothing to say: by its status, or a good one by its empty body. */
export function isEmptyAnswer(status: number, sizeBytes: number): boolean {
  return noData.has(status) || (status >= 200 && status < 400 && sizeBytes === 0)
}

/** The place in the server's data up to which a session has read. */
export interface Cursor {
  /** As it is shown, and sent in a query or a header. */
  readonly text: string
  /** As it stands in JSON: a number keeps its digits, a text its quotes. */
  readonly json: string
  /** Of a cursor that is made of both validators. */
  readonly validators?: { readonly lastModified: string | null; readonly etag: string | null }
}

/** The cursor in an answer; null when it holds none. */
export function findCursor(
  source: CursorSource,
  headers: NamedValues,
  body: Uint8Array,
): Cursor | null {
  switch (source.kind) {
    case 'header': {
      const text = headerValue(headers, source.name)
      return text === null ? null : { text, json: JSON.stringify(text) }
    }
    case 'validators': {
      const lastModified = headerValue(headers, 'last-modified')
      const etag = headerValue(headers, 'etag')
      if (lastModified === null && etag === null) return null
      const text = [lastModified, etag].filter((part) => part !== null).join(' ')
      return { text, json: JSON.stringify(text), validators: { lastModified, etag } }
    }
    case 'json': {
      const value = valueAt(readJson(body), source.path)
      // Digits cost ten times the reading, which is seconds for a large answer.
      const isNumber = typeof value === 'number'
      return jsonCursor(isNumber ? valueAt(readJson(body, keepDigits), source.path) : value)
    }
  }
}

function jsonCursor(value: unknown): Cursor | null {
  if (value instanceof Digits) return { text: value.text, json: value.text }
  if (typeof value !== 'string' && typeof value !== 'boolean') return null
  return { text: String(value), json: JSON.stringify(value) }
}

/** The parts of a request that carry a cursor. */
export type Carrier = Pick<HttpRequest, 'url' | 'headers' | 'body'>

/**
 * The request that carries the cursor; null when its body is no JSON that has a place for it, or when no
 * header can hold it. A body is made, with its Content-Type, where there is none.
 */
export function withCursor<T extends Carrier>(
  target: CursorTarget,
  cursor: Cursor | null,
  request: T,
): T | null {
  if (cursor === null) return request
  switch (target.kind) {
    case 'query':
      return { ...request, url: setQuery(request.url, target.name, cursor.text) }
    case 'header':
      if (checkFieldValue(cursor.text.trim()) !== null) return null
      return { ...request, headers: withHeader(request.headers, target.name, cursor.text) }
    // [rfc9110] 13.1: Nchan and others hold the request until there is something after both.
    case 'validators': {
      const { lastModified, etag } = cursor.validators ?? { lastModified: null, etag: cursor.text }
      const dated = withHeader(request.headers, 'If-Modified-Since', lastModified)
      return { ...request, headers: withHeader(dated, 'If-None-Match', etag) }
    }
    case 'body':
      return withBodyCursor(target.path, cursor, request)
  }
}

function withBodyCursor<T extends Carrier>(path: string, cursor: Cursor, request: T): T | null {
  const { body, headers } = request
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const root = bytes === null ? undefined : readJson(bytes, keepDigits)
  if (bytes !== null && root === undefined) return null
  const value = withValueAt(root, path, new Digits(cursor.json))
  if (value === null) return null
  const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type')
  return {
    ...request,
    body: writeJson(value),
    headers: isTyped ? headers : [...headers, ['Content-Type', 'application/json']],
  }
}

/** A value as it stands in JSON: beyond 2^53 a number would lose digits that the server wants back. */
class Digits {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** [ecma262] JSON.parse source text access. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? new Digits(context?.source ?? String(value)) : value
}

/** The type declarations do not have it yet. [ecma262] 25.5.3 */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): object }

function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    one instanceof Digits ? rawJSON(one.text) : one,
  )
}

function withHeader(headers: NamedValues, name: string, value: string | null): NamedValues {
  const others = headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase())
  return value === null ? others : [...others, [name, value]]
}

/**
 * Whether the server ended the wait: by a status that says so, or with nothing after it had held the
 * request.
 */
export function isServerTimeout(status: number, empty: boolean, holdMs: number): boolean {
  return empty && (status === 408 || status === 504 || holdMs >= heldMs)
}

/** A summary of the answers before this one. */
export interface Pace {
  /** Answers in a row that were not held and moved no cursor. */
  readonly quick: number
  /** How many of those brought nothing new. */
  readonly idle: number
}

export const firstPace: Pace = { quick: 0, idle: 0 }

/** A server that waits for data holds a request at least this long. */
const heldMs = 50
const freeAnswers = 3
const firstBackOffMs = 250
const longestBackOffMs = 10_000

export interface PacedAnswer {
  readonly holdMs: number
  readonly empty: boolean
  /** The body equals that of the last data. */
  readonly repeated: boolean
  /** The cursor moved on: the server is handing out what had piled up. */
  readonly advanced: boolean
}

/**
 * The pace after an answer and the time to hold back. `reason` is there when the server answers at
 * once with nothing new, again and again; new data at once is only kept to `minIntervalMs`.
 */
export function nextPace(
  pace: Pace,
  answer: PacedAnswer,
  minIntervalMs: number,
): { readonly pace: Pace; readonly delayMs: number; readonly reason: string | null } {
  if (answer.holdMs >= heldMs || (answer.advanced && !answer.empty)) {
    return { pace: firstPace, delayMs: 0, reason: null }
  }
  const quick = pace.quick + 1
  const idle = answer.empty || answer.repeated ? pace.idle + 1 : 0
  if (idle >= freeAnswers) {
    return {
      pace: { quick, idle },
      delayMs: Math.min(firstBackOffMs * 2 ** (idle - freeAnswers), longestBackOffMs),
      reason: answer.empty
        ? 'the server answers at once without data'
        : 'the server answers at once with the same data',
    }
  }
  return { pace: { quick, idle }, delayMs: quick >= freeAnswers ? minIntervalMs : 0, reason: null }
}
