// Finds `"type"` at the top of a JSON object in its first bytes, without reading the rest.

/** Behind so many bytes it is not looked for, white space left out: a preview, in which that is folded, has as many. */
const typeReach = 128
/** Nor behind so many with it. */
const wholeReach = 1024
/** Longer ones are no types. */
const longestType = 48
/** More are told as none: a peer can think of any number. */
const mostTypes = 256

const quote = 0x22
const backslash = 0x5c
const name = [...'type'].map((letter) => letter.charCodeAt(0))

export interface JsonTypes {
  /**
   * The type of a payload that begins with these bytes; null where it has none, it stands further behind, or is not
   * plain ASCII. The same string for the same type: nothing is allocated for one that was seen.
   */
  of(bytes: Uint8Array): string | null
}

interface Seen {
  readonly bytes: Uint8Array
  readonly text: string
}

export function createJsonTypes(): JsonTypes {
  const seen: Seen[] = []

  function intern(bytes: Uint8Array, from: number, to: number): string | null {
    for (const one of seen) if (isSame(one.bytes, bytes, from, to)) return one.text
    if (seen.length >= mostTypes) return null
    const own = bytes.slice(from, to)
    const text = String.fromCharCode(...own)
    seen.push({ bytes: own, text })
    return text
  }

  return {
    of(bytes) {
      const from = typeStart(bytes)
      if (from < 0) return null
      const most = Math.min(bytes.length, from + longestType + 1)
      for (let at = from; at < most; at++) {
        const byte = bytes[at] ?? 0
        if (byte === quote) return at === from ? null : intern(bytes, from, at)
        if (byte === backslash || byte < 0x20 || byte > 0x7e) return null
      }
      return null
    },
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[from + i]) return false
  return true
}

/** Where the text of the value of `"type"` begins, behind its quote; -1 without one. */
function typeStart(bytes: Uint8Array): number {
  let at = skipSpace(bytes, 0, Math.min(bytes.length, wholeReach))
  if (bytes[at] !== 0x7b) return -1
  const end = reachOf(bytes)
  let depth = 0
  while (at < end) {
    const byte = bytes[at] ?? 0
    if (byte === quote) {
      const close = stringEnd(bytes, at + 1, end)
      if (depth === 1 && isName(bytes, at + 1, close)) {
        const colon = skipSpace(bytes, close + 1, end)
        const value = skipSpace(bytes, colon + 1, end)
        // Otherwise it is a value, or no text.
        if (bytes[colon] === 0x3a) return bytes[value] === quote ? value + 1 : -1
      }
      at = close
    } else if (byte === 0x7b || byte === 0x5b) depth++
    else if (byte === 0x7d || byte === 0x5d) depth--
    at++
  }
  return -1
}

function reachOf(bytes: Uint8Array): number {
  const most = Math.min(bytes.length, wholeReach)
  let at = 0
  for (let left = typeReach; at < most && left > 0; at++) if (!isSpace(bytes[at] ?? 0)) left--
  return at
}

/** Where the string ends that begins here: at its quote, or at `end`. */
function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
  return at
}

function isName(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === name.length && name.every((byte, i) => bytes[from + i] === byte)
}

function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isSpace(bytes[at] ?? 0)) at++
  return at
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
