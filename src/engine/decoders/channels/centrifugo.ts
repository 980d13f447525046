// Centrifugo and servers built on Centrifuge, over WebSocket and events, in JSON and Protocol Buffers.
// [centrifugo] https://centrifugal.dev/docs/transports/client_protocol

import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type FrameMessage, type MessagePlace, packetsOfRead } from '../packets/frameMessages.ts'
import { type JsonObject, ownText, readJson, readObject } from '../packets/jsonMessage.ts'
import { makePacket, type PacketParts, summaryOf } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import type { DataFrame, DecodeInput, Decoder, NewPacket, Protocol } from '../shapes/decoder.ts'
import { methods, pushes, readDelimited, readLines } from './centrifugoMessages.ts'

/** [centrifugo] ConnectRequest of the client protocol */
const connectFields: ReadonlySet<string> = new Set(
  'token data subs name version headers flag'.split(' '),
)

export const centrifugo: Protocol = {
  name: 'centrifugo',
  version: 4,
  fitsConnection: ({ url, subprotocol }) =>
    subprotocol === 'centrifuge-json' ||
    subprotocol === 'centrifuge-protobuf' ||
    /^[^?#]*\/connection\/(?:uni_)?(?:websocket|sse|http_stream)(?:[?#]|$)/.test(url),
  /** The connect command, or its answer: with an ID, or unasked on a stream of one way. */
  fitsData(inputs) {
    const { payload, frame } = inputs.at(-1) as DecodeInput
    if (payload[0] !== 0x7b) return false
    const first = readObject(payload) ?? firstLine(payload)
    const connect = first && own(first, 'connect')
    if (!first || !isRecord(connect)) return false
    if (frame.direction === 'out')
      return (
        typeof own(first, 'id') === 'number' &&
        Object.keys(connect).every((field) => connectFields.has(field))
      )
    return ownText(connect, 'client') !== undefined && ownText(connect, 'version') !== undefined
  },
  create: createCentrifugoDecoder,
  read(payload, _facts, direction) {
    const json = readJson(payload)
    if (json !== undefined) return json
    const messages: JsonObject[] = []
    for (const { message } of readMessages(payload, beginsObject(payload), direction)) {
      if (message === null) return undefined
      messages.push(message)
    }
    return messages.length === 1 ? messages[0] : messages
  },
}

function firstLine(payload: Uint8Array): JsonObject | null {
  for (const { message } of readLines(payload)) return message
  return null
}

function readMessages(
  payload: Uint8Array,
  isText: boolean,
  direction: DataFrame['direction'],
): Iterable<FrameMessage<JsonObject>> {
  return isText ? readLines(payload) : readDelimited(payload, direction === 'out')
}

/** Of a message of 123 bytes the length is a brace, too, but no name or end follows it. */
function beginsObject(payload: Uint8Array): boolean {
  return payload[0] === 0x7b && (payload[1] === 0x22 || payload[1] === 0x7d)
}

interface Place extends MessagePlace {
  readonly frame: DataFrame
}

function createCentrifugoDecoder(): Decoder {
  const protocol = centrifugo.name
  const pairs = createOpenRequests()
  /** What was asked for, by the IDs that are open. */
  const asked = new Map<string, string>()
  /** Commands may have gone that nobody could read. */
  let unread = false
  /** The server waits for an answer to its pings. */
  let pongs = false

  function packet(type: string, parts: PacketParts): NewPacket {
    const level = heartbeats.has(type) ? 'heartbeat' : control.has(type) ? 'control' : 'app'
    return makePacket({ protocol, type, level }, parts)
  }

  function readMessage(message: JsonObject, place: Place): NewPacket | null {
    if (Object.keys(message).length === 0) return readPing(place)
    const { direction } = place.frame
    if (direction === 'out') return readCommand(message, place)
    const id = idOf(message)
    if (id !== null || Object.hasOwn(message, 'error')) return readReply(message, id, place)
    const wrapped = own(message, 'push')
    // Streams of one way leave the wrapping out.
    const push = isRecord(wrapped) ? wrapped : message
    return readPush(push, {
      ...place,
      path: push === message ? place.path : `${place.path}.push`,
    })
  }

  /** Empty; the answer is empty, too. [centrifugo] Ping Pong */
  function readPing(place: Place): NewPacket {
    if (place.frame.direction === 'out') {
      return packet('pong', { answers: pairs.answer(place.frame, ping) })
    }
    if (pongs) ask(place, ping)
    return packet('ping', { asks: pongs })
  }

  function ask({ frame: { direction, seq, at }, ix }: Place, id: string, name?: string): void {
    pairs.ask(direction, id, name === undefined ? { seq, ix, at } : { seq, ix, at, name })
  }

  function readCommand(message: JsonObject, place: Place): NewPacket | null {
    const method = methods.find((name) => Object.hasOwn(message, name))
    const body = method === undefined ? null : own(message, method)
    if (method === undefined || !isRecord(body)) return null
    const id = idOf(message)
    const name = ownText(body, 'channel') ?? ownText(body, 'method')
    if (id !== null) {
      ask(place, id, name)
      remember(id, method)
    }
    return packet(method, {
      name,
      key: id,
      ...contentOf(method, body, `${place.path}.${method}`),
      asks: id !== null,
    })
  }

  function remember(id: string, method: string): void {
    asked.set(id, method)
    const [oldest] = asked.keys()
    if (asked.size > decodeLimits.openRequests && oldest !== undefined) asked.delete(oldest)
  }

  function readReply(message: JsonObject, id: string | null, { frame, path }: Place): NewPacket {
    const answers = id === null ? null : pairs.answer(frame, id)
    const method = asked.get(id ?? '') ?? methods.find((name) => Object.hasOwn(message, name))
    asked.delete(id ?? '')
    const flaws = [answers === null && unaskedFlaw(frame)]
    const error = own(message, 'error')
    if (error !== undefined) {
      const type = method === undefined ? 'error' : `${method} error`
      return packet(type, {
        name: answers?.name,
        key: id,
        summary: errorWords(error),
        answers,
        flaws,
      })
    }
    const body = method === undefined ? undefined : own(message, method)
    if (method === 'connect' && isRecord(body)) pongs = own(body, 'pong') === true
    return packet(method ?? 'reply', {
      name: answers?.name,
      key: id,
      ...(isRecord(body) && contentOf(method ?? '', body, `${path}.${method}`)),
      answers,
      flaws,
    })
  }

  function readPush(push: JsonObject, { path }: Place): NewPacket | null {
    const field = pushes.find((name) => Object.hasOwn(push, name))
    const body = field === undefined ? null : own(push, field)
    if (field === undefined || !isRecord(body)) return null
    if (field === 'connect') pongs = own(body, 'pong') === true
    return packet(field === 'pub' ? 'publication' : field, {
      name: ownText(push, 'channel'),
      ...contentOf(field, body, `${path}.${field}`),
    })
  }

  function unaskedFlaw({ kind }: DataFrame): string | false {
    // Beside a stream over HTTP commands go elsewhere.
    if (kind !== 'message' || unread) return false
    return pairs.forgot('out')
      ? `Its command is not known: more than ${formatCount(decodeLimits.openRequests)} were open.`
      : 'No command with this ID is open.'
  }

  return {
    protocol,
    push(input) {
      const { frame, payload } = input
      const commands = frame.kind === 'request' ? emulated(payload) : payload
      const messages = readMessages(commands, isText(frame), frame.direction)
      const { packets, isWhole } = packetsOfRead(protocol, messages, input, (one, _flaw, place) =>
        readMessage(one, { frame, ...place }),
      )
      if (!isWhole && frame.direction === 'out') unread = true
      return packets
    },
    missed({ direction }) {
      if (direction === 'out') unread = true
    },
  }
}

/** Beside a stream of two ways commands go with the session that they are of. [centrifugo] centrifuge.js, emulation */
function emulated(payload: Uint8Array): Uint8Array {
  const request = readObject(payload)
  const data = request === null ? undefined : ownText(request, 'data')
  const isOf = request !== null && ownText(request, 'session') !== undefined
  return isOf && data !== undefined ? new TextEncoder().encode(data) : payload
}

const heartbeats: ReadonlySet<string> = new Set(['ping', 'pong'])
const control: ReadonlySet<string> = new Set(['connect', 'disconnect', 'refresh', 'sub_refresh'])

/** A key that no command has. */
const ping = 'ping'

function isText(frame: DataFrame): boolean {
  return frame.kind !== 'message' || frame.detail.type === 'text'
}

/** Null for what has none, or 0. */
function idOf(message: JsonObject): string | null {
  const id = own(message, 'id')
  return typeof id === 'number' && id !== 0 ? String(id) : null
}

/** What programs send and get; of a connection no token and no session. */
function contentOf(field: string, body: JsonObject, path: string): PacketParts {
  const data = own(body, 'data')
  if (field === 'connect') return { summary: connectWords(body) }
  if (field === 'disconnect')
    return { summary: errorWords({ ...body, message: own(body, 'reason') }) }
  if (data !== undefined) {
    return { summary: summaryOf(data), body: `${path}.data` }
  }
  const rest = Object.entries(body).filter(([name]) => !untold.has(name))
  return rest.length === 0 ? {} : { summary: summaryOf(Object.fromEntries(rest)) }
}

const untold: ReadonlySet<string> = new Set(['channel', 'method', 'token'])

/** `js 5.3.0`, `6.2.1, pings every 25 s`. */
function connectWords(body: JsonObject): string | undefined {
  const beat = own(body, 'ping')
  const who = [ownText(body, 'name'), ownText(body, 'version')].filter((word) => word !== undefined)
  const words = [who.join(' '), typeof beat === 'number' ? `pings every ${beat} s` : '']
  return words.filter((word) => word !== '').join(', ') || undefined
}

/** `103 permission denied`. */
function errorWords(error: unknown): string | undefined {
  if (!isRecord(error)) return summaryOf(error)
  const [code, message] = [own(error, 'code'), own(error, 'message')]
  return [typeof code === 'number' ? String(code) : '', typeof message === 'string' ? message : '']
    .filter((word) => word !== '')
    .join(' ')
}
