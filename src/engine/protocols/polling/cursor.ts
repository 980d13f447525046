// Finds the cursor in an answer of long polling, and makes the next request that carries it.

import type { CursorSource, CursorTarget } from '../../../shared/endpoint/endpoint.ts'
import { checkFieldValue } from '../../../shared/endpoint/httpSyntax.ts'
import { inUtf8 } from '../../../shared/frame/charset.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { WrittenNumber } from '../../../shared/text/parseJson.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { fieldBytes, fieldText } from '../http/fieldBytes.ts'
import { setQuery } from '../http/query.ts'
import type { HttpRequest } from '../http/redirect.ts'
import { endsInEmptyList, readJson, valueAt, withValueAt } from './jsonValue.ts'
import { linkTarget } from './linkTarget.ts'
import { validatorsIn } from './validators.ts'

/** The place in the server's data up to which a session has read. */
export interface Cursor {
  /** As it is shown, and sent in a query or a header. */
  readonly text: string
  /** As it stands in JSON: a number keeps its digits, a text its quotes. */
  readonly json: string
  /** As the header's bytes have it, a character each; left out where it came in a body. */
  readonly field?: string
  /** Of a cursor that is made of both validators. */
  readonly validators?: { readonly lastModified: string | null; readonly etag: string | null }
}

export interface FoundCursor {
  readonly cursor: Cursor | null
  /** What is wrong with an answer without one. */
  readonly flaw: string | null
  /** It would be in a list that is empty: the answer has no data. */
  readonly noItems: boolean
}

const missing = { flaw: 'no cursor where the profile looks for one', noItems: false } as const

/** The cursor in an answer. */
export function findCursor(
  source: CursorSource,
  headers: NamedValues,
  body: Uint8Array,
): FoundCursor {
  switch (source.kind) {
    case 'header': {
      const field = headerValue(headers, source.name)
      if (field === null) return { cursor: null, ...missing }
      const found = stepped(fieldText(field), true, source.step)
      if (found.cursor === null || source.step !== undefined) return found
      return { ...found, cursor: { ...found.cursor, field } }
    }
    case 'link': {
      const target = linkTarget(headers, source.rel)
      // [rfc8288] 3.3: the last page links to none.
      const none = { cursor: null, flaw: `no Link with rel=${source.rel}`, noItems: false }
      return target === null ? none : stepped(fieldText(target), true, undefined)
    }
    case 'validators': {
      const { lastModified, etag } = validatorsIn(headers)
      if (lastModified === null && etag === null) return { cursor: null, ...missing }
      const text = [lastModified, etag].filter((part) => part !== null).join(' ')
      const cursor = { text, json: JSON.stringify(text), validators: { lastModified, etag } }
      return { cursor, flaw: null, noItems: false }
    }
    case 'json': {
      const text = inUtf8(headers, body)
      const root = readJson(text)
      const value = valueAt(root, source.path)
      // Digits cost ten times the reading, which is seconds for a large answer.
      const isNumber = typeof value === 'number'
      const exact = isNumber ? valueAt(readJson(text, keepDigits), source.path) : value
      if (exact instanceof WrittenNumber) return stepped(String(exact), false, source.step)
      if (typeof exact === 'string') return stepped(exact, true, source.step)
      if (typeof exact === 'boolean') return stepped(String(exact), false, source.step)
      return { cursor: null, ...missing, noItems: endsInEmptyList(root, source.path) }
    }
  }
}

/** Adding takes more than the time of reading: minutes for as many as an answer may have. */
const mostDigits = 1000

/** With `step` added, to whole numbers of up to `mostDigits`. `isText`: it stands in quotes in JSON. */
function stepped(found: string, isText: boolean, step: number | undefined): FoundCursor {
  if (step !== undefined && !/^\s*-?\d+\s*$/.test(found)) {
    const flaw = `a cursor that is no whole number, so that ${Math.abs(step)} cannot be ${step < 0 ? 'subtracted' : 'added'}`
    return { cursor: null, flaw, noItems: false }
  }
  if (step !== undefined && found.length > mostDigits) {
    const flaw = `a cursor of more than ${formatCount(mostDigits)} digits, to which nothing can be added`
    return { cursor: null, flaw, noItems: false }
  }
  const text = step === undefined ? found : String(BigInt(found) + BigInt(step))
  const cursor = { text, json: isText ? JSON.stringify(text) : text }
  return { cursor, flaw: null, noItems: false }
}

/** The parts of a request that carry a cursor. */
export type Carrier = Pick<HttpRequest, 'url' | 'headers' | 'body'>

/**
 * The request that carries the cursor; null when its body is no JSON that has a place for it, when no header can hold
 * it, or when it is no URL of the same origin. A body is made, with its Content-Type, where there is none.
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
      return {
        ...request,
        headers: withHeader(request.headers, target.name, cursor.field ?? fieldBytes(cursor.text)),
      }
    case 'url': {
      const url = nextUrl(cursor.text, request.url)
      return url === null ? null : { ...request, url }
    }
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

/** Another origin must not get what the request holds. */
function nextUrl(text: string, from: URL): URL | null {
  if (!URL.canParse(text, from.href)) return null
  const url = new URL(text, from)
  if (url.protocol !== from.protocol || url.host !== from.host) return null
  url.username = from.username
  url.password = from.password
  url.hash = ''
  return url
}

function withBodyCursor<T extends Carrier>(path: string, cursor: Cursor, request: T): T | null {
  const { body, headers } = request
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const root = bytes === null ? undefined : readJson(bytes, keepDigits)
  if (bytes !== null && root === undefined) return null
  const value = withValueAt(root, path, new WrittenNumber(cursor.json))
  if (value === null) return null
  const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type')
  return {
    ...request,
    body: JSON.stringify(value),
    headers: isTyped ? headers : [...headers, ['Content-Type', 'application/json']],
  }
}

/** Beyond 2^53 a number would lose digits that the server wants back. */
function keepDigits(source: string): WrittenNumber {
  return new WrittenNumber(source)
}

function withHeader(headers: NamedValues, name: string, value: string | null): NamedValues {
  const others = headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase())
  return value === null ? others : [...others, [name, value]]
}
