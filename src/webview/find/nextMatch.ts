// Finds the next match of a filter after a frame, or the one before it, while the filter may still be reading.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowFilter, RowPositions } from '../../shared/session/captureRows.ts'
import { untilReadOn } from '../model/findRow.ts'
import type { ReadOn } from '../model/slowSearch.ts'

export type Direction = 'next' | 'previous'

/** Where and among what is sought. */
export interface Search {
  readonly filter: RowFilter
  /** Matches from this frame on do not count. */
  readonly endSeq: number
}

/** Of an answer about `endSeq`: the frames up to this one have been looked at; null where all have that count. */
export function readTo({ partial, upTo = 0 }: RowPositions, endSeq: number): number | null {
  return partial && upTo < endSeq - 1 ? upTo : null
}

/**
 * Of the match's frame: its number. Null where there is none, and none yet where `readOn` has ended the search. Rejects
 * as `positions` and `rows` do.
 */
export async function nextMatch(
  api: Pick<TimelineApi, 'positions' | 'rows'>,
  { filter, endSeq }: Search,
  fromSeq: number,
  direction: Direction,
  readOn: ReadOn,
): Promise<number | null> {
  const beside = Math.min(endSeq, direction === 'next' ? fromSeq + 1 : fromSeq)
  for (;;) {
    const answer = await api.positions(filter, [beside, endSeq])
    const [at = 0, total = 0] = answer.rows
    const upTo = readTo(answer, endSeq)
    const isKnown = at < total || (direction === 'previous' && upTo !== null && upTo >= beside - 1)
    if (isKnown || upTo === null || !readOn(upTo)) {
      const index = direction === 'next' ? at : at - 1
      if (index < 0 || index >= total) return null
      const page = await api.rows(filter, index, 1)
      return page.rows[0]?.frame.seq ?? null
    }
    await untilReadOn()
  }
}
