// The places of runs among the rows.

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
