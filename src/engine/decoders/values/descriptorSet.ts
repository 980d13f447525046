// The types that a descriptor set tells. [protobuf] src/google/protobuf/descriptor.proto

import { decodeLimits } from '../../../shared/limits.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { readTag, readWireValue, type WireValue } from './protobufWire.ts'

export interface DescribedField {
  readonly name: string
  /** FieldDescriptorProto.Type */
  readonly type: number
  readonly isRepeated: boolean
  /** Of a message or an enum: the whole name. */
  readonly typeName: string
}

export interface DescribedMessage {
  /** Whole. */
  readonly name: string
  readonly fields: ReadonlyMap<number, DescribedField>
  /** Whether it stands for a key and its value. */
  readonly isMapEntry: boolean
}

export interface DescriptorSet {
  readonly messages: ReadonlyMap<string, DescribedMessage>
  /** The names of their numbers. */
  readonly enums: ReadonlyMap<string, ReadonlyMap<bigint, string>>
}

type Fields = ReadonlyMap<number, readonly WireValue[]>

/** Null where the bytes are no descriptor set. */
export function readDescriptorSet(bytes: Uint8Array): DescriptorSet | null {
  const set = fieldsOf(bytes)
  const messages = new Map<string, DescribedMessage>()
  const enums = new Map<string, ReadonlyMap<bigint, string>>()

  function addEnum(described: Fields, inside: string): void {
    const name = `${inside}${text(described, 1)}`
    if (name.length > decodeLimits.typeNameChars) return
    const names = parts(described, 2).map((value) => [number(value, 2), text(value, 1)] as const)
    enums.set(name, new Map(names))
  }

  function addMessage(described: Fields, inside: string, depth: number): void {
    const name = `${inside}${text(described, 1)}`
    if (name.length > decodeLimits.typeNameChars) return
    const fields = parts(described, 2).map(
      (field) => [Number(number(field, 3)), fieldOf(field)] as const,
    )
    const isMapEntry = parts(described, 7).some((options) => number(options, 7) === 1n)
    messages.set(name, { name, fields: new Map(fields), isMapEntry })
    if (depth >= decodeLimits.valueDepth) return
    for (const nested of parts(described, 3)) addMessage(nested, `${name}.`, depth + 1)
    for (const nested of parts(described, 4)) addEnum(nested, `${name}.`)
  }

  if (set === null) return null
  for (const file of parts(set, 1)) {
    const inside = text(file, 2) === '' ? '' : `${text(file, 2)}.`
    for (const message of parts(file, 4)) addMessage(message, inside, 0)
    for (const described of parts(file, 5)) addEnum(described, inside)
  }
  return messages.size === 0 ? null : { messages, enums }
}

function fieldOf(field: Fields): DescribedField {
  return {
    name: text(field, 1),
    type: Number(number(field, 5)),
    isRepeated: number(field, 4) === 3n,
    typeName: text(field, 6).replace(/^\./, ''),
  }
}

/** The values of each field; null where the bytes are no message. */
function fieldsOf(bytes: Uint8Array): Fields | null {
  const fields = new Map<number, WireValue[]>()
  for (let at = 0; at < bytes.length; ) {
    const tag = readTag(bytes, at)
    const read = tag && readWireValue(bytes, tag.end, tag.wireType)
    if (tag === null || read === null) return null
    at = read.end
    const values = fields.get(tag.field)
    if (values) values.push(read.value)
    else fields.set(tag.field, [read.value])
  }
  return fields
}

/** The messages in a field. */
function parts(of: Fields, field: number): readonly Fields[] {
  return (of.get(field) ?? [])
    .map((value) => (typeof value === 'bigint' ? null : fieldsOf(value)))
    .filter((one) => one !== null)
}

function text(of: Fields, field: number): string {
  const value = of.get(field)?.at(-1)
  return value instanceof Uint8Array ? decodeText(value) : ''
}

function number(of: Fields, field: number): bigint {
  const value = of.get(field)?.at(-1)
  return typeof value === 'bigint' ? value : 0n
}
