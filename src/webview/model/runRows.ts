// The places of runs among the rows.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import type { RowStore } from './rowStore.ts'

/** How many rows come before those of the run that `index` is one of; 0 where not all of them are read. */
export function rowsBeforeRun(rows: RowStore, index: number, firstSeq: number): number {
  const isWithin = (at: number) => {
    const row = rows.row(at)
    return row?.fold?.firstSeq === firstSeq || row?.gapMs !== undefined
  }
  let at = index
  while (isWithin(at - 1)) at--
  // A silence above the first one is none of the run's.
  while (rows.row(at)?.gapMs !== undefined) at++
  return rows.row(at)?.frame.seq === firstSeq ? at : 0
}

/** How many rows there are up to this frame. Null where it cannot be told: the rows' own reading says what is wrong. */
export async function rowsUpTo(
  api: Pick<TimelineApi, 'position'>,
  filter: RowFilter,
  seq: number,
): Promise<number | null> {
  const { text, fold, gapMs, afterSeq } = filter
  if (text !== '' || (fold ?? gapMs) === undefined)
    return api.position(filter, seq + 1).catch(() => null)
  if (seq <= afterSeq) return 0
  // Of a run that has gone on growing since, the row is there; a silence after the frame is not.
  const last = await api.position(filter, seq).catch(() => null)
  return last === null ? null : last + 1
}
