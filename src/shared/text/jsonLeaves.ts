// Reads the values that a JSON text, or the beginning of one, ends in: each with its place, as it was written.

import type { JsonPath, PathStep } from './jsonPath.ts'
import { jsonStringEnd } from './jsonStringEnd.ts'

/** Where a value stands. `id` tells it from all others of its text. */
export interface JsonPlace {
  readonly parent: JsonPlace | null
  readonly step: PathStep
  readonly id: string
}

export interface JsonLeaf {
  readonly place: JsonPlace
  /** A list is one value where it holds several; so is an object that is empty, in a list or very deep. */
  readonly kind: 'string' | 'number' | 'word' | 'list' | 'object'
  /** As the peer wrote it, quotes included. */
  readonly source: string
  /** The text ends in the middle of it. */
  readonly cut: boolean
}

export interface JsonLeaves {
  /** In the order in which their names came first; of a name that stands twice the last value. */
  readonly leaves: ReadonlyMap<string, JsonLeaf>
  /** There is more than was read. */
  readonly more: boolean
}

/** So many values tell what a payload is about; an object deeper than this is one value. */
const maxLeaves = 64
const maxDepth = 8

/** `whole`: nothing of the text is left out. Null where it is no JSON, or neither an object nor a list. */
export function readLeaves(text: string, whole: boolean): JsonLeaves | null {
  const reader = new LeafReader(text)
  const went = reader.readAll()
  if (went === 'wrong' || (went === 'out' && whole)) return null
  return { leaves: reader.leaves, more: went !== 'on' }
}

export function pathOf(place: JsonPlace): JsonPath {
  const path: PathStep[] = []
  for (let at: JsonPlace | null = place; at; at = at.parent) path.unshift(at.step)
  return path
}

/** `on`: all was read; `out`: the text has come to its end; `full`: there are values enough. */
type Went = 'on' | 'out' | 'full' | 'wrong'

class LeafReader {
  readonly leaves = new Map<string, JsonLeaf>()
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  readAll(): Went {
    if (this.#text.startsWith('\ufeff')) this.#at = 1
    const next = this.#next()
    if (next !== openBrace && next !== openBracket) return 'wrong'
    const went = next === openBrace ? this.#object(null, 0) : this.#rootList()
    return went === 'on' && !Number.isNaN(this.#next()) ? 'wrong' : went
  }

  /** The next character that is no space, as a number; not one at the end. */
  #next(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code
      this.#at++
    }
  }

  #object(place: JsonPlace | null, depth: number): Went {
    const from = this.#at
    this.#at++
    if (this.#next() === closeBrace) {
      this.#at++
      if (place) this.#add(place, 'object', from)
      return 'on'
    }
    for (;;) {
      const next = this.#next()
      if (next !== quote) return Number.isNaN(next) ? 'out' : 'wrong'
      const nameAt = this.#at
      this.#at = stringEnd(this.#text, nameAt)
      if (this.#at < 0) return 'out'
      const name = this.#text.slice(nameAt, this.#at)
      const separator = this.#next()
      if (separator !== colon) return Number.isNaN(separator) ? 'out' : 'wrong'
      this.#at++
      const step = nameOf(name)
      if (step === null) return 'wrong'
      const went = this.#value(placeIn(place, step), depth)
      if (went !== 'on') return went
      const end = this.#goOn(closeBrace)
      if (end !== null) return end
    }
  }

  /** Each of its values is one of its own, as a tuple has them. */
  #rootList(): Went {
    this.#at++
    if (this.#next() === closeBracket) {
      this.#at++
      return 'on'
    }
    for (let index = 0; ; index++) {
      const went = this.#value(placeIn(null, index), maxDepth - 2)
      if (went !== 'on') return went
      const end = this.#goOn(closeBracket)
      if (end !== null) return end
    }
  }

  /** After a value: null where another one follows. */
  #goOn(close: number): Went | null {
    const code = this.#next()
    if (Number.isNaN(code)) return 'out'
    this.#at++
    if (code === close) return 'on'
    return code === comma ? null : 'wrong'
  }

  #value(place: JsonPlace, depth: number): Went {
    if (this.leaves.size >= maxLeaves) return 'full'
    const code = this.#next()
    if (Number.isNaN(code)) return 'out'
    const from = this.#at
    if (code === openBrace) {
      if (depth < maxDepth) return this.#object(place, depth + 1)
      return this.#branch(place, 'object')
    }
    if (code === openBracket) return this.#list(place, depth)
    if (code === quote) {
      const end = stringEnd(this.#text, from)
      this.#at = end < 0 ? this.#text.length : end
      return this.#add(place, 'string', from, end < 0)
    }
    const kind = code === 0x2d || (code >= 0x30 && code <= 0x39) ? 'number' : 'word'
    const pattern = kind === 'number' ? number : word
    pattern.lastIndex = from
    if (pattern.test(this.#text)) {
      this.#at = pattern.lastIndex
      // More of it may come.
      return this.#add(place, kind, from, this.#at === this.#text.length)
    }
    beginning.lastIndex = from
    if (!beginning.test(this.#text)) return 'wrong'
    this.#at = this.#text.length
    return this.#add(place, kind, from, true)
  }

  /** A single object in a list stands for what is in it. */
  #list(place: JsonPlace, depth: number): Went {
    const from = this.#at
    this.#at++
    if (this.#next() === openBrace && depth < maxDepth) {
      const begins = this.#at
      const end = branchEnd(this.#text, begins)
      this.#at = end < 0 ? this.#text.length : end
      const next = this.#next()
      if (next !== comma) {
        this.#at = begins
        const went = this.#object(placeIn(place, 0), depth + 1)
        return went === 'on' ? (this.#goOn(closeBracket) ?? 'wrong') : went
      }
    }
    this.#at = from
    return this.#branch(place, 'list')
  }

  /** The list or object that begins here, as one value. */
  #branch(place: JsonPlace, kind: 'list' | 'object'): Went {
    const from = this.#at
    const end = branchEnd(this.#text, from)
    this.#at = end < 0 ? this.#text.length : end
    return this.#add(place, kind, from, end < 0)
  }

  #add(place: JsonPlace, kind: JsonLeaf['kind'], from: number, cut = false): Went {
    const source = this.#text.slice(from, this.#at)
    this.leaves.set(place.id, { place, kind, source, cut })
    return cut ? 'out' : 'on'
  }
}

const [quote, comma, colon] = [0x22, 0x2c, 0x3a]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y
const word = /(?:true|false|null)(?!\w)/y
/** Of a number or word at the end of a text that was cut. */
const beginning =
  /(?:-?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d*)?)?|t(?:r(?:u)?)?|f(?:a(?:l(?:s)?)?)?|n(?:u(?:l)?)?)$/y

/** Names may hold any character but this one, which JSON has to escape. */
const between = '\n'

function placeIn(parent: JsonPlace | null, step: string | number): JsonPlace {
  const own = typeof step === 'number' ? `[${step}` : step
  return { parent, step, id: parent === null ? own : `${parent.id}${between}${own}` }
}

/** Null where it has an escape that JSON does not know. */
function nameOf(source: string): string | null {
  if (!source.includes('\\')) return source.slice(1, -1)
  try {
    return String(JSON.parse(source))
  } catch {
    // It is no JSON.
    return null
  }
}

/** The offset after the string that begins at `from`; -1 where it has no end. */
function stringEnd(text: string, from: number): number {
  const end = jsonStringEnd(text, from)
  return end === text.length ? -1 : end + 1
}

/** The offset after the list or object that begins at `from`; -1 where it has no end. */
function branchEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === openBrace || code === openBracket) depth++
    else if (code === closeBrace || code === closeBracket) {
      depth--
      if (depth === 0) return at + 1
    } else if (code === quote) {
      at = stringEnd(text, at) - 1
      if (at < 0) return -1
    }
  }
  return -1
}
