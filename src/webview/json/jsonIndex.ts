// A strict scan of a JSON text, by slices: where its objects and lists begin and end, or where it is no JSON.

import { type IntList, intList } from './intList.ts'

/** Objects and lists in the order in which they begin. Offsets are of UTF-16 units. */
export interface JsonIndex {
  readonly text: string
  /** Where the only value begins, and the offset after it. */
  readonly rootAt: number
  readonly rootEnd: number
  readonly starts: Int32Array
  /** The offset after each. */
  readonly ends: Int32Array
  readonly counts: Int32Array
  /** The number of the first that begins after each has ended. */
  readonly next: Int32Array
}

export type JsonScan =
  | { readonly ok: true; readonly index: JsonIndex }
  /** From `offset` on it is no JSON. */
  | { readonly ok: false; readonly offset: number }

/** Characters between two yields. */
const sliceChars = 64 * 1024

/** What the next token may be. */
type Wanted = 'value' | 'first-item' | 'first-name' | 'name' | 'colon' | 'comma' | 'nothing'

/** Yields now and then, so that whoever runs it can let other work pass. Nesting may go as deep as the text allows. */
export function* scanJson(text: string): Generator<void, JsonScan> {
  const starts = intList()
  const ends = intList()
  const counts = intList()
  const next = intList()
  /** The numbers of what is open, the innermost last. */
  const open: IntList = intList()
  let wanted = 'value' as Wanted
  let at = text.startsWith('\ufeff') ? 1 : 0
  let pause = at + sliceChars
  at = skipSpace(text, at)
  const rootAt = at

  while (at < text.length) {
    if (at >= pause) {
      pause = at + sliceChars
      yield
    }
    const end = take(text.charCodeAt(at))
    if (end < 0) return { ok: false, offset: at }
    at = skipSpace(text, end)
  }
  if (wanted !== 'nothing') return { ok: false, offset: text.length }
  const lists = { starts: starts.all(), ends: ends.all(), counts: counts.all(), next: next.all() }
  return { ok: true, index: { text, rootAt, rootEnd: text.trimEnd().length, ...lists } }

  /** Answers with the offset after the token at `at`; -1 where it is none that may stand there. */
  function take(code: number): number {
    const closes = code === closeBrace || code === closeBracket
    if (closes) return close(code)
    if (wanted === 'colon') return code === colon ? goOn('value') : -1
    if (wanted === 'comma') {
      if (code !== comma) return -1
      return goOn(isObject(open.last()) ? 'name' : 'value')
    }
    if (wanted === 'name' || wanted === 'first-name') {
      wanted = 'colon'
      return code === quote ? stringEnd(text, at) : -1
    }
    if (wanted === 'nothing') return -1
    if (open.length > 0) counts.add(open.last())
    if (code === openBrace || code === openBracket) return begin(code)
    wanted = afterValue()
    return scalarEnd(text, at, code)
  }

  function goOn(then: Wanted): number {
    wanted = then
    return at + 1
  }

  function begin(code: number): number {
    open.push(starts.length)
    starts.push(at)
    ends.push(0)
    counts.push(0)
    next.push(0)
    return goOn(code === openBrace ? 'first-name' : 'first-item')
  }

  function close(code: number): number {
    const object = code === closeBrace
    const empty = wanted === (object ? 'first-name' : 'first-item')
    if (open.length === 0 || isObject(open.last()) !== object) return -1
    if (wanted !== 'comma' && !empty) return -1
    const closed = open.pop()
    ends.set(closed, at + 1)
    next.set(closed, starts.length)
    return goOn(afterValue())
  }

  function afterValue(): Wanted {
    return open.length === 0 ? 'nothing' : 'comma'
  }

  function isObject(number: number): boolean {
    return text.charCodeAt(starts.at(number)) === openBrace
  }
}

const [quote, comma, colon] = [0x22, 0x2c, 0x3a]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]
const backslash = 0x5c

function skipSpace(text: string, from: number): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at++
  }
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y
const word = /(?:true|false|null)(?!\w)/y

function scalarEnd(text: string, at: number, code: number): number {
  if (code === quote) return stringEnd(text, at)
  const pattern = code === 0x2d || (code >= 0x30 && code <= 0x39) ? number : word
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** Of the string that begins at `from`; -1 where it has no end or holds what no string may. [rfc8259] 7 */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return at + 1
    if (code < 0x20) return -1
    if (code !== backslash) continue
    escaped.lastIndex = at
    if (!escaped.test(text)) return -1
    at = escaped.lastIndex - 1
  }
  return -1
}

const escaped = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
