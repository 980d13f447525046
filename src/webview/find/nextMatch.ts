// Finds the next match of a filter after a frame, or the one before it, while the filter may still be reading.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import { untilReadOn } from '../model/findRow.ts'

export type Direction = 'next' | 'previous'

/** Where and among what is sought. */
export interface Search {
  readonly filter: RowFilter
  /** Matches from this frame on do not count. */
  readonly endSeq: number
}

/** Of the match's frame: its number. Null where there is none. Rejects as `positions` and `rows` do. */
export async function nextMatch(
  api: Pick<TimelineApi, 'positions' | 'rows'>,
  { filter, endSeq }: Search,
  fromSeq: number,
  direction: Direction,
): Promise<number | null> {
  const beside = Math.min(endSeq, direction === 'next' ? fromSeq + 1 : fromSeq)
  for (;;) {
    const { rows, partial } = await api.positions(filter, [beside, endSeq])
    const [at = 0, total = 0] = rows
    if (at < total || !partial) {
      const index = direction === 'next' ? at : at - 1
      if (index < 0 || index >= total) return null
      const page = await api.rows(filter, index, 1)
      return page.rows[0]?.frame.seq ?? null
    }
    await untilReadOn()
  }
}
