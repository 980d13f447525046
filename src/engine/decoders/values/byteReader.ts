// Reads numbers, bytes and text of a binary format in order; what ends too early or breaks a rule is a flaw.

import { formatCount } from '../../../shared/text/units.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'

/** Leaves a reader of a format, which makes a result of it: nothing outside sees it. */
export class Flaw extends Error {}

/**
 * All numbers are big-endian. Everything throws a `Flaw` where too few bytes are left. With functions alone: each value of
 * a payload has a reader, and an object literal with a getter takes 1 µs to make.
 */
export interface ByteReader {
  /** The index of the next byte. */
  at(): number
  uint(bytes: 1 | 2 | 4): number
  int(bytes: 1 | 2 | 4): number
  /** Digits where a number would not be exact. */
  uint64(): number | string
  int64(): number | string
  float(bytes: 4 | 8): number
  /** The bytes themselves, no copy. */
  take(length: number): Uint8Array
  /** UTF-8; what is not valid becomes U+FFFD. */
  text(length: number): string
}

export function createByteReader(bytes: Uint8Array, from: number): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = from

  /** The index of the first of so many bytes, which are read then. */
  function pass(length: number): number {
    const left = bytes.length - at
    if (length > left) {
      const what =
        left === 0
          ? 'It ends'
          : `Only ${formatCount(left)} of ${formatCount(length)} bytes are there`
      throw new Flaw(`${what} at byte ${formatCount(at)}.`)
    }
    const start = at
    at += length
    return start
  }

  return {
    at: () => at,
    uint(length) {
      const start = pass(length)
      if (length === 1) return bytes[start] as number
      return length === 2 ? view.getUint16(start) : view.getUint32(start)
    },
    int(length) {
      const start = pass(length)
      if (length === 1) return view.getInt8(start)
      return length === 2 ? view.getInt16(start) : view.getInt32(start)
    },
    uint64: () => exact(view.getBigUint64(pass(8))),
    int64: () => exact(view.getBigInt64(pass(8))),
    float(length) {
      const start = pass(length)
      return length === 4 ? view.getFloat32(start) : view.getFloat64(start)
    },
    take(length) {
      const start = pass(length)
      return bytes.subarray(start, start + length)
    },
    text(length) {
      const start = pass(length)
      return decodeText(bytes, start, start + length)
    },
  }
}

function exact(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
