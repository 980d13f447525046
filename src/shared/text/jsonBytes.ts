// Steps through JSON in bytes, without reading it: where strings and values end, and which name stands there.

import { parseJson } from './parseJson.ts'

export const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
const comma = 0x2c
const colon = 0x3a

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** All of these answer `end` at the most. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isSpace(bytes[at] ?? 0)) at++
  return at
}

/** The closing quote of a string whose text begins at `from`. */
export function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
  return Math.min(at, end)
}

/** Behind the value that begins at `from`: a comma, a bracket, or white space before one. */
function valueEnd(bytes: Uint8Array, from: number, end: number): number {
  let depth = 0
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte === quote) at = stringEnd(bytes, at + 1, end)
    else if (byte === openBrace || byte === openBracket) depth++
    else if (byte === closeBrace || byte === closeBracket) {
      if (depth === 0) return at
      depth--
    } else if (byte === comma && depth === 0) return at
  }
  return end
}

export function isText(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  if (to - from !== text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text[i]) return false
  return true
}

/** `name`: as JSON writes it at its shortest. A peer may escape more of it, as Python does. */
function isName(bytes: Uint8Array, from: number, to: number, name: Uint8Array): boolean {
  if (to - from <= name.length || to - from > name.length * longestEscape)
    return isText(bytes, from, to, name)
  const written = bytes.subarray(from, to)
  return written.includes(backslash) && shortestName(written) === fromBytes(name)
}

/** `\u0061` for a letter. */
const longestEscape = 6

/** Undefined where JSON does not know an escape in it. */
function shortestName(written: Uint8Array): string | undefined {
  const name = parseJson(`"${fromBytes(written)}"`)
  return typeof name === 'string' ? JSON.stringify(name).slice(1, -1) : undefined
}

function fromBytes(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** Where the value of a name begins in the object that begins at `from`; -1 without one. */
export function memberStart(
  bytes: Uint8Array,
  from: number,
  end: number,
  name: Uint8Array,
): number {
  if (bytes[from] !== openBrace) return -1
  let at = skipSpace(bytes, from + 1, end)
  while (at < end && bytes[at] === quote) {
    const close = stringEnd(bytes, at + 1, end)
    const isNamed = isName(bytes, at + 1, close, name)
    at = skipSpace(bytes, close + 1, end)
    if (bytes[at] !== colon) return -1
    at = skipSpace(bytes, at + 1, end)
    if (isNamed) return at < end ? at : -1
    at = skipSpace(bytes, valueEnd(bytes, at, end), end)
    if (bytes[at] !== comma) return -1
    at = skipSpace(bytes, at + 1, end)
  }
  return -1
}

/** Where the item of that number begins in the list that begins at `from`; -1 without one. */
export function itemStart(bytes: Uint8Array, from: number, end: number, index: number): number {
  if (bytes[from] !== openBracket) return -1
  let at = skipSpace(bytes, from + 1, end)
  for (let left = index; left > 0; left--) {
    at = valueEnd(bytes, at, end)
    if (bytes[at] !== comma) return -1
    at = skipSpace(bytes, at + 1, end)
  }
  return at < end && bytes[at] !== closeBracket ? at : -1
}
