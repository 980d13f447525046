// Finds `"type"` at the top of a JSON object in its first bytes, without reading the rest.

import { isText, memberStart, quote, skipSpace } from '../text/jsonBytes.ts'

/** Behind so many bytes it is not looked for: a preview has as many. */
const typeReach = 256
/** Longer ones are no types. */
const longestType = 48
/** More are told as none: a peer can think of any number. */
const mostTypes = 256

const backslash = 0x5c
const name = new TextEncoder().encode('type')

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
    for (const one of seen) if (isText(bytes, from, to, one.bytes)) return one.text
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

/** Where the text of the value of `"type"` begins, behind its quote; -1 without one. */
function typeStart(bytes: Uint8Array): number {
  const end = Math.min(bytes.length, typeReach)
  const value = memberStart(bytes, skipSpace(bytes, 0, end), end, name)
  return value >= 0 && bytes[value] === quote ? value + 1 : -1
}
