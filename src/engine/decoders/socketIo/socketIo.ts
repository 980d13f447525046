// Socket.IO over Engine.IO 3 and 4, by WebSocket and by polling; Engine.IO alone where nothing is on top of it.
// [engine.io] docs/engine.io-protocol/v4-current.md, v3.md

import { decodeLimits } from '../../../shared/limits.ts'
import { parseJson } from '../../../shared/text/parseJson.ts'
import { formatDelay, formatSize } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'
import { readObject } from '../packets/jsonMessage.ts'
import { makePacket, summaryOf } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import { pathOf, queryValue } from '../packets/urlQuery.ts'
import type {
  ConnectionFacts,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'
import {
  type EnginePacket,
  type EngineType,
  looksLikeVersion3,
  readEngineBody,
  readEngineMessage,
} from './engineIoPackets.ts'
import { createSocketMessages } from './socketIoMessages.ts'
import { readSocketBytes, readSocketPacket, type SocketPacket } from './socketIoPacket.ts'

export const socketIo: Protocol = {
  name: 'socket.io',
  version: 2,
  fitsConnection: (facts) => isEngine(facts) && !isAlone(facts),
  fitsData: (inputs) => opensEngine(inputs.at(-1) as DecodeInput),
  conversation: sessionOf,
  read: (payload, facts) => readForPeople(payload, facts, true),
  create: () => createEngineDecoder(socketIo.name),
}

export const engineIo: Protocol = {
  name: 'engine.io',
  version: 1,
  fitsConnection: (facts) => isEngine(facts) && isAlone(facts),
  // What opens a connection is the same: only the path tells them apart.
  fitsData: () => false,
  conversation: sessionOf,
  read: (payload, facts) => readForPeople(payload, facts, false),
  create: () => createEngineDecoder(engineIo.name),
}

function isEngine(facts: ConnectionFacts): boolean {
  return /^[34]$/.test(queryValue(facts, 'EIO') ?? '') && queryValue(facts, 'transport') !== null
}

/** [engine.io] v4 Request path */
function isAlone(facts: ConnectionFacts): boolean {
  return /\/engine\.io\/?$/.test(pathOf(facts))
}

/** [engine.io] v4 Handshake: the server's first packet. */
function opensEngine({ frame, payload }: DecodeInput): boolean {
  if (frame.direction !== 'in' || payload.length > 1000) return false
  const [, json] = /^(?:\d{1,4}:)?0(\{"sid":.*)$/s.exec(decodeText(payload)) ?? []
  const open = json === undefined ? undefined : parseJson(json)
  return isRecord(open) && typeof own(open, 'pingInterval') === 'number'
}

/** [engine.io] v4 Handshake: the polls of a session have its id, and the WebSocket that takes over from them. */
function sessionOf(facts: ConnectionFacts): string | null {
  return queryValue(facts, 'sid')
}

function versionOf(facts: ConnectionFacts, payload: Uint8Array): 3 | 4 {
  const written = queryValue(facts, 'EIO')
  return written === '3' || (written === null && looksLikeVersion3(payload)) ? 3 : 4
}

function createEngineDecoder(protocol: string): Decoder {
  const messages = createSocketMessages()
  const pings = createOpenRequests()
  /** Whether Socket.IO is on top of it; null before the first message. */
  let carriesSocketIo = protocol === engineIo.name ? false : null

  function make(type: string, level: NewPacket['level'], parts: Parameters<typeof makePacket>[1]) {
    return makePacket({ protocol, type, level }, parts)
  }

  function readMessage(data: string | Uint8Array, frame: DataFrame, ix: number): NewPacket {
    carriesSocketIo ??= packetOf(data)?.flaws.length === 0
    if (carriesSocketIo) return messages.push(data, frame, ix)
    return make('message', 'app', { summary: contentWords(data) })
  }

  /** [engine.io] v4 Heartbeat, Upgrade: with the data `probe` it tries whether a WebSocket gets through. */
  function readBeat(type: 'ping' | 'pong', text: string, { frame, ix, version }: Place): NewPacket {
    const isProbe = text === 'probe'
    const { direction, seq, at } = frame
    if (type === 'ping') pings.ask(direction, text.slice(0, 20), { seq, ix, at })
    // [engine.io] v4 History: who pings was turned round.
    const pinger = version === 4 ? 'in' : 'out'
    return make(type, isProbe ? 'control' : 'heartbeat', {
      summary: text === '' ? undefined : text,
      asks: type === 'ping',
      answers: type === 'pong' ? pings.answer(frame, text.slice(0, 20)) : null,
      flaws: [
        !isProbe &&
          (direction === pinger) !== (type === 'ping') &&
          `In version ${version} of Engine.IO the ${version === 4 ? 'server' : 'client'} pings.`,
      ],
    })
  }

  function readPacket(packet: EnginePacket, place: Place): NewPacket {
    const { type, data } = packet
    if (type === 'message') return readMessage(data, place.frame, place.ix)
    if (type === 'more') return { protocol, type, level: 'app', name: data }
    if (type === 'invalid') {
      messages.missed(place.frame.direction)
      return make(type, 'app', { flaws: [data] })
    }
    const text = typeof data === 'string' ? data : decodeText(data)
    if (type === 'ping' || type === 'pong') return readBeat(type, text, place)
    if (type === 'open') return make(type, 'control', openParts(text))
    return make(type, 'control', { summary: text === '' ? undefined : text })
  }

  return {
    protocol,
    push({ frame, payload, firstIx, facts }) {
      if (frame.kind === 'response' && frame.detail.status !== 200) {
        return refusal(payload).map(({ type, summary }) => make(type, 'app', { summary }))
      }
      const version = versionOf(facts, payload)
      return enginePackets({ frame, payload, version }).map((packet, nth) =>
        readPacket(packet, { frame, ix: firstIx + nth, version }),
      )
    },
    missed: ({ direction }) => messages.missed(direction),
  }
}

interface Place {
  readonly frame: DataFrame
  readonly ix: number
  readonly version: 3 | 4
}

function enginePackets({
  frame,
  payload,
  version,
}: Omit<Place, 'ix'> & Pick<DecodeInput, 'payload'>): readonly EnginePacket[] {
  if (frame.kind === 'message') {
    return [readEngineMessage(payload, frame.detail.type === 'text', version)]
  }
  // [engine.io] v4 Sending data: the answer to a POST.
  if (frame.kind === 'response' && payload.length === 2 && decodeText(payload) === 'ok') return []
  return readEngineBody(payload, version)
}

/** `1 Session ID unknown`. [engine.io] server: errorMessages */
function refusal(
  payload: Uint8Array,
): readonly { readonly type: 'error'; readonly summary: string }[] {
  const answer = readObject(payload)
  if (answer === null) return []
  const [code, message] = [own(answer, 'code'), own(answer, 'message')]
  if (typeof code !== 'number' || typeof message !== 'string') return []
  return [{ type: 'error', summary: `${code} ${message}` }]
}

/** [engine.io] v4 Handshake. The id opens the session to anybody who has it, so it is not told. */
function openParts(text: string): Parameters<typeof makePacket>[1] {
  const open = parseJson(text)
  if (!isRecord(open)) return { flaws: ['It is no JSON object.'] }
  const [interval, timeout] = [own(open, 'pingInterval'), own(open, 'pingTimeout')]
  const upgrades = own(open, 'upgrades')
  const words = [
    isDuration(interval) && `pings every ${formatDelay(interval)}`,
    isDuration(timeout) && `waits ${formatDelay(timeout)}`,
    Array.isArray(upgrades) &&
      upgrades.length > 0 &&
      `upgrades to ${upgrades.slice(0, 3).join(', ')}`,
  ]
  return {
    summary: words.filter((one) => one !== false).join(', '),
    flaws: [typeof own(open, 'sid') !== 'string' && 'It has no session id.'],
  }
}

/** In the text of its own parser or in MessagePack. */
function packetOf(data: string | Uint8Array): SocketPacket | null {
  return typeof data === 'string' ? readSocketPacket(data) : readSocketBytes(data)
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

/** Of a message that nothing is known of: JSON in short, other text as it is, bytes by their number. */
function contentWords(data: string | Uint8Array): string {
  if (typeof data !== 'string') return formatSize(data.length)
  const value = parseJson(data)
  return summaryOf(value) ?? data.slice(0, decodeLimits.summaryChars)
}

/** One packet, or a list of several; undefined of bytes that stand alone. */
function readForPeople(payload: Uint8Array, facts: ConnectionFacts, hasMessages: boolean): unknown {
  const version = versionOf(facts, payload)
  const isPoll = queryValue(facts, 'transport') === 'polling'
  const isText = isPacketText(payload)
  // Bytes say themselves what they are only in version 3 and in MessagePack.
  if (!isPoll && !isText && version === 4 && readSocketBytes(payload) === null) return undefined
  const packets = isPoll
    ? readEngineBody(payload, version)
    : [readEngineMessage(payload, isText, version)]
  if (packets.every(({ type }) => type === 'invalid')) return undefined
  const told = packets.map(({ type, data }) => tellPacket(type, data, hasMessages))
  return told.length === 1 ? told[0] : told
}

/** A type's figure, or the `b` of bytes in base64. */
function isPacketText(payload: Uint8Array): boolean {
  const first = payload[0] ?? 0
  return first === 0x62 || (first >= 0x30 && first <= 0x36)
}

function tellPacket(
  type: EngineType | 'invalid' | 'more',
  data: string | Uint8Array,
  hasMessages: boolean,
) {
  const packet = type === 'message' && hasMessages ? packetOf(data) : null
  if (packet !== null && packet.flaws.length === 0) {
    const { type: kind, namespace, id, attachments, data: content } = packet
    return {
      type: kind,
      namespace,
      ...(id !== null && { id }),
      ...(attachments !== null && { attachments }),
      ...(content !== undefined && { data: content }),
    }
  }
  if (typeof data !== 'string') return { type, bytes: data.length }
  return { type, ...(data !== '' && { data: parseJson(data) ?? data }) }
}
