// Cuts one JSON array into its elements as they come: each is a record once its end is seen. [gemini] api/generate-content
// [rfc8259] 5 and 7

import { createByteGatherer } from '../bytes/byteGatherer.ts'
import {
  blanks,
  type FormatParser,
  isJson,
  type RecordParserOptions,
  refuse,
} from './recordItems.ts'

const byteOf = (character: string) => character.charCodeAt(0)
const quote = byteOf('"')
const backslash = byteOf('\\')
const comma = byteOf(',')
const [opensList, closesList] = [byteOf('['), byteOf(']')]
const [opensObject, closesObject] = [byteOf('{'), byteOf('}')]

/** Values without brackets around them are told alike: an error may stand in the place of the array. */
export function createJsonArrayParser({ maxBytes, onItem }: RecordParserOptions): FormatParser {
  const begun = createByteGatherer()
  /** Of what stands between elements, and around them. */
  let looseBytes = 0
  let inArray = false
  /** Brackets that are open in the element. */
  let depth = 0
  let inString = false
  let isEscaped = false
  let inElement = false
  let ended = false

  function finish(isWhole: boolean): void {
    const text = begun.take()
    const wireBytes = looseBytes + text.length
    looseBytes = 0
    inElement = false
    const flaw = !isWhole ? 'cut-short' : isJson(text) ? undefined : 'not-json'
    onItem({ kind: 'record', text, ...(flaw && { flaw }), wireBytes })
  }

  /** Whether the element ends with this byte. */
  function endsWith(byte: number): boolean {
    if (inString) {
      if (isEscaped) isEscaped = false
      else if (byte === backslash) isEscaped = true
      else if (byte === quote) inString = false
      return depth === 0 && !inString
    }
    if (byte === quote) inString = true
    else if (byte === opensObject || byte === opensList) depth++
    else if (byte !== closesObject && byte !== closesList) return false
    // What closes nothing is a part of a word that is no JSON: each alone would be a record.
    else if (depth === 0) return false
    else depth--
    return depth <= 0 && !inString
  }

  /** A number or a word ends before what cannot be of it. */
  function endsBefore(byte: number): boolean {
    return depth === 0 && !inString && (byte === comma || byte === closesList || blanks.has(byte))
  }

  /** Between elements. */
  function begins(byte: number): boolean {
    if (blanks.has(byte) || (inArray && (byte === comma || byte === closesList))) {
      looseBytes++
      return false
    }
    if (!inArray && byte === opensList) {
      inArray = true
      looseBytes++
      return false
    }
    return true
  }

  function begin(): void {
    inElement = true
    depth = 0
    inString = false
    isEscaped = false
  }

  /** Takes what has come of the element, from `from` up to `to`; answers whether there is room for it. */
  function keep(chunk: Uint8Array, from: number, to: number): boolean {
    if (to > from) begun.add(chunk.subarray(from, to))
    if (begun.size() <= maxBytes) return true
    ended = true
    refuse(begun.take(), looseBytes, onItem)
    return false
  }

  return {
    feed(chunk) {
      let start = 0
      for (let i = 0; i < chunk.length && !ended; i++) {
        const byte = chunk[i] as number
        if (inElement && endsBefore(byte)) {
          if (keep(chunk, start, i)) finish(true)
        }
        if (!inElement) {
          if (ended || !begins(byte)) continue
          begin()
          start = i
        }
        if (!endsWith(byte)) continue
        if (keep(chunk, start, i + 1)) finish(true)
      }
      if (inElement && !ended) keep(chunk, start, chunk.length)
    },
    end() {
      if (!ended && begun.size() > 0) finish(depth === 0 && !inString)
      ended = true
    },
    awaits: 'element-end',
    begun,
  }
}

/** Whether the bytes begin an array of objects; null where they are too few to tell. */
export function beginsJsonArray(bytes: Uint8Array): boolean | null {
  let inArray = false
  for (const byte of bytes) {
    if (blanks.has(byte)) continue
    if (inArray) return byte === opensObject
    if (byte !== opensList) return false
    inArray = true
  }
  return null
}
