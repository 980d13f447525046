// A packet as rows and exports have it, made of what a decoder says: what it answers is a frame and a time.

import type { Packet } from '../../shared/frame/packet.ts'
import { roundToMicroseconds } from '../../shared/frame/roundToMicroseconds.ts'
import type { NewPacket } from './shapes/decoder.ts'

/** `at`: epoch ms of the packet's frame. */
export function toPacket(made: NewPacket, at: number): Packet {
  const { answers, progressOf: _, cancels, ...packet } = made
  return {
    ...packet,
    ...(cancels && { cancels: cancels.seq }),
    ...(answers && { answers: answers.seq, latencyMs: latencyOf(answers.at, at) }),
  }
}

/** Milliseconds with microseconds as the fraction; clocks that were set back make none below zero. */
export function latencyOf(askedAt: number, answeredAt: number): number {
  return roundToMicroseconds(Math.max(0, answeredAt - askedAt))
}
