// Tells of packets that ask how long no answer has come.

import type { Frame } from '../../../shared/frame/frame.ts'
import { type Packet, waits } from '../../../shared/frame/packet.ts'
import type { FramePage } from './frameReader.ts'

/** An answer that takes longer is missed. */
const patienceMs = 10_000

/** Where the session stands. */
export interface SessionMoment {
  readonly last: Pick<Frame, 'at' | 'kind' | 'connection'>
  /** Epoch ms. */
  readonly now: number
  /** More may come: it is being recorded. */
  readonly isLive: boolean
}

interface Decoded {
  /** See `CaptureDecoding`. */
  decodedTo(): number
  sinceLastMs(): number | null
}

/** Null while the frames are not all decoded: an answer may be among them. */
export function findMoment(
  source: { last(): number; read(seq: number, count: number): FramePage },
  { decodedTo, sinceLastMs }: Decoded,
): SessionMoment | null {
  if (decodedTo() < source.last()) return null
  const [row] = source.read(source.last(), 1).rows
  if (!row) return null
  const since = sinceLastMs()
  return { last: row.frame, now: row.frame.at + (since ?? 0), isLive: since !== null }
}

/** How long a packet of this frame that waits has done so, since it was sent or last told of its progress; null while that is usual. */
export function waitedFor(
  frame: Pick<Frame, 'kind' | 'connection'>,
  sinceAt: number,
  { last, now, isLive }: SessionMoment,
): NonNullable<Packet['unanswered']> | null {
  const over = !isLive || last.kind === 'end' || hasFollower(frame, last)
  const ms = Math.max(0, (over ? last.at : now) - sinceAt)
  return over || ms >= patienceMs ? { ms, over } : null
}

/** The packets of one frame, as they are `moment`; those that wait not long yet are as they were. */
export function withUnanswered(
  frame: Frame,
  packets: readonly Packet[],
  moment: SessionMoment,
): readonly Packet[] {
  return packets.map((packet) => {
    if (!waits(packet)) return packet
    const unanswered = waitedFor(frame, packet.progress?.at ?? frame.at, moment)
    return unanswered === null ? packet : { ...packet, unanswered }
  })
}

/** Whether the stream or WebSocket is over: another one has followed. Polls may overlap. */
function hasFollower(
  { kind, connection }: Pick<Frame, 'kind' | 'connection'>,
  last: Pick<Frame, 'connection'>,
): boolean {
  const isStream = kind === 'message' || kind === 'event' || kind === 'record'
  return isStream && last.connection > connection
}
