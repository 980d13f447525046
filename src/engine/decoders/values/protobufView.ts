// A message of Protocol Buffers of which no type is known, as its wire format tells it: values by the numbers of fields.

import { decodeLimits } from '../../../shared/limits.ts'
import { hasBinaryControls } from '../../../shared/text/visibleText.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { plainBytes } from './plainValue.ts'
import {
  fixedFloat,
  fixedInteger,
  plainInteger,
  readTag,
  readWireValue,
  type WireType,
  type WireValue,
} from './protobufWire.ts'

/** By number; a field that comes again is a list. */
export type ProtobufView = Readonly<Record<string, unknown>>

/** Null where the bytes are no message. */
export function readProtobufView(bytes: Uint8Array): ProtobufView | null {
  return readFields(bytes, 0, 0, null)?.value ?? null
}

/** The group that begins at a place; null where it has no end. */
export function readGroup(
  bytes: Uint8Array,
  from: number,
  field: number,
  depth: number,
): { readonly value: ProtobufView; readonly end: number } | null {
  return depth < decodeLimits.guessedDepth ? readFields(bytes, from, depth + 1, field) : null
}

/** `group`: the number of the group that ends; null where the bytes end the message. */
function readFields(
  bytes: Uint8Array,
  from: number,
  depth: number,
  group: number | null,
): { readonly value: ProtobufView; readonly end: number } | null {
  const fields: Record<number, unknown> = {}
  let at = from
  while (at < bytes.length) {
    const tag = readTag(bytes, at)
    if (tag === null) return null
    const { field, wireType } = tag
    if (wireType === 4) return field === group ? { value: fields, end: tag.end } : null
    const read =
      wireType === 3
        ? readGroup(bytes, tag.end, field, depth)
        : readWireValue(bytes, tag.end, wireType)
    if (read === null) return null
    at = read.end
    const value = wireType === 3 ? read.value : guessValue(read.value as WireValue, wireType, depth)
    const known = fields[field]
    // No value is a list by itself.
    if (known === undefined) fields[field] = value
    else if (Array.isArray(known)) known.push(value)
    else fields[field] = [known, value]
  }
  return group === null ? { value: fields, end: at } : null
}

/** A value of which no type is known; one of a fixed size may be an integer or have a fraction. */
export function guessValue(value: WireValue, wireType: WireType, depth: number): unknown {
  // What is beyond 2^63 is most likely below zero: such numbers take all ten bytes.
  if (typeof value === 'bigint') return plainInteger(BigInt.asIntN(64, value))
  if (wireType === 2) return guessBytes(value, depth)
  const integer = plainInteger(fixedInteger(value))
  return value.length === 4
    ? { fixed32: integer, float: fixedFloat(value) }
    : { fixed64: integer, double: fixedFloat(value) }
}

/** Bytes of a known length may be a text, a message, numbers in a row, or anything. */
function guessBytes(bytes: Uint8Array, depth: number): unknown {
  const text = decodeText(bytes)
  const isText = !text.includes('\ufffd') && !hasBinaryControls(text)
  // A text seldom begins with the end of a line, a message does so where its first field is a text.
  if (isText && (bytes[0] ?? 0x20) >= 0x20) return text
  const message = depth < decodeLimits.guessedDepth ? readFields(bytes, 0, depth + 1, null) : null
  if (message !== null) return message.value
  return isText ? text : plainBytes(bytes)
}
