// The charset of an answer's body: what its content type names, where the platform can decode that.

import type { NamedValues } from '../text/namedValues.ts'
import { lastValue } from './headerFields.ts'

/** An encoding as `TextDecoder` calls it. */
export type Charset = string

/** [encoding] 6: these marks go before any name. */
const marks: readonly (readonly [bytes: readonly number[], charset: Charset])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
]

/**
 * `utf-8` where the content type names none, or one that is not known. A byte order mark at the `start` of a body goes
 * before what is named. [rfc9110] 8.3.2
 */
export function charsetOf(headers: NamedValues, start: Uint8Array): Charset {
  const named = namedCharset(headers)
  if (named === null || named === 'utf-8') return 'utf-8'
  return marks.find(([bytes]) => bytes.every((byte, i) => byte === start[i]))?.[1] ?? named
}

/** Null where none is named, or one that is not known. */
export function namedCharset(headers: NamedValues): Charset | null {
  const type = lastValue(headers, 'content-type')
  // Most answers name none: this is asked for every row.
  if (type === null || !type.includes('=')) return null
  const [, quoted, plain = ''] = /;\s*charset\s*=\s*(?:"([^"]*)"|'?([^;\s']*))/i.exec(type) ?? []
  return encodingOf(quoted ?? plain)
}

let last: readonly [label: string, charset: Charset | null] = ['', null]

/** Null for one that is not known. */
export function encodingOf(label: string): Charset | null {
  if (label === last[0]) return last[1]
  last = [label, known(label)]
  return last[1]
}

function known(label: string): Charset | null {
  try {
    return new TextDecoder(label).encoding
  } catch {
    // No platform knows such a charset, or this one does not.
    return null
  }
}

/** The same text in UTF-8: the bytes themselves where they are that. What cannot be decoded becomes U+FFFD. */
export function inUtf8(headers: NamedValues, body: Uint8Array): Uint8Array {
  const charset = charsetOf(headers, body)
  return charset === 'utf-8'
    ? body
    : new TextEncoder().encode(new TextDecoder(charset).decode(body))
}
