// The literals of JavaScript → data. Nothing is evaluated: what is no literal is refused.

import { behindDollar, hidesReference, literal } from '../shell/quoting.ts'

/** What a call's argument is made of. Texts are escaped, so that references can stand in them. */
export type JsValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly JsValue[]
  | JsObject
  | JsCall

export interface JsObject {
  readonly kind: 'object'
  readonly entries: readonly (readonly [name: string, value: JsValue])[]
}

/** `name(…)` or `new name(…)`. */
export interface JsCall {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly JsValue[]
}

/** Thrown where something is no literal; `message` says what to change. */
export class JsProblem extends Error {}

export interface JsReader {
  /** Where it goes on. */
  place: number
  /** Throws `JsProblem`. */
  value(): JsValue
  /** Those of a call, after its opening parenthesis. Throws `JsProblem`. */
  args(): readonly JsValue[]
}

const mostDepth = 64
/** Characters and values that constants may make, all in all. */
const mostText = 4 * 1024 * 1024

const names = /(?:new\s+)?[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*/y
const numbers = /[-+]?(?:0x[0-9a-f]+|\d[\d_]*\.?\d*(?:e[-+]?\d+)?)/iy
const blanks = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const quoted =
  /'([^'\\\n]*(?:\\[\s\S][^'\\\n]*)*)'|"([^"\\\n]*(?:\\[\s\S][^"\\\n]*)*)"|`([^`\\]*(?:\\[\s\S][^`\\]*)*)`/y

const words: ReadonlyMap<string, JsValue> = new Map<string, JsValue>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
])

/** `known` are the variables that the text sets to literals. */
export function createJsReader(text: string, known: ReadonlyMap<string, JsValue>): JsReader {
  const reader: JsReader = { place: 0, value, args }
  let depth = 0
  /** Constants of constants grow without end. */
  let left = mostText

  function take(shape: RegExp): RegExpExecArray | null {
    shape.lastIndex = reader.place
    const match = shape.exec(text)
    if (match) reader.place = shape.lastIndex
    return match
  }

  function skip(character: string): boolean {
    take(blanks)
    if (text[reader.place] !== character) return false
    reader.place++
    take(blanks)
    return true
  }

  function listOf<T>(close: string, item: () => T): readonly T[] {
    const items: T[] = []
    while (!skip(close)) {
      items.push(item())
      if (!skip(',') && text[reader.place] !== close) throw problemAt()
    }
    return items
  }

  function value(): JsValue {
    if (++depth > mostDepth) throw new JsProblem('Paste a call with fewer objects in objects.')
    take(blanks)
    let read = single()
    // Texts may be put together from several.
    while (skip('+')) {
      const more = single()
      if (typeof read !== 'string' || typeof more !== 'string') throw problemAt()
      read += more
    }
    depth--
    return read
  }

  function single(): JsValue {
    const text1 = take(quoted)
    if (text1) return readText(text1)
    if (skip('{')) return { kind: 'object', entries: listOf('}', entry) }
    if (skip('[')) return listOf(']', value)
    if (skip('(')) {
      const inner = value()
      if (!skip(')')) throw problemAt()
      return inner
    }
    const number = take(numbers)
    if (number) return Number(number[0].replaceAll('_', ''))
    return named()
  }

  function named(): JsValue {
    const name = take(names)?.[0].replace(/^new\s+(?:window\.|globalThis\.)?/, '')
    if (name === undefined) throw problemAt()
    if (words.has(name)) return words.get(name)
    if (skip('(')) return { kind: 'call', name, args: listOf(')', value) }
    const [, variable] = /^(?:process\.env|import\.meta\.env)\.(\w+)$/.exec(name) ?? []
    if (variable !== undefined) return `\${env:${variable}}`
    if (known.has(name)) return fromKnown(name)
    throw new JsProblem(`Replace ${shortName(name)} by its value: Lifeline runs no programs.`)
  }

  function fromKnown(name: string): JsValue {
    const held = known.get(name)
    left -= sizeOf(held, left)
    if (left < 0) throw new JsProblem('Write the values into the call: the constants are too long.')
    return held
  }

  function entry(): readonly [string, JsValue] {
    const key = take(quoted)
    const name = key ? readText(key) : take(names)?.[0]
    const number = name === undefined ? take(numbers)?.[0] : undefined
    if (name === undefined && number === undefined) throw problemAt()
    if (skip(':')) return [name ?? number ?? '', value()]
    // `{ url }` stands for `{ url: url }`.
    if (name !== undefined && known.has(name)) return [name, fromKnown(name)]
    throw problemAt()
  }

  function readText([, single, double, template]: RegExpExecArray): string {
    if (template === undefined) return literal(unescaped(single ?? double ?? ''))
    const parts = template.split(/((?:^|(?<!\\))\$\{[^{}]*\})/)
    const pieces = parts.map((part, i) => {
      return i % 2 === 0 ? literal(unescaped(part)) : inTemplate(part)
    })
    const isHidden = (piece: string, i: number) => hidesReference(pieces[i - 1] ?? '', piece)
    if (pieces.some((piece, i) => i % 2 === 1 && isHidden(piece, i))) {
      throw new JsProblem(behindDollar)
    }
    return pieces.join('')
  }

  function inTemplate(part: string): string {
    const name = part.slice(2, -1).trim()
    const [, variable] = /^(?:process\.env|import\.meta\.env)\.(\w+)$/.exec(name) ?? []
    if (variable !== undefined) return `\${env:${variable}}`
    const held = fromKnown(name)
    if (typeof held === 'string' || typeof held === 'number') return String(held)
    throw new JsProblem(`Replace ${shortName(name)} by its value: Lifeline runs no programs.`)
  }

  function args(): readonly JsValue[] {
    return listOf(')', value)
  }

  function problemAt(): JsProblem {
    return new JsProblem(
      reader.place >= text.length
        ? 'Paste the whole call: it has no end.'
        : 'Write texts, numbers and objects into the call: Lifeline runs no programs.',
    )
  }

  return reader
}

/** Counts up to the limit, or a little more. */
function sizeOf(value: JsValue, limit: number): number {
  if (typeof value === 'string') return value.length + 1
  if (typeof value !== 'object' || value === null) return 1
  let size = 1
  const parts: readonly JsValue[] = !('kind' in value)
    ? value
    : value.kind === 'call'
      ? value.args
      : value.entries.flat()
  for (const part of parts) {
    if (size > limit) break
    size += sizeOf(part, limit - size)
  }
  return size
}

/** What may be a value in the wrong place is not repeated. */
function shortName(name: string): string {
  return /^[\w$.]{1,32}$/.test(name) ? name : 'the expression'
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
}

function unescaped(text: string): string {
  const shape = /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g
  return text.replace(shape, (_whole, long, short, hex, letter: string | undefined) => {
    if (letter !== undefined) return escapes[letter] ?? letter
    const code = Number.parseInt(long ?? short ?? hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
  })
}
