// Finds the row of a time among the rows that are shown: by halving, for they stand in the order of time.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Row, RowFilter } from '../../shared/session/captureRows.ts'

/** A row and its number, from 0. */
export interface TimedRow {
  readonly index: number
  readonly row: Row
}

/**
 * The first of the `total` rows at or after the time, or the folded one that lasts beyond it; of a time after all of
 * them the last. Null where there are no rows. Rejects as `rows` does.
 */
export async function rowAtTime(
  api: Pick<TimelineApi, 'rows'>,
  filter: RowFilter,
  total: number,
  elapsedMs: number,
): Promise<TimedRow | null> {
  let low = 0
  let high = total - 1
  let found: TimedRow | null = null
  while (low <= high) {
    const index = Math.floor((low + high) / 2)
    const [row] = (await api.rows(filter, index, 1)).rows
    if (!row) return found
    if (endOf(row) >= elapsedMs || index === total - 1) {
      found = { index, row }
      high = index - 1
    } else low = index + 1
  }
  return found
}

function endOf({ frame, fold }: Row): number {
  return frame.elapsedMs + (fold && !fold.open ? fold.spanMs : 0)
}
