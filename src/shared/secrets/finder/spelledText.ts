// Reads text that may be spelled: percent-encoded, escaped in JSON or HTML, and each of these within another.

import { backslashesIn, lookAhead } from '../../text/lookAhead.ts'

/** What may stand at a place of a text. */
export interface Reading {
  /** One UTF-16 unit, or two that are one code point. A byte that is spelled is the unit of that number. */
  readonly text: string
  /** Where the next one begins. */
  readonly end: number
}

export interface SpelledText {
  /** Everything that may stand at `at`, what it is literally first; nothing behind the end of the text. */
  readingsAt(at: number): readonly Reading[]
  /** Whether a reading since the last call came to the end of the text, or to where it was cut, within a spelling. */
  ranOut(): boolean
  /** How many backslashes stand in a row from here on. */
  backslashes(at: number): number
  /** Where the text is cut or over, from here on. */
  endAfter(at: number): number
}

/** A URL in JSON in a form in a URL: deeper ones are not read. */
const mostLayers = 3
/** So many have no other meaning, and every way to read them would take its time. */
const manyBackslashes = '\\'.repeat(2 ** (mostLayers + 1))
/** Readings kept for the places that come next. */
const mostKept = 256

/** Whether a spelling may begin with this UTF-16 unit: `% & + \`. */
export function mayBeginSpelling(unit: number): boolean {
  return unit === 0x25 || unit === 0x5c || unit === 0x26 || unit === 0x2b
}

/** Whether the text is over here, has been cut (`…`) or is what was quoted (`”`). */
export function isEnd(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return at >= text.length || unit === 0x2026 || unit === 0x201d
}

export function spelledText(text: string): SpelledText {
  const kept = new Map<number, readonly Reading[]>()
  let ranOut = false

  function read(at: number, layers: number): readonly Reading[] {
    if (isEnd(text, at)) ranOut = true
    if (at >= text.length) return []
    if (layers === 0 || !mayBeginSpelling(text.charCodeAt(at))) return [literal(at)]
    if (text.startsWith(manyBackslashes, at)) return backslashesAt(at)
    const key = at * (mostLayers + 1) + layers
    const known = kept.get(key)
    if (known) return known
    const found = readLayer(at, layers)
    if (kept.size >= mostKept) kept.clear()
    // What runs out is read again, to say so.
    if (!ranOut) kept.set(key, found)
    return found
  }

  const literal = (at: number): Reading => ({ text: text.charAt(at), end: at + 1 })

  /** Each layer is decoded from the readings of the one below. */
  function readLayer(at: number, layers: number): readonly Reading[] {
    const inner = read(at, layers - 1)
    const found = [...inner]
    for (const { text: lead, end } of inner) {
      if (lead === '%') addPercent(found, end)
      else if (lead === '\\') addEscape(found, end, layers - 1)
      else if (lead === '&') addReference(found, end, layers - 1)
      // [spec] URL 5.1
      else if (lead === '+') addOnce(found, ' ', end)
    }
    return found
  }

  // Letters and digits within a spelling stand as they are: nobody escapes them.

  /** [spec] URL 1.3, and [ecma262] B.2.1.1: what `escape` makes. */
  function addPercent(found: Reading[], at: number): void {
    const isUnit = /u/i.test(text.charAt(at))
    if (isUnit) addHex(found, at + 1, 4)
    else addHex(found, at, 2)
  }

  /** [rfc8259] 7, and what programming languages add. */
  function addEscape(found: Reading[], at: number, layers: number): void {
    for (const { text: character, end } of read(at, layers)) {
      const control = controlLetters[character]
      if (character === 'u') addHex(found, end, 4)
      else if (character === 'x') addHex(found, end, 2)
      else if (control !== undefined) addOnce(found, control, end)
      else if (!/^[A-Za-z0-9]$/.test(character)) addOnce(found, character, end)
    }
  }

  /** [spec] HTML 13.5 */
  function addReference(found: Reading[], at: number, layers: number): void {
    for (const { text: mark, end } of read(at, layers)) {
      if (mark !== '#') continue
      const [digits = '', hex, decimal] = matchAt(number, text, end)
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      const character = code <= 0x10ffff ? String.fromCodePoint(code) : undefined
      addClosed(found, character, end + digits.length, layers)
    }
    const [named = ''] = matchAt(name, text, at)
    addClosed(found, htmlNames[named.toLowerCase()], at + named.length, layers)
  }

  /** A reference ends with a semicolon. */
  function addClosed(
    found: Reading[],
    character: string | undefined,
    at: number,
    layers: number,
  ): void {
    for (const { text: mark, end } of read(at, layers)) {
      if (mark === ';' && character !== undefined) addOnce(found, character, end)
    }
  }

  function addHex(found: Reading[], at: number, digits: number): void {
    const hex = matchAt(hexDigits, text, at)[0] ?? ''
    if (hex.length < digits) ranOut ||= isEnd(text, at + hex.length)
    else {
      const code = Number.parseInt(hex.slice(0, digits), 16)
      addOnce(found, String.fromCharCode(code), at + digits)
    }
  }

  return {
    backslashes: backslashesIn(text),
    endAfter: lookAhead((from) => {
      const length = text.slice(from).search(/[…”]/)
      return length < 0 ? text.length : from + length
    }),
    readingsAt: (at) => read(at, mostLayers),
    ranOut() {
      const was = ranOut
      ranOut = false
      return was
    },
  }
}

function backslashesAt(at: number): readonly Reading[] {
  return Array.from({ length: mostLayers + 1 }, (_, i) => ({ text: '\\', end: at + 2 ** i }))
}

const controlLetters: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
}

const number = /x0{0,7}([0-9a-f]{0,6})|0{0,7}([0-9]{0,7})/iy
const name = /[a-z]{0,6}/iy
const hexDigits = /[0-9a-f]{1,4}/iy

const htmlNames: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  sol: '/',
  bsol: '\\',
  plus: '+',
  equals: '=',
  percnt: '%',
}

/** What a sticky expression finds at `at`. */
function matchAt(expression: RegExp, text: string, at: number): readonly (string | undefined)[] {
  expression.lastIndex = at
  return expression.exec(text) ?? []
}

function addOnce(readings: Reading[], text: string, end: number): void {
  if (readings.some((one) => one.end === end && one.text === text)) return
  readings.push({ text, end })
}
