// The shapes of a session's messages by type: what was decoded, the event's type, or a field of the JSON tells types apart.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import type { Packet } from '../../../shared/frame/packet.ts'
import type { MessageType } from '../../../shared/session/schema.ts'
import { schemaLimits } from '../../../shared/session/schemaLimits.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { createShape, type Drift, type ShapeFold, type SharedRoom } from './shape.ts'

export interface TypedMessage {
  readonly frame: SeenFrame
  readonly seq: number
  readonly packets: readonly Packet[]
  /** Its JSON. */
  readonly value: unknown
}

export interface MessageTypes {
  add(message: TypedMessage): { readonly type: MessageType; readonly drift: Drift | null } | null
  list(): readonly MessageType[]
  /** Null where there is none of that id. */
  shape(id: string): ShapeFold | null
}

type Shaped = { -readonly [Key in keyof MessageType]: MessageType[Key] } & { shape: ShapeFold }

/** Messages of one way and kind. */
interface Family {
  /** By name. */
  readonly types: Map<string | null, Shaped>
  /** The names were too many to be names of types. */
  isOne: boolean
}

/** The first of these at the top of the JSON that is a short text is the name of the type. */
const telling = ['type', 'event', 'op', 'action', 'kind', 'method', 'channel']

const kinds: readonly unknown[] = [
  'message',
  'event',
  'record',
  'request',
  'response',
] satisfies MessageType['kind'][]

/** `steady`: in so many samples a type has shown what all its messages have; later ones may drift. */
export function createMessageTypes(steady = Number.POSITIVE_INFINITY): MessageTypes {
  const families = new Map<string, Family>()
  const room = { left: schemaLimits.allPlaces }
  let count = 0

  function familyOf(frame: SeenFrame): Family {
    const key = `${frame.direction} ${frame.kind}`
    const known = families.get(key)
    if (known) return known
    const made: Family = { types: new Map(), isOne: false }
    families.set(key, made)
    return made
  }

  function find(message: TypedMessage): Shaped | null {
    const family = familyOf(message.frame)
    const name = family.isOne ? null : nameOf(message)
    const known = family.types.get(name)
    if (known) return known
    if (family.types.size >= schemaLimits.names) {
      count -= family.types.size - 1
      makeOne(family, newType(message, null, room))
      return family.types.get(null) ?? null
    }
    if (count >= schemaLimits.types) return null
    count++
    const made = newType(message, name, room)
    family.types.set(name, made)
    return made
  }

  return {
    add(message) {
      const type = find(message)
      if (!type) return null
      type.samples++
      type.seq = message.seq
      return { type, drift: type.shape.add(message.value, steady) }
    },
    list: () =>
      [...families.values()]
        .flatMap(({ types }) => [...types.values()])
        .map(({ shape, ...type }) => type)
        .sort((a, b) => b.samples - a.samples),
    shape(id) {
      for (const { types } of families.values())
        for (const one of types.values()) if (one.id === id) return one.shape
      return null
    },
  }
}

function newType({ frame, seq }: TypedMessage, name: string | null, room: SharedRoom): Shaped {
  const { kind, direction } = frame as { kind: MessageType['kind']; direction: 'in' | 'out' }
  const id = JSON.stringify([direction, kind, name])
  return { id, name, kind, direction, samples: 0, seq, shape: createShape(room) }
}

function makeOne(family: Family, one: Shaped): void {
  for (const { shape, samples } of family.types.values()) {
    one.shape.join(shape)
    one.samples += samples
  }
  family.types.clear()
  family.types.set(null, one)
  family.isOne = true
}

function nameOf({ frame, packets, value }: TypedMessage): string | null {
  const [packet] = packets
  if (packet) return packet.name === undefined ? packet.type : `${packet.type} ${packet.name}`
  if (frame.kind === 'event' && frame.detail.type !== 'message') return frame.detail.type
  if (!isRecord(value)) return null
  for (const field of telling) {
    const name = Object.hasOwn(value, field) ? value[field] : null
    if (typeof name === 'string' && name !== '' && name.length <= schemaLimits.nameChars)
      return name
  }
  return null
}

/** Whether frames of this kind carry messages that have a shape: what crossed the wire, whole. */
export function mayHaveShape(frame: SeenFrame): boolean {
  if (!kinds.includes(frame.kind) || frame.direction === 'local' || frame.sizeBytes === 0)
    return false
  const { detail } = frame
  if ('truncatedAt' in detail && detail.truncatedAt !== undefined) return false
  return !(frame.kind === 'record' && frame.detail.partial === true)
}
