// Reads a message of Protocol Buffers by a table of its fields. [protobuf] https://protobuf.dev/programming-guides/encoding/

import { decodeText } from '../../protocols/bytes/utf8.ts'
import { plainBytes } from './plainValue.ts'
import { readTag, readWireValue, type WireValue } from './protobufWire.ts'

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
    const tag = readTag(bytes, at)
    const read = tag && readWireValue(bytes, tag.end, tag.wireType)
    if (tag === null || read === null) return null
    at = read.end
    const known = table[tag.field]
    if (!known) continue
    const [name, type] = known
    const value = typed(read.value, type)
    if (value === undefined) return null
    message[name] = value
  }
  return message
}

/** Undefined where it is of another type. */
function typed(value: WireValue, type: FieldType): unknown {
  if (type === 'uint' || type === 'bool') {
    if (typeof value !== 'bigint') return undefined
    return type === 'uint' ? Number(value) : value !== 0n
  }
  if (typeof value === 'bigint') return undefined
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
