// The newest rows of a view that follows them: read with each status, so that the view need not ask.

import type { Tail, TailWish } from '../shared/session/captureRows.ts'
import type { CaptureReads } from './capture/captureReader.ts'
import { CaptureError } from './capture/format/captureError.ts'

export interface FollowedTail {
  /** In place of what was followed before; null follows nothing. */
  follow(wish: TailWish | null): void
  /**
   * Rows that have come since the last call, as many as are wished; null where none have, nothing is followed, or finding
   * them takes long.
   */
  next(capture: Pick<CaptureReads, 'tail'>): Tail | null
}

export function createFollowedTail(): FollowedTail {
  let wish: TailWish | null = null
  /** Rows before this one have been told and stay. */
  let toldTo = 0

  function read({ id, filter, rows }: TailWish, capture: Pick<CaptureReads, 'tail'>): Tail | null {
    const page = capture.tail(filter, toldTo, rows)
    if (page === null) return null
    // Those that are not settled may be folded with what comes.
    toldTo = Math.min(page.from + page.rows.length, page.settled ?? Number.POSITIVE_INFINITY)
    return { id, page }
  }

  return {
    follow(next) {
      wish = next
      toldTo = 0
    },
    next(capture) {
      if (wish === null) return null
      try {
        return read(wish, capture)
      } catch (error) {
        // The view asks for them itself, and is told why they cannot be read.
        if (error instanceof CaptureError) return null
        throw error
      }
    },
  }
}
