// Reads a message of Protocol Buffers by a table of its fields. [protobuf] https://protobuf.dev/programming-guides/encoding/

import { decodeText } from '../../protocols/bytes/utf8.ts'
import { plainBytes } from './plainValue.ts'
import { readVarint } from './varint.ts'

/**
 * What a field holds. `data`: bytes that a program put there, JSON or not. A table: a message, of which tables inside
 * tables are as deep as it may be.
 */
export type FieldType = 'uint' | 'bool' | 'text' | 'data' | FieldTable

/** By number, a field's name and type; others are passed over. */
export interface FieldTable {
  readonly [number: number]: readonly [name: string, type: FieldType]
}

/** Null where it is no such message. Of a field that comes again the last counts. */
export function readProtobuf(
  bytes: Uint8Array,
  table: FieldTable,
): Readonly<Record<string, unknown>> | null {
  const message: Record<string, unknown> = {}
  let at = 0
  while (at < bytes.length) {
    const tag = readVarint(bytes, at)
    if (tag === null) return null
    const field = readField(bytes, tag.end, tag.value % 8)
    if (field === null) return null
    at = field.end
    const known = table[Math.floor(tag.value / 8)]
    if (!known) continue
    const [name, type] = known
    const value = typed(field.value, type)
    if (value === undefined) return null
    message[name] = value
  }
  return message
}

/** By wire type: a varint, 64 bits, a length and so many bytes, 32 bits. Groups are gone. */
function readField(
  bytes: Uint8Array,
  at: number,
  wireType: number,
): { value: number | Uint8Array; end: number } | null {
  if (wireType === 0) return readVarint(bytes, at)
  const length = wireType === 2 ? readVarint(bytes, at) : { value: fixedSizes[wireType], end: at }
  if (length?.value === undefined) return null
  const end = length.end + length.value
  return end > bytes.length ? null : { value: bytes.subarray(length.end, end), end }
}

const fixedSizes: Readonly<Record<number, number>> = { 1: 8, 5: 4 }

/** Undefined where it is of another type. */
function typed(value: number | Uint8Array, type: FieldType): unknown {
  if (type === 'uint' || type === 'bool') {
    if (typeof value !== 'number') return undefined
    return type === 'uint' ? value : value !== 0
  }
  if (typeof value === 'number') return undefined
  if (type === 'text') return decodeText(value)
  return type === 'data' ? dataOf(value) : (readProtobuf(value, type) ?? undefined)
}

function dataOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeText(bytes))
  } catch {
    // Programs put there what they like.
    return plainBytes(bytes)
  }
}
