// Whether a text holds a secret, however URLs, forms, JSON, HTML or base64 write it.

import { decodePercent } from './decodePercent.ts'

export type HoldsSecret = (text: string) => boolean

/** Nobody writes a text within more texts than these. */
const depth = 4
/** Fewer sure base64 characters than these are ordinary text as well. */
const leastBase64 = 6

/** Looks for the values as they are, and in every form, forms within forms too. Empty values are ignored. */
export function createHoldsSecret(values: readonly string[]): HoldsSecret {
  const sought = values.filter((value) => value !== '')
  const encoded = sought.flatMap(base64Middles)
  const isIn = (text: string) => {
    const spaced = text.replaceAll('+', ' ')
    const plain = text.replaceAll('-', '+').replaceAll('_', '/')
    return (
      sought.some((value) => text.includes(value) || spaced.includes(value)) ||
      encoded.some((value) => plain.includes(value))
    )
  }
  return (text) => {
    if (sought.length === 0) return false
    let form = text
    for (let i = 0; i < depth; i++) {
      if (isIn(form)) return true
      const inner = decodeOnce(form)
      if (inner === form) return false
      form = inner
    }
    return isIn(form)
  }
}

/** What of a value's base64 is the same whatever stands beside it, at each of three offsets. */
function base64Middles(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value)
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return [0, 1, 2].flatMap((offset) => {
    const bits = 8 * (offset + bytes.length)
    const sure = btoa('\0'.repeat(offset) + binary).slice(
      offset === 0 ? 0 : offset + 1,
      Math.floor(bits / 6),
    )
    return sure.length < leastBase64 ? [] : [sure]
  })
}

const short: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** One layer of percent-encoding, JSON's and HTML's escapes taken off. */
function decodeOnce(text: string): string {
  return text
    .replace(/(?:%[\da-f]{2})+/gi, decodePercent)
    .replace(/\\(?:u([\da-f]{4})|([bfnrt])|(["\\/]))/gi, (whole, unit, letter, itself) => {
      if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16))
      return itself ?? short[letter] ?? whole
    })
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return named[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
}
