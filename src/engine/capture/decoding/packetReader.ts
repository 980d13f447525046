// Reads packets by their frames' numbers; a file may come from anywhere, and its rows may hold anything.

import type { DatabaseSync } from 'node:sqlite'
import type { Packet, PacketLevel } from '../../../shared/frame/packet.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { latencyOf } from '../../decoders/toPacket.ts'
import { moment } from '../format/checkedFrame.ts'
import type { Place } from '../format/decodedSchema.ts'
import { numberIn, within } from '../format/room.ts'

export interface PacketReader {
  /** Of the frames from `first` to `last`, by the frame's number. */
  packets(first: number, last: number): ReadonlyMap<number, readonly Packet[]>
  /** The frames after `after` up to `last` all of whose packets are heartbeats, in order. */
  heartbeats(after: number, last: number): readonly number[]
}

/** Those of one frame, and one that counts the others. */
const mostPackets = decodeLimits.packets + 1
/** A character takes up to four. */
const wordBytes = 4 * decodeLimits.wordChars
/** A packet may have several flaws, each of a sentence. */
const flawBytes = 4 * wordBytes

export function createPacketReader(database: DatabaseSync, place: Place): PacketReader {
  const ties = ['answers_seq', 'answered_seq', 'progress_seq', 'cancels_seq', 'cancelled_seq']
  const numbers = ['seq', 'asks', ...ties]
  const words = ['protocol', 'type', 'name', 'key', 'summary', 'body', 'level']
  const select = database.prepare(
    `SELECT *, (SELECT ${numberIn('at')} FROM frame WHERE frame.seq = d.seq) AS at,
       (SELECT ${numberIn('at')} FROM frame WHERE frame.seq = d.answers_seq) AS asked_at,
       (SELECT ${numberIn('at')} FROM frame WHERE frame.seq = d.progress_seq) AS progress_at
     FROM (SELECT ${numbers.map((name) => `${numberIn(name)} AS ${name}`).join(', ')},
         ${words.map((name) => within(name, wordBytes)).join(', ')}, ${within('flaw', flawBytes)}
       FROM ${place}.decoded WHERE decoded.seq >= ?1 AND decoded.seq <= ?2
       ORDER BY decoded.seq, ix LIMIT ?3) AS d`,
  )
  const selectHeartbeats = database.prepare(
    `SELECT seq FROM (SELECT seq, level IS 'heartbeat' AS beats FROM ${place}.decoded WHERE decoded.seq > ?1 AND decoded.seq <= ?2
       ORDER BY decoded.seq LIMIT max(?2 - ?1, 0) * ${mostPackets}) GROUP BY seq HAVING min(beats) ORDER BY seq`,
  )

  function packets(first: number, last: number): ReadonlyMap<number, readonly Packet[]> {
    const found = new Map<number, Packet[]>()
    for (const row of select.iterate(first, last, (last - first + 1) * mostPackets)) {
      const packet = soundPacket(row)
      if (packet === null) continue
      const of = found.get(row.seq as number)
      if (!of) found.set(row.seq as number, [packet])
      else if (of.length < mostPackets) of.push(packet)
    }
    return found
  }

  return {
    packets,
    heartbeats: (after, last) =>
      (selectHeartbeats.all(after, last) as { seq: number }[]).map(({ seq }) => seq),
  }
}

const levels: readonly unknown[] = ['app', 'control', 'heartbeat'] satisfies PacketLevel[]

/** Null where it is no packet. */
function soundPacket(row: Readonly<Record<string, unknown>>): Packet | null {
  const { protocol, type, level, asks, answers_seq: answers, answered_seq: answeredBy } = row
  const { at, asked_at: askedAt } = row
  if (!isText(protocol) || !isText(type) || !levels.includes(level)) return null
  const isAnswer = isNumber(answers) && moment(askedAt) && moment(at)
  return {
    protocol,
    type,
    level: level as PacketLevel,
    ...textOf('name', row),
    ...textOf('key', row),
    ...textOf('summary', row),
    ...textOf('body', row),
    ...(asks === 1 && { asks: true }),
    ...(isAnswer && { answers, latencyMs: latencyOf(askedAt as number, at as number) }),
    ...(isNumber(answeredBy) && { answeredBy }),
    ...tiesOf(row),
    ...textOf('flaw', row),
  }
}

/** What few have: how far it has come, and what calls off what. */
function tiesOf(row: Readonly<Record<string, unknown>>) {
  const { progress_seq: seq, progress_at: at, cancels_seq: cancels } = row
  const { cancelled_seq: cancelledBy } = row
  return {
    ...(isNumber(seq) && moment(at) && { progress: { seq, at: at as number } }),
    ...(isNumber(cancels) && { cancels }),
    ...(isNumber(cancelledBy) && { cancelledBy }),
  }
}

function textOf(
  name: 'name' | 'key' | 'summary' | 'body' | 'flaw',
  row: Readonly<Record<string, unknown>>,
) {
  const value = row[name]
  return typeof value === 'string' ? { [name]: value } : {}
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}
