// Messages of Protocol Buffers by their types: as JSON has them, with the names of fields as their author wrote them.

import { decodeLimits } from '../../../shared/limits.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import type { DescribedField, DescribedMessage, DescriptorSet } from './descriptorSet.ts'
import { plainBytes, plainTime, putEntry } from './plainValue.ts'
import { guessValue, readGroup } from './protobufView.ts'
import {
  fixedFloat,
  fixedInteger,
  plainInteger,
  readTag,
  readWireValue,
  type WireType,
  type WireValue,
} from './protobufWire.ts'

interface Scalar {
  readonly wireType: WireType
  read(value: WireValue): unknown
}

const varint = (read: (value: bigint) => unknown): Scalar => ({
  wireType: 0,
  read: (value) => read(value as bigint),
})
const sized = (wireType: 1 | 2 | 5, read: (bytes: Uint8Array) => unknown): Scalar => ({
  wireType,
  read: (value) => read(value as Uint8Array),
})
const signed = (bits: number) => varint((value) => plainInteger(BigInt.asIntN(bits, value)))
const unsigned = (bits: number) => varint((value) => plainInteger(BigInt.asUintN(bits, value)))
/** [protobuf] "Signed Integers": 0, -1, 1, -2 … */
const zigzag = varint((value) => plainInteger((value >> 1n) ^ -(value & 1n)))

/** By FieldDescriptorProto.Type; without the messages, groups and enums. */
const scalars: Readonly<Record<number, Scalar>> = {
  1: sized(1, fixedFloat),
  2: sized(5, fixedFloat),
  3: signed(64),
  4: unsigned(64),
  5: signed(32),
  6: sized(1, (bytes) => plainInteger(fixedInteger(bytes))),
  7: sized(5, (bytes) => plainInteger(fixedInteger(bytes))),
  8: varint((value) => value !== 0n),
  9: sized(2, (bytes) => decodeText(bytes)),
  12: sized(2, plainBytes),
  13: unsigned(32),
  15: sized(5, (bytes) => plainInteger(BigInt.asIntN(32, fixedInteger(bytes)))),
  16: sized(1, (bytes) => plainInteger(BigInt.asIntN(64, fixedInteger(bytes)))),
  17: zigzag,
  18: zigzag,
}

const messageType = 11
const enumType = 14

/** Null where the bytes are none of this type. */
export function readTyped(set: DescriptorSet, type: DescribedMessage, bytes: Uint8Array): unknown {
  return readMessage(set, type, bytes, 0)
}

function readMessage(
  set: DescriptorSet,
  type: DescribedMessage,
  bytes: Uint8Array,
  depth: number,
): unknown {
  if (depth > decodeLimits.valueDepth) return null
  const message: Record<string, unknown> = {}
  for (let at = 0; at < bytes.length; ) {
    const tag = readTag(bytes, at)
    if (tag === null) return null
    const read =
      tag.wireType === 3
        ? readGroup(bytes, tag.end, tag.field, 0)
        : readWireValue(bytes, tag.end, tag.wireType)
    if (read === null) return null
    at = read.end
    const field = tag.wireType === 3 ? undefined : type.fields.get(tag.field)
    if (field === undefined) {
      const value = read.value as WireValue
      // A later version of the type may have it.
      putEntry(
        message,
        `${tag.field}`,
        tag.wireType === 3 ? value : guessValue(value, tag.wireType, 0),
      )
    } else {
      const values = readField(set, field, read.value as WireValue, tag.wireType, depth)
      if (values === null) return null
      put(set, message, field, values)
    }
  }
  return wellKnown(type.name, message)
}

/** One value, or those of a packed list; null where they are of another type. */
function readField(
  set: DescriptorSet,
  field: DescribedField,
  value: WireValue,
  wireType: WireType,
  depth: number,
): readonly unknown[] | null {
  if (field.type === messageType) {
    const type = set.messages.get(field.typeName)
    if (typeof value === 'bigint' || wireType !== 2) return null
    const read = type ? readMessage(set, type, value, depth + 1) : guessValue(value, 2, 0)
    return read === null ? null : [read]
  }
  const scalar = field.type === enumType ? enumOf(set, field) : scalars[field.type]
  if (scalar === undefined) return [guessValue(value, wireType, 0)]
  if (scalar.wireType === wireType) return [scalar.read(value)]
  const isPacked = field.isRepeated && wireType === 2 && typeof value !== 'bigint'
  return isPacked ? readPacked(scalar, value) : null
}

/** [protobuf] "Packed Repeated Fields" */
function readPacked(scalar: Scalar, bytes: Uint8Array): readonly unknown[] | null {
  const values: unknown[] = []
  for (let at = 0; at < bytes.length; ) {
    const read = readWireValue(bytes, at, scalar.wireType)
    if (read === null) return null
    values.push(scalar.read(read.value))
    at = read.end
  }
  return values
}

function enumOf({ enums }: DescriptorSet, { typeName }: DescribedField): Scalar {
  return varint((value) => {
    const number = BigInt.asIntN(64, value)
    return enums.get(typeName)?.get(value) ?? plainInteger(number)
  })
}

function put(
  { messages }: DescriptorSet,
  message: Record<string, unknown>,
  { name, isRepeated, typeName }: DescribedField,
  values: readonly unknown[],
): void {
  const known = Object.hasOwn(message, name) ? message[name] : undefined
  if (!isRepeated) putEntry(message, name, values.at(-1))
  else if (messages.get(typeName)?.isMapEntry) {
    const map: Record<string, unknown> = isRecord(known) ? known : {}
    for (const entry of values as readonly { readonly key?: unknown; readonly value?: unknown }[]) {
      putEntry(map, entry.key ?? '', entry.value ?? null)
    }
    putEntry(message, name, map)
  } else if (Array.isArray(known)) for (const value of values) known.push(value)
  else putEntry(message, name, [...values])
}

/** Times as people read them. [protobuf] "JSON" */
function wellKnown(name: string, message: Readonly<Record<string, unknown>>): unknown {
  const { seconds = 0, nanos = 0 } = message
  if (typeof seconds !== 'number' || typeof nanos !== 'number') return message
  if (name === 'google.protobuf.Timestamp' && nanos >= 0)
    return plainTime(seconds, nanos) ?? message
  return name === 'google.protobuf.Duration' ? `${seconds + nanos / 1e9}s` : message
}
