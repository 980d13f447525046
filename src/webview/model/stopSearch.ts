// Stops the reading of older frames for a filter where it is, or goes on with it.

import type { RowFilter } from '../../shared/session/captureRows.ts'

export interface Search {
  /** The frame that it has come to, while it is reading. */
  readTo: number
  /** The filter of which the user has stopped it; null where none is. */
  stopped: RowFilter | null
}

interface Searching {
  readonly filter: RowFilter
  readonly partial: boolean
  readonly pausedSeq: number | null
  readonly search: Search
  refresh(): void
}

export function isStopped({ search, filter }: Pick<Searching, 'search' | 'filter'>): boolean {
  return search.stopped === filter
}

/** What was found by then stays. Does nothing where all has been read, and while the view is paused. */
export function stopSearch(
  { shown, redraw }: { readonly shown: Searching; readonly redraw: () => void },
  stopped: boolean,
): void {
  if (!shown.partial || shown.pausedSeq !== null) return
  shown.search.stopped = stopped ? shown.filter : null
  shown.refresh()
  redraw()
}
