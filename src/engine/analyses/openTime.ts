// The time in which something could arrive: while a poll was waiting for its answer, or a stream was open.

import type { SeenFrame } from '../../shared/frame/frame.ts'
import { isGoodAnswer } from '../../shared/frame/httpDetail.ts'

export interface OpenTime {
  add(frame: SeenFrame, seq: number): void
  /** Milliseconds up to then, what is open still included. */
  until(at: number): number
}

export function createOpenTime(): OpenTime {
  let sumMs = 0
  /** Since when a stream is open, or a poll; null while nothing is. */
  let openAt: number | null = null
  /** The poll's request; null where it is a stream. */
  let asked: number | null = null

  function open(at: number, request: number | null): void {
    openAt = at
    asked = request
  }

  function close(at: number): void {
    if (openAt !== null) sumMs += Math.max(0, at - openAt)
    openAt = null
    asked = null
  }

  function addExchange(
    frame: SeenFrame & { readonly kind: 'request' | 'response' },
    seq: number,
  ): void {
    const { at, detail } = frame
    if (detail.purpose === 'companion') return
    // The one before is over, even if nothing has told so.
    close(at)
    const isPoll = detail.purpose === 'poll' || detail.purpose === 'long-poll'
    if (frame.kind === 'request' && isPoll) open(at, seq)
    if (frame.kind === 'response' && !isPoll && isGoodAnswer(frame.detail)) open(at, null)
  }

  return {
    add(frame, seq) {
      const { kind, at, replyTo } = frame
      if (frame.kind === 'request' || frame.kind === 'response') addExchange(frame, seq)
      else if (kind === 'wait' || kind === 'close' || kind === 'end') close(at)
      // A stream may go on after an error: what ends it is followed by a wait or the end.
      else if (kind === 'error' && asked !== null && replyTo === asked) close(at)
    },
    until: (at) => sumMs + (openAt === null ? 0 : Math.max(0, at - openAt)),
  }
}
