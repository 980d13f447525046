// Finds the row of a frame among those of a filter, with the rows around it, while the filter may still be reading.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Row, RowFilter, RowPage } from '../../shared/session/captureRows.ts'
import type { ReadOn } from './slowSearch.ts'

/** The worker reads older frames for about as long at a time. */
const readsMs = 50

export interface FoundRow {
  /** Of the first row at or after the frame. Without `row`: how many rows come before the frame. */
  readonly index: number
  /** The first row at or after the frame; null where there is none, or none yet. */
  readonly row: Row | null
  /** The filter has not read up to the frame: `index` may grow. */
  readonly partial: boolean
  /** The rows around it. */
  readonly page: RowPage
}

/** `around`: rows read before it and after it. Rejects as `position` and `rows` do. */
export async function findRow(
  api: Pick<TimelineApi, 'position' | 'rows'>,
  filter: RowFilter,
  seq: number,
  around = 0,
): Promise<FoundRow> {
  const index = await api.position(filter, seq)
  const from = Math.max(0, index - around)
  const page = await api.rows(filter, from, index - from + 1 + around)
  const read = page.rows[index - from]
  // Long details end a page early.
  const row = read ?? (page.total > index ? (await api.rows(filter, index, 1)).rows[0] : undefined)
  return { index, row: row ?? null, partial: page.partial && row === undefined, page }
}

/** Whether it is the frame's own row, or one that it is folded into. */
export function holdsFrame({ frame, fold }: Row, seq: number): boolean {
  return frame.seq === seq || (fold?.open === false && fold.firstSeq < seq && seq <= fold.lastSeq)
}

/**
 * As `findRow`, once the filter has read so far; null where the rows are those of another filter by then, and where
 * `readOn` has ended it.
 */
export async function awaitRow(
  api: Pick<TimelineApi, 'position' | 'rows'>,
  shown: { readonly filter: RowFilter },
  seq: number,
  readOn: ReadOn = () => true,
): Promise<FoundRow | null> {
  const { filter } = shown
  for (;;) {
    const found = await findRow(api, filter, seq)
    if (filter !== shown.filter) return null
    if (!found.partial) return found
    if (!readOn(found.page.upTo ?? 0)) return null
    await untilReadOn()
  }
}

/** A filter that is `partial` has read on by then, where it is asked again. */
export function untilReadOn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, readsMs))
}
