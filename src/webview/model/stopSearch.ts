// Stops the reading of older frames for a filter where it is, or goes on with it.

import type { SlowSearch } from './slowSearch.ts'

interface Searching {
  readonly shown: {
    readonly filter: { readonly text: string }
    readonly search: SlowSearch
    refresh(): void
  }
  redraw(): void
}

/** What was found by then stays. Answers whether there was a search to stop that is told. */
export function stopSearch({ shown, redraw }: Searching): boolean {
  const isStopped = shown.filter.text !== '' && shown.search.stop()
  if (isStopped) redraw()
  return isStopped
}

export function searchOn({ shown, redraw }: Searching): void {
  shown.search.goOn()
  shown.refresh()
  redraw()
}
