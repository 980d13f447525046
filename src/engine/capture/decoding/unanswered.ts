// Tells of packets that ask how long no answer has come.

import type { Frame } from '../../../shared/frame/frame.ts'
import { type Packet, waits } from '../../../shared/frame/packet.ts'

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

/** The packets of one frame, as they are `moment`; those that wait not long yet are as they were. */
export function withUnanswered(
  frame: Frame,
  packets: readonly Packet[],
  { last, now, isLive }: SessionMoment,
): readonly Packet[] {
  const over = !isLive || last.kind === 'end' || hasFollower(frame, last)
  const until = over ? last.at : now
  return packets.map((packet) => {
    const ms = Math.max(0, until - (packet.progress?.at ?? frame.at))
    const isLong = waits(packet) && (over || ms >= patienceMs)
    return isLong ? { ...packet, unanswered: { ms, over } } : packet
  })
}

/** Whether the stream or WebSocket is over: another one has followed. Polls may overlap. */
function hasFollower({ kind, connection }: Frame, last: Pick<Frame, 'connection'>): boolean {
  const isStream = kind === 'message' || kind === 'event' || kind === 'record'
  return isStream && last.connection > connection
}
