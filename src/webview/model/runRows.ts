// Runs among the rows: their places, and how one is folded or opened.

import type { RowStore } from './rowStore.ts'
import type { RowSelection } from './selection.ts'
import type { ShownRows } from './shownRows.ts'

/** The run that begins at this frame becomes one row, or each of its frames one; rows above it stay as they are. False where rows are not folded. */
export function foldRun(
  { shown, selection }: { readonly shown: ShownRows; readonly selection: RowSelection },
  firstSeq: number,
  folded: boolean,
): boolean {
  if (!shown.filter.fold) return false
  const index = selection.current.index ?? -1
  const within = shown.rows.row(index)?.fold?.firstSeq === firstSeq
  shown.setFolded(firstSeq, folded, within ? rowsBeforeRun(shown.rows, index, firstSeq) : 0)
  selection.refold(firstSeq, within)
  return true
}

/** How many rows come before those of the run that `index` is one of; 0 where not all of them are read. */
function rowsBeforeRun(rows: RowStore, index: number, firstSeq: number): number {
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
