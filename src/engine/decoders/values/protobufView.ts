// A message of Protocol Buffers of which no type is known, as its wire format tells it: values by the numbers of fields.
// [protobuf] https://protobuf.dev/programming-guides/encoding/

import { decodeLimits } from '../../../shared/limits.ts'
import { hasBinaryControls } from '../../../shared/text/visibleText.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { plainBytes, plainNumber } from './plainValue.ts'

/** By number; a field that comes again is a list. */
export type ProtobufView = Readonly<Record<string, unknown>>

/** 29 bits. [protobuf] "Message Structure" */
const greatestField = 2 ** 29 - 1
const startGroup = 3
const endGroup = 4

/** Reads on from a place; null where it is no such message. */
interface Read {
  readonly view: ProtobufView
  readonly end: number
}

/** Null where the bytes are no message. */
export function readProtobufView(bytes: Uint8Array): ProtobufView | null {
  return readFields(bytes, 0, 0, null)?.view ?? null
}

/** `group`: the number of the group that ends; null where the bytes end the message. */
function readFields(
  bytes: Uint8Array,
  from: number,
  depth: number,
  group: number | null,
): Read | null {
  const fields = new Map<number, unknown[]>()
  let at = from
  while (at < bytes.length) {
    const tag = readVarint(bytes, at)
    if (tag === null) return null
    const [field, wireType] = [Number(tag.value >> 3n), Number(tag.value & 7n)]
    if (field < 1 || field > greatestField) return null
    if (wireType === endGroup) {
      return field === group ? { view: viewOf(fields), end: tag.end } : null
    }
    const read = readValue(bytes, tag.end, wireType, field, depth)
    if (read === null) return null
    at = read.end
    const values = fields.get(field)
    if (values) values.push(read.value)
    else fields.set(field, [read.value])
  }
  return group === null ? { view: viewOf(fields), end: at } : null
}

function viewOf(fields: ReadonlyMap<number, readonly unknown[]>): ProtobufView {
  return Object.fromEntries(
    [...fields].map(([field, values]) => [field, values.length === 1 ? values[0] : values]),
  )
}

function readValue(
  bytes: Uint8Array,
  at: number,
  wireType: number,
  field: number,
  depth: number,
): { value: unknown; end: number } | null {
  if (wireType === 0) {
    const read = readVarint(bytes, at)
    return read && { value: plainInteger(read.value), end: read.end }
  }
  if (wireType === 1 || wireType === 5) return readFixed(bytes, at, wireType === 1 ? 8 : 4)
  if (wireType === startGroup) {
    if (depth >= decodeLimits.guessedDepth) return null
    const read = readFields(bytes, at, depth + 1, field)
    return read && { value: read.view, end: read.end }
  }
  const length = wireType === 2 ? readVarint(bytes, at) : null
  if (length === null || length.value > BigInt(bytes.length - length.end)) return null
  const end = length.end + Number(length.value)
  return { value: guess(bytes.subarray(length.end, end), depth), end }
}

/** Either is possible: an integer, or a number with a fraction. */
function readFixed(
  bytes: Uint8Array,
  at: number,
  size: 4 | 8,
): { value: unknown; end: number } | null {
  if (at + size > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, size)
  const value =
    size === 4
      ? { fixed32: view.getUint32(0, true), float: plainNumber(view.getFloat32(0, true)) }
      : {
          fixed64: plainInteger(view.getBigUint64(0, true)),
          double: plainNumber(view.getFloat64(0, true)),
        }
  return { value, end: at + size }
}

/** Bytes of a known length may be a text, a message, numbers in a row, or anything. */
function guess(bytes: Uint8Array, depth: number): unknown {
  const text = decodeText(bytes)
  const isText = !text.includes('\ufffd') && !hasBinaryControls(text)
  // A text seldom begins with the end of a line, a message does so where its first field is a text.
  if (isText && (bytes[0] ?? 0x20) >= 0x20) return text
  const message = depth < decodeLimits.guessedDepth ? readFields(bytes, 0, depth + 1, null) : null
  if (message !== null) return message.view
  return isText ? text : plainBytes(bytes)
}

/** What is beyond 2^63 is most likely below zero: such numbers take all ten bytes. */
function plainInteger(value: bigint): number | string {
  const signed = BigInt.asIntN(64, value)
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : String(value)
}

/** At most ten bytes of seven bits each, the lowest first. */
function readVarint(bytes: Uint8Array, from: number): { value: bigint; end: number } | null {
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
