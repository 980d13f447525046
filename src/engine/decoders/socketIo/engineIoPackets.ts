// Cuts payloads into packets of Engine.IO 3 and 4. [engine.io] docs/engine.io-protocol/v4-current.md, v3.md

import { parseBase64 } from '../../../shared/endpoint/messageBytes.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { decodeText } from '../../protocols/bytes/utf8.ts'

export const engineTypes = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'] as const

export type EngineType = (typeof engineTypes)[number]

/** One packet; `invalid` is none, and its data says why; `more` are those that are not read. */
export type EnginePacket =
  | { readonly type: EngineType; readonly data: string | Uint8Array }
  | { readonly type: 'invalid' | 'more'; readonly data: string }

const noPacket: EnginePacket = { type: 'invalid', data: 'It is no packet of Engine.IO.' }
const separator = '\x1e'

/** A WebSocket message. Version 3 has the type before bytes, too; version 4 sends them as they are. */
export function readEngineMessage(
  payload: Uint8Array,
  isText: boolean,
  version: 3 | 4,
): EnginePacket {
  if (isText) return readText(decodeText(payload), version)
  return version === 4 ? { type: 'message', data: payload } : readBytes(payload)
}

/** The body of an exchange: one packet or several. */
export function readEngineBody(body: Uint8Array, version: 3 | 4): readonly EnginePacket[] {
  if (version === 4) return readSeparated(decodeText(body))
  // [engine.io] v3 Payload: a body with bytes in it begins with 0 or 1, another one with a figure in ASCII.
  return (body[0] ?? 2) <= 1 ? readCountedBytes(body) : readCountedText(decodeText(body))
}

/** What a body is, where no URL tells: version 3 counts the characters of each packet. */
export function looksLikeVersion3(payload: Uint8Array): boolean {
  return /^\d{1,7}:[b0-6]/.test(decodeText(payload, 0, Math.min(payload.length, 9)))
}

function readText(text: string, version: 3 | 4): EnginePacket {
  if (text.startsWith('b')) return readBase64(text, version)
  const type = engineTypes[Number(text[0] ?? Number.NaN)]
  return type === undefined ? noPacket : { type, data: text.slice(1) }
}

/** [engine.io] v4 Packet encoding: bytes are always a message, and version 3 writes the type after the `b`. */
function readBase64(text: string, version: 3 | 4): EnginePacket {
  const type = version === 4 ? 'message' : engineTypes[Number(text[1] ?? Number.NaN)]
  if (type === undefined) return noPacket
  const data = parseBase64(text.slice(version === 4 ? 1 : 2))
  return data === null ? { type: 'invalid', data: 'Its bytes are not in base64.' } : { type, data }
}

function readBytes(bytes: Uint8Array): EnginePacket {
  const type = engineTypes[bytes[0] ?? engineTypes.length]
  return type === undefined ? noPacket : { type, data: bytes.subarray(1) }
}

function readSeparated(body: string): readonly EnginePacket[] {
  const texts = body.split(separator)
  const packets = texts.slice(0, decodeLimits.packets).map((text) => readText(text, 4))
  return withRest(packets, texts.length - packets.length)
}

/** `6:4hello2:4€`: the counts are of UTF-16 code units, as JavaScript counts. */
function readCountedText(body: string): readonly EnginePacket[] {
  const packets: EnginePacket[] = []
  let at = 0
  while (at < body.length && packets.length <= decodeLimits.packets) {
    const [head, digits] = /^(\d{1,7}):/.exec(body.slice(at, at + 8)) ?? []
    const start = at + (head?.length ?? 0)
    at = start + Number(digits)
    if (head === undefined || at > body.length) return [...packets, brokenCount]
    packets.push(readText(body.slice(start, at), 3))
  }
  return cutPackets(packets)
}

/** 0 for text or 1 for bytes, the length in bytes as figures from 0 to 9, 255, the packet; and so on. */
function readCountedBytes(body: Uint8Array): readonly EnginePacket[] {
  const packets: EnginePacket[] = []
  let at = 0
  while (at < body.length && packets.length <= decodeLimits.packets) {
    const isText = body[at] === 0
    const end = body.indexOf(0xff, at)
    const figures = end < 0 ? [] : [...body.subarray(at + 1, Math.min(end, at + 9))]
    const start = end + 1
    const stop = start + Number(figures.join(''))
    const isSound = figures.length > 0 && figures.length < 8 && figures.every((one) => one <= 9)
    if (!isSound || (body[at] ?? 2) > 1 || stop > body.length) return [...packets, brokenCount]
    const one = body.subarray(start, stop)
    packets.push(isText ? readText(decodeText(one), 3) : readBytes(one))
    at = stop
  }
  return cutPackets(packets)
}

const brokenCount: EnginePacket = {
  type: 'invalid',
  data: 'Its length does not fit the body: what follows is not decoded.',
}

/** How many more there are would take as long to find out as to read them. */
function cutPackets(packets: readonly EnginePacket[]): readonly EnginePacket[] {
  if (packets.length <= decodeLimits.packets) return packets
  const rest: EnginePacket = { type: 'more', data: 'others not decoded' }
  return [...packets.slice(0, decodeLimits.packets), rest]
}

function withRest(packets: readonly EnginePacket[], count: number): readonly EnginePacket[] {
  if (count === 0) return packets
  return [...packets, { type: 'more', data: `${formatCount(count)} not decoded` }]
}
