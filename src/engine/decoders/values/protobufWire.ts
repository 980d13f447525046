// The wire format of Protocol Buffers: tags and what follows them. [protobuf] https://protobuf.dev/programming-guides/encoding/

import { plainNumber } from './plainValue.ts'

/** [protobuf] "Message Structure": 3 and 4 begin and end a group. */
export type WireType = 0 | 1 | 2 | 3 | 4 | 5

export interface Tag {
  readonly field: number
  readonly wireType: WireType
  /** Where the value begins. */
  readonly end: number
}

/** A varint, or the bytes of a fixed size or of a length. */
export type WireValue = bigint | Uint8Array

/** 29 bits. */
const greatestField = 2 ** 29 - 1

/** Null where there is none. */
export function readTag(bytes: Uint8Array, from: number): Tag | null {
  const read = readNumber(bytes, from)
  if (read === null) return null
  const [field, wireType] = [Math.floor(read.value / 8), read.value % 8]
  if (field < 1 || field > greatestField || wireType > 5) return null
  return { field, wireType: wireType as WireType, end: read.end }
}

/** Null where it is not whole, and of groups, which have no value. */
export function readWireValue(
  bytes: Uint8Array,
  at: number,
  wireType: WireType,
): { readonly value: WireValue; readonly end: number } | null {
  if (wireType === 0) return readVarint(bytes, at)
  const length = wireType === 2 ? readNumber(bytes, at) : null
  const [start, size] =
    length === null ? [at, { 1: 8, 5: 4 }[wireType as number]] : [length.end, length.value]
  if (size === undefined || size > bytes.length - start) return null
  return { value: bytes.subarray(start, start + size), end: start + size }
}

/** A varint as a number, which is about it where it is beyond all tags and lengths: most are quicker so. */
function readNumber(
  bytes: Uint8Array,
  from: number,
): { readonly value: number; readonly end: number } | null {
  let value = 0
  for (let i = 0; i < 4; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) return null
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return { value, end: from + i + 1 }
  }
  const long = readVarint(bytes, from)
  return long && { value: Number(long.value), end: long.end }
}

/** At most ten bytes of seven bits each, the lowest first. */
export function readVarint(
  bytes: Uint8Array,
  from: number,
): { readonly value: bigint; readonly end: number } | null {
  let [low, high] = [0, 0]
  for (let i = 0; i < 10; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) return null
    // Numbers are exact up to seven bytes of it, and quicker.
    if (i < 7) low += (byte & 0x7f) * 2 ** (7 * i)
    else high += (byte & 0x7f) * 2 ** (7 * (i - 7))
    if (byte >= 0x80) continue
    const value = high === 0 ? BigInt(low) : BigInt(low) + (BigInt(high) << 49n)
    return { value: BigInt.asUintN(64, value), end: from + i + 1 }
  }
  return null
}

/** Digits where a number would not be exact. */
export function plainInteger(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

/** What the bytes of a fixed size say as an integer without a sign, and as a number with a fraction. */
export function fixedInteger(bytes: Uint8Array): bigint {
  const view = viewOf(bytes)
  return bytes.length === 4 ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true)
}

export function fixedFloat(bytes: Uint8Array): number | string {
  const view = viewOf(bytes)
  return plainNumber(bytes.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
