// Facts about a filter, and the filters that are made from one.

import type { RowFilter } from '../../shared/session/captureRows.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'

/** Whether some frames are no rows, so that only the capture knows how many rows there are. */
export function hasGaps({ text, wire, fold }: RowFilter, status: SessionStatus | null): boolean {
  if (text !== '' || fold !== undefined) return true
  return !wire && (status?.statistics.wireFrames ?? 0) > 0
}

/** The time of the row above; null where a text hides rows between, so that it would say little. */
export function previousAtOf(
  { previousAt }: { readonly previousAt: number | null },
  { text }: RowFilter,
): number | null {
  return text === '' ? previousAt : null
}

/** The run that begins at this frame is one row, or a row for each of its frames. */
export function withFolded(filter: RowFilter, firstSeq: number, folded: boolean): RowFilter {
  if (!filter.fold) return filter
  const others = filter.fold.open.filter((seq) => seq !== firstSeq)
  return { ...filter, fold: { ...filter.fold, open: folded ? others : [...others, firstSeq] } }
}
