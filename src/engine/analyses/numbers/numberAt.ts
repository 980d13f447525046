// The number at a place of a JSON payload, found in its bytes without reading the rest.

import {
  itemStart,
  memberStart,
  quote,
  skipSpace,
  stringEnd,
} from '../../../shared/text/jsonBytes.ts'
import type { JsonPath } from '../../../shared/text/jsonPath.ts'
import { isIndexName } from '../../../shared/text/jsonPathValues.ts'

/** NaN where there is none. Text that is a number counts as one: many feeds write `"70111.5"`. */
export type NumberFinder = (bytes: Uint8Array, end: number) => number

/** Longer ones are no numbers. */
const longestNumber = 40
const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** `end`: bytes behind it are not looked at. A path with `[*]` or an index from the end finds nothing. */
export function createNumberFinder(path: JsonPath): NumberFinder {
  const steps = path.map(stepOf)
  return (bytes, end) => {
    let at = skipSpace(bytes, 0, end)
    for (const step of steps) {
      if (at < 0) return Number.NaN
      at = step(bytes, at, end)
    }
    return at < 0 ? Number.NaN : readNumber(bytes, at, end, steps.length === 0)
  }
}

type Step = (bytes: Uint8Array, from: number, end: number) => number

function stepOf(step: string | number | null): Step {
  if (typeof step === 'number')
    return (bytes, from, end) => (step < 0 ? -1 : itemStart(bytes, from, end, step))
  if (step === null) return () => -1
  // As JSON writes it, for so it stands in the payload.
  const name = new TextEncoder().encode(JSON.stringify(step).slice(1, -1))
  const index = isIndexName(step) ? Number(step) : null
  return (bytes, from, end) => {
    const at = memberStart(bytes, from, end, name)
    return at < 0 && index !== null ? itemStart(bytes, from, end, index) : at
  }
}

/** `alone`: nothing follows it. */
function readNumber(bytes: Uint8Array, from: number, end: number, alone: boolean): number {
  const isQuoted = bytes[from] === quote
  const start = isQuoted ? from + 1 : from
  const most = Math.min(end, start + longestNumber)
  const stop = isQuoted ? stringEnd(bytes, start, most) : numberEnd(bytes, start, most)
  // What a cut has ended may go on.
  if (stop >= end && !alone) return Number.NaN
  const plain = plainNumber(bytes, start, stop)
  if (!Number.isNaN(plain)) return plain
  const text = String.fromCharCode(...bytes.subarray(start, stop))
  return number.test(text) ? Number(text) : Number.NaN
}

function numberEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isNumeric(bytes[at] ?? 0)) at++
  return at
}

/** `0` to `9`, `+`, `-`, `.`, `e`, `E`. */
function isNumeric(byte: number): boolean {
  return (
    isDigit(byte) ||
    byte === 0x2b ||
    byte === minus ||
    byte === point ||
    byte === 0x45 ||
    byte === 0x65
  )
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

const minus = 0x2d
const point = 0x2e
/** Up to 15 digits are exact; of more the sixteenth may differ, which no chart shows. */
const plainChars = 24

/** Most numbers are digits with a point: those are read without making a text. NaN for others. */
function plainNumber(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === minus
  const first = isNegative ? from + 1 : from
  if (to - first > plainChars || to === first || !isDigit(bytes[to - 1] ?? 0)) return Number.NaN
  let whole = 0
  let divisor = 0
  for (let at = first; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (isDigit(byte)) {
      whole = whole * 10 + (byte - 0x30)
      divisor *= 10
    } else if (byte === point && divisor === 0 && at > first) divisor = 1
    else return Number.NaN
  }
  const value = divisor === 0 ? whole : whole / divisor
  return isNegative ? -value : value
}
