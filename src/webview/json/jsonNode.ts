// One value of a JSON text that was scanned, with those in it found as they are asked for.

import { type IntList, intList } from './intList.ts'
import type { JsonIndex } from './jsonIndex.ts'

/** As the peer wrote it: numbers, escapes and names that stand twice are kept. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** The value as it was written, quotes included. */
  readonly source: string
  /** Where the value begins in the text, and the offset after it. */
  readonly start: number
  readonly end: number
  /** The property's name as it was written, quotes included; null in a list and at the root. */
  readonly key: string | null
  /** Values in it. */
  readonly count: number
  /** In order, from the one with this number on. Finding them takes as long as it takes to pass over them, not what is in them. */
  children(from?: number): Iterable<JsonNode>
}

/** The value that the whole text is. */
export function rootNode(index: JsonIndex): JsonNode {
  const { text, rootAt, rootEnd } = index
  return text[rootAt] === '{' || text[rootAt] === '['
    ? branch({ index, passed: new Map() }, 0, null)
    : leaf(text, rootAt, rootEnd, null)
}

/** A text with what is known of long objects and lists in it, by their number in the index. */
interface Scanned {
  readonly index: JsonIndex
  readonly passed: Map<number, Passed>
}

/** Where each hundredth value in it, or the name before it, is to be looked for. */
interface Passed {
  readonly ats: IntList
  /** The number of the first object or list from there on. */
  readonly inners: IntList
}

const passedEvery = 100

/** The object or list with this number in the index. */
function branch(scanned: Scanned, number: number, key: string | null): JsonNode {
  const { text, starts, ends, counts } = scanned.index
  const start = starts[number] ?? 0
  const end = ends[number] ?? text.length
  return {
    kind: text[start] === '{' ? 'object' : 'array',
    get source() {
      return text.slice(start, end)
    },
    start,
    end,
    key,
    count: counts[number] ?? 0,
    children: (from = 0) => childrenOf(scanned, number, from),
  }
}

const kinds: Readonly<Record<string, JsonNode['kind']>> = {
  '"': 'string',
  t: 'boolean',
  f: 'boolean',
  n: 'null',
}

function leaf(text: string, start: number, end: number, key: string | null): JsonNode {
  return {
    kind: kinds[text.charAt(start)] ?? 'number',
    get source() {
      return text.slice(start, end)
    },
    start,
    end,
    key,
    count: 0,
    children: () => [],
  }
}

/** The text is known to be JSON, so a glance at each token is enough. */
function* childrenOf(scanned: Scanned, number: number, from: number): Generator<JsonNode> {
  const { text, starts, ends, counts, next } = scanned.index
  const keyed = text[starts[number] ?? 0] === '{'
  const count = counts[number] ?? 0
  const passed = passedOf(scanned, number)
  const known = Math.min(Math.floor(from / passedEvery), passed.ats.length - 1)
  let at = passed.ats.at(known)
  let inner = passed.inners.at(known)
  for (let nth = known * passedEvery; nth < count; nth++) {
    if (nth === passed.ats.length * passedEvery) {
      passed.ats.push(at)
      passed.inners.push(inner)
    }
    let key: readonly [from: number, end: number] | null = null
    if (keyed) {
      const open = text.indexOf('"', at)
      at = stringEnd(text, open)
      key = [open, at]
    }
    separators.lastIndex = at
    separators.exec(text)
    const start = separators.lastIndex
    const isBranch = start === starts[inner]
    const made = inner
    if (isBranch) {
      at = ends[inner] ?? text.length
      inner = next[inner] ?? inner + 1
    } else at = text[start] === '"' ? stringEnd(text, start) : wordEnd(text, start)
    if (nth < from) continue
    const name = key && text.slice(...key)
    yield isBranch ? branch(scanned, made, name) : leaf(text, start, at, name)
  }
}

function passedOf({ index, passed }: Scanned, number: number): Passed {
  const known = passed.get(number)
  if (known) return known
  const made = { ats: intList(), inners: intList() }
  made.ats.push((index.starts[number] ?? 0) + 1)
  made.inners.push(number + 1)
  // Of a short one nothing is gained.
  if ((index.counts[number] ?? 0) > passedEvery) passed.set(number, made)
  return made
}

const separators = /[\s:,]*/y
const word = /[^\s,\]}]*/y

function wordEnd(text: string, at: number): number {
  word.lastIndex = at
  word.exec(text)
  return word.lastIndex
}

/** After the quote that ends the string that begins at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; ; at++) {
    at = text.indexOf('"', at)
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at + 1
  }
}
