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
  /** It tells more types than are known of it. */
  readonly hasMore: boolean
}

type Fields = ReadonlyMap<number, readonly WireValue[]>

/** Null where the bytes are no descriptor set. */
export function readDescriptorSet(bytes: Uint8Array): DescriptorSet | null {
  const set = fieldsOf(bytes)
  const messages = new Map<string, DescribedMessage>()
  const enums = new Map<string, ReadonlyMap<bigint, string>>()
  let hasMore = false

  /** Null where it is not kept. */
  function nameOf(described: Fields, inside: string): string | null {
    hasMore ||= messages.size + enums.size >= decodeLimits.types
    const name = `${inside}${text(described, 1)}`
    return hasMore || name.length > decodeLimits.typeNameChars ? null : name
  }

  function addEnum(described: Fields, inside: string): void {
    const name = nameOf(described, inside)
    if (name === null) return
    const names = new Map<bigint, string>()
    for (const value of parts(described, 2)) names.set(number(value, 2), text(value, 1))
    enums.set(name, names)
  }

  function addMessage(described: Fields, inside: string, depth: number): void {
    const name = nameOf(described, inside)
    if (name === null) return
    const fields = new Map<number, DescribedField>()
    for (const field of parts(described, 2)) fields.set(Number(number(field, 3)), fieldOf(field))
    const [options] = parts(described, 7)
    const isMapEntry = options !== undefined && number(options, 7) === 1n
    messages.set(name, { name, fields, isMapEntry })
    if (depth < decodeLimits.valueDepth) addInner(described, 3, 4, `${name}.`, depth + 1)
  }

  /** `messagesAt`, `enumsAt`: the numbers of the fields that have them. */
  function addInner(
    of: Fields,
    messagesAt: number,
    enumsAt: number,
    inside: string,
    depth: number,
  ): void {
    for (const message of parts(of, messagesAt)) {
      if (hasMore) return
      addMessage(message, inside, depth)
    }
    for (const described of parts(of, enumsAt)) {
      if (hasMore) return
      addEnum(described, inside)
    }
  }

  if (set === null) return null
  for (const file of parts(set, 1)) {
    const inside = text(file, 2) === '' ? '' : `${text(file, 2)}.`
    addInner(file, 4, 5, inside, 0)
  }
  return messages.size === 0 ? null : { messages, enums, hasMore }
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
function* parts(of: Fields, field: number): Generator<Fields> {
  for (const value of of.get(field) ?? []) {
    const one = typeof value === 'bigint' ? null : fieldsOf(value)
    if (one !== null) yield one
  }
}

function text(of: Fields, field: number): string {
  const value = of.get(field)?.at(-1)
  return value instanceof Uint8Array ? decodeText(value) : ''
}

function number(of: Fields, field: number): bigint {
  const value = of.get(field)?.at(-1)
  return typeof value === 'bigint' ? value : 0n
}
