// The rhythm of a session's polls: when they were asked, and how long it took until something was new.

import type { RequestDetail, ResponseDetail } from '../../../../shared/frame/httpDetail.ts'
import { createDistribution } from '../../numbers/distribution.ts'
import type { SeenOf } from '../shapes/rule.ts'

export type PollFrame = SeenOf<'request' | 'response'>

/** An answer to a poll that leads nowhere else; null for any other frame. */
export function pollAnswer(seen: PollFrame, purpose: 'poll' | 'long-poll'): ResponseDetail | null {
  const { frame } = seen
  if (frame.kind !== 'response' || frame.detail.purpose !== purpose) return null
  return frame.detail.redirectTo === undefined ? frame.detail : null
}

/** The request for which the answer came. */
export function askedFor({ connection }: PollFrame): RequestDetail | null {
  return connection.request?.detail ?? null
}

/** Times of requests. */
export function createIntervals() {
  const spread = createDistribution()
  let lastAt: number | null = null
  return {
    /** One that is no poll's counts for nothing. */
    add({ frame, seq }: PollFrame, purpose: 'poll' | 'long-poll'): void {
      if (frame.kind !== 'request' || frame.detail.purpose !== purpose) return
      if (lastAt !== null) spread.add(Math.max(0, frame.at - lastAt), seq)
      lastAt = frame.at
    },
    /** Milliseconds from one poll to the next, in half of all cases at the most; null before the second. */
    median: (): number | null => spread.result()?.p50 ?? null,
  }
}
