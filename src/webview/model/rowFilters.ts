// Facts about a filter, and the filters that are made from one.

import { foldLimits } from '../../shared/limits.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import type { Habits, TimeMode } from '../../shared/session/habits.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'

/** Whether some frames are no rows, so that only the capture knows how many rows there are. */
export function hasGaps(
  { text, wire, fold, gapMs }: RowFilter,
  status: SessionStatus | null,
): boolean {
  if (text !== '' || fold !== undefined || gapMs !== undefined) return true
  return !wire && (status?.statistics.wireFrames ?? 0) > 0
}

/** The same frames, folded and with silences as the user wants them; the filter itself where it is so already. */
export function arranged(current: RowFilter, habits: Pick<Habits, 'fold' | 'gapMs'>): RowFilter {
  const { fold, gapMs = 0, ...filter } = current
  if ((fold?.level ?? 'everything') === habits.fold && gapMs === habits.gapMs) return current
  const open = fold?.level === habits.fold ? fold.open : []
  return {
    ...filter,
    ...(habits.fold !== 'everything' && { fold: { level: habits.fold, open } }),
    ...(habits.gapMs > 0 && { gapMs: habits.gapMs }),
  }
}

/** The time of the row above; null where a text hides rows between, so that it would say little. */
export function previousAtOf(
  { previousAt }: { readonly previousAt: number | null },
  { text }: RowFilter,
): number | null {
  return text === '' ? previousAt : null
}

/** What times count from, whatever is chosen: under a text the row above says little. */
export function timeModeUnder(chosen: TimeMode, { text }: RowFilter): TimeMode {
  return chosen === 'before' && text !== '' ? 'start' : chosen
}

/** The run that begins at this frame is one row, or a row for each of its frames. */
export function withFolded(filter: RowFilter, firstSeq: number, folded: boolean): RowFilter {
  const others = (filter.fold?.open ?? []).filter((seq) => seq !== firstSeq)
  return withOpen(filter, folded ? others : [...others, firstSeq])
}

/** The same, and runs that begin at these frames, too. */
export function withMoreOpen(filter: RowFilter, open: readonly number[]): RowFilter {
  return withOpen({ ...filter }, [...(filter.fold?.open ?? []), ...open])
}

/** The runs that begin at these frames are a row for each of their frames; of too many the first ones are folded. */
export function withOpen(filter: RowFilter, open: readonly number[]): RowFilter {
  if (!filter.fold) return filter
  return { ...filter, fold: { ...filter.fold, open: open.slice(-foldLimits.open) } }
}
