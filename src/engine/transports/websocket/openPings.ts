// Pings of one side that wait for their pongs.

import { msBetween } from '../clock.ts'
import type { AnsweredPing } from './wsEmitter.ts'

/** A peer that answers none of so many has its oldest ones forgotten. */
const maxOutstanding = 1000

export interface OpenPings {
  /** A ping has been recorded as `seq`. */
  sent(seq: number, data: Uint8Array, at: number): void
  /** What a pong answers: the oldest ping of the same bytes. Those before it count as answered. */
  answered(data: Uint8Array, at: number): AnsweredPing & { readonly pings: readonly Buffer[] }
}

export function createOpenPings(): OpenPings {
  let outstanding: { readonly seq: number; readonly at: number; readonly data: Buffer }[] = []
  return {
    sent(seq, data, at) {
      outstanding.push({ seq, at, data: Buffer.from(data) })
      if (outstanding.length > maxOutstanding) outstanding = outstanding.slice(-maxOutstanding / 2)
    },
    answered(data, at) {
      // [rfc6455] 5.5.3: a pong may answer the latest ping only, and may come unasked.
      const index = outstanding.findIndex((ping) => ping.data.equals(data))
      const ping = outstanding[index]
      if (ping === undefined) return { replyTo: null, pings: [] }
      const answered = outstanding.splice(0, index + 1)
      return {
        replyTo: ping.seq,
        rttMs: msBetween(ping.at, at),
        pings: answered.map((one) => one.data),
      }
    },
  }
}
