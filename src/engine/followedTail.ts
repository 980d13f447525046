// The newest rows of a view that follows them: read with each status, so that the view need not ask.

import type { Tail, TailWish } from '../shared/session/captureRows.ts'
import type { CaptureReads } from './capture/captureReader.ts'
import { CaptureError } from './capture/format/captureError.ts'

export interface FollowedTail {
  /** In place of what was followed before; null follows nothing. */
  follow(wish: TailWish | null): void
  /** Rows that have come since the last call, as many as are wished; null where none have, or nothing is followed. */
  next(capture: Pick<CaptureReads, 'rows' | 'position'>): Tail | null
}

export function createFollowedTail(): FollowedTail {
  let wish: TailWish | null = null
  /** Rows before this one have been told. */
  let toldTo = 0

  function read(
    { id, filter, rows }: TailWish,
    capture: Pick<CaptureReads, 'rows' | 'position'>,
  ): Tail | null {
    const end = capture.position(filter, Number.MAX_SAFE_INTEGER)
    // Those that are folded change while they grow.
    const from = Math.max(filter.fold ? 0 : toldTo, end - rows)
    if (from >= end) return null
    const page = capture.rows(filter, from, end - from)
    toldTo = page.from + page.rows.length
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
