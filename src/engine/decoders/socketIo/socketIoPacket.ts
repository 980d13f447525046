// Reads one packet of Socket.IO: `<type>[<attachments>-][<namespace>,][<id>][JSON]`. [socket.io] v5 Packet encoding

import { parseJson } from '../../../shared/text/parseJson.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { ownText } from '../packets/jsonMessage.ts'
import { readMessagePack } from '../values/messagePackValue.ts'

/** In the order of their figures. */
const types = [
  'CONNECT',
  'DISCONNECT',
  'EVENT',
  'ACK',
  'CONNECT_ERROR',
  'BINARY_EVENT',
  'BINARY_ACK',
] as const

export type SocketType = (typeof types)[number]

export interface SocketPacket {
  readonly type: SocketType
  /** How many follow; null where none do. */
  readonly attachments: number | null
  /** `/` where none is written. */
  readonly namespace: string
  /** As it is written. */
  readonly id: string | null
  /** Undefined where there is none, or no JSON. */
  readonly data: unknown
  readonly flaws: readonly string[]
}

/** Null where it is none. What follows the type may be anything: a flaw says so. */
export function readSocketPacket(text: string): SocketPacket | null {
  const type = types[Number(text[0] ?? Number.NaN)]
  if (type === undefined) return null
  const isBinary = type.startsWith('BINARY')
  const [, digits] = (isBinary && /^.(\d{1,9})-/.exec(text)) || []
  const start = 1 + (digits === undefined ? 0 : digits.length + 1)
  const [head, written, id] = /^(?:(\/[^,]*)(?:,|$))?(\d{1,20})?/.exec(text.slice(start)) ?? ['']
  const json = text.slice(start + head.length)
  const data = json === '' ? undefined : parseJson(json)
  const attachments = Number(digits ?? 0)
  return {
    type,
    attachments: attachments > 0 ? attachments : null,
    namespace: written ?? '/',
    id: id ?? null,
    data,
    flaws: [
      ...(isBinary && attachments === 0 ? ['It does not say how many attachments follow.'] : []),
      ...(json !== '' && data === undefined
        ? ['Its content is no JSON.']
        : contentFlaws(type, data)),
    ],
  }
}

/**
 * The same of a packet in MessagePack, as the parser socket.io-msgpack-parser writes it; null where it is none. Bytes in
 * it are told as the format's decoder tells them. [socket.io-msgpack-parser] index.js
 */
export function readSocketBytes(bytes: Uint8Array): SocketPacket | null {
  // A map of two to five entries: other bytes are not looked at.
  const head = bytes[0] ?? 0
  if (head < 0x82 || head > 0x85) return null
  const read = readMessagePack(bytes, 0)
  if ('flaw' in read || !isRecord(read.value)) return null
  const namespace = ownText(read.value, 'nsp')
  const type = types[Number(own(read.value, 'type') ?? Number.NaN)]
  if (namespace === undefined || type === undefined || type.startsWith('BINARY')) return null
  const id = own(read.value, 'id')
  const data = own(read.value, 'data')
  return {
    type,
    attachments: null,
    namespace,
    id: typeof id === 'number' ? String(id) : null,
    data,
    flaws: contentFlaws(type, data),
  }
}

/** [socket.io-parser] isPayloadValid */
function contentFlaws(type: SocketType, data: unknown): readonly string[] {
  switch (type) {
    case 'EVENT':
    case 'BINARY_EVENT':
      return eventFlaws(data)
    case 'ACK':
    case 'BINARY_ACK':
      return Array.isArray(data) ? [] : ['The content of an acknowledgement is an array.']
    case 'CONNECT':
      return data === undefined || isRecord(data) ? [] : ['The content of CONNECT is an object.']
    case 'DISCONNECT':
      return data === undefined ? [] : ['DISCONNECT has no content.']
    case 'CONNECT_ERROR':
      // Version 4 calls it ERROR, and its content is any JSON.
      return []
  }
}

/** [socket.io-parser] RESERVED_EVENTS */
const reserved: ReadonlySet<unknown> = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
])

function eventFlaws(data: unknown): readonly string[] {
  if (!Array.isArray(data)) return ['The content of an event is an array.']
  const [name] = data
  if (typeof name !== 'string' && typeof name !== 'number') return ['The event has no name.']
  return reserved.has(name) ? ['The name is reserved: such an event cannot be sent.'] : []
}
