// One value of a JSON text that was scanned, with those in it found as they are asked for.

import type { JsonIndex } from './jsonIndex.ts'

/** As the peer wrote it: numbers, escapes and names that stand twice are kept. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** The value as it was written, quotes included. */
  readonly source: string
  /** The property's name as it was written, quotes included; null in a list and at the root. */
  readonly key: string | null
  /** Values in it. */
  readonly count: number
  /** In order. Finding them takes as long as it takes to pass over them, not what is in them. */
  children(): Iterable<JsonNode>
}

/** The value that the whole text is. */
export function rootNode(index: JsonIndex): JsonNode {
  const { text, rootAt, rootEnd } = index
  return text[rootAt] === '{' || text[rootAt] === '['
    ? branch(index, 0, null)
    : leaf(text.slice(rootAt, rootEnd), null)
}

/** The object or list with this number in the index. */
function branch(index: JsonIndex, number: number, key: string | null): JsonNode {
  const { text, starts, ends, counts } = index
  const start = starts[number] ?? 0
  return {
    kind: text[start] === '{' ? 'object' : 'array',
    get source() {
      return text.slice(start, ends[number])
    },
    key,
    count: counts[number] ?? 0,
    children: () => childrenOf(index, number),
  }
}

const kinds: Readonly<Record<string, JsonNode['kind']>> = {
  '"': 'string',
  t: 'boolean',
  f: 'boolean',
  n: 'null',
}

function leaf(source: string, key: string | null): JsonNode {
  return { kind: kinds[source[0] ?? ''] ?? 'number', source, key, count: 0, children: () => [] }
}

/** The text is known to be JSON, so a glance at each token is enough. */
function* childrenOf(index: JsonIndex, number: number): Generator<JsonNode> {
  const { text, starts, ends, counts, next } = index
  const keyed = text[starts[number] ?? 0] === '{'
  let inner = number + 1
  let at = (starts[number] ?? 0) + 1
  for (let left = counts[number] ?? 0; left > 0; left--) {
    let key: string | null = null
    if (keyed) {
      const from = text.indexOf('"', at)
      at = stringEnd(text, from)
      key = text.slice(from, at)
    }
    separators.lastIndex = at
    separators.exec(text)
    at = separators.lastIndex
    if (at === starts[inner]) {
      yield branch(index, inner, key)
      at = ends[inner] ?? text.length
      inner = next[inner] ?? inner + 1
    } else {
      const end = text[at] === '"' ? stringEnd(text, at) : wordEnd(text, at)
      yield leaf(text.slice(at, end), key)
      at = end
    }
  }
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
