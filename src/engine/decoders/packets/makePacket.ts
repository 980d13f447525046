// Makes a packet of its parts, as long as they may be, without those that do not apply.

import { isRest } from '../../../shared/frame/packet.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import type { Asked, NewPacket } from '../shapes/decoder.ts'
import { word } from './jsonMessage.ts'
import { shortJson } from './shortJson.ts'

export interface PacketParts {
  readonly name?: string | null | undefined
  readonly key?: string | null | undefined
  /** Cut to a word's length: JSON is better shortened before, by `summaryOf`. */
  readonly summary?: string | undefined
  /** The path of the content in the frame's JSON. */
  readonly body?: string | undefined
  readonly asks?: boolean
  readonly answers?: Asked | null | undefined
  /** Sentences; those that are no text do not apply. */
  readonly flaws?: readonly (string | false | null | undefined)[]
}

export function makePacket(
  { protocol, type, level }: Pick<NewPacket, 'protocol' | 'type' | 'level'>,
  { name, key, summary, body, asks, answers, flaws = [] }: PacketParts,
): NewPacket {
  // Field by field: spread objects take three times as long, and a capture has a million packets.
  const packet: Writable<NewPacket> = { protocol, type: typeWord(type), level }
  if (name != null) packet.name = word(name)
  if (key != null) packet.key = word(key)
  if (summary !== undefined) packet.summary = word(summary)
  if (body !== undefined) packet.body = body
  if (asks) packet.asks = asks
  if (answers) packet.answers = answers
  for (const flaw of flaws) {
    if (typeof flaw === 'string') packet.flaw = packet.flaw ? `${packet.flaw} ${flaw}` : flaw
  }
  return packet
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** It may be the peer's word: then it is cut, and never one that is kept for something else. */
function typeWord(type: string): string {
  return type === '' || isRest({ type }) ? 'unknown' : word(type)
}

/** What a packet carries, in the words of a row; undefined for what is not there. */
export function summaryOf(value: unknown): string | undefined {
  return value === undefined ? undefined : shortJson(value, decodeLimits.summaryChars)
}

/** Stands for so many that are beyond `decodeLimits.packets`, or more; see `isRest`. */
export function restPacket(protocol: string, count: number, orMore = false): NewPacket {
  const name = `${formatCount(count)}${orMore ? ' or more' : ''} not decoded`
  return { protocol, type: 'more', name, level: 'app' }
}
