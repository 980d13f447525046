// Brings a view back as it was left.

import type { RestoredView } from './restoredView.ts'
import type { RowSelection, RowsViewport } from './selection.ts'
import type { ShownRows } from './shownRows.ts'

/** Selection and place come back when their rows have been found. Rejects as the calls of the rows do. */
export async function restoreView(
  view: RestoredView,
  { shown, selection }: { readonly shown: ShownRows; readonly selection: RowSelection },
  viewport: RowsViewport | null,
): Promise<void> {
  shown.restore(view)
  if (view.selectedSeq !== null) await selection.selectSeq(view.selectedSeq)
  const index = await shown.restorePlace(view)
  if (index !== null) viewport?.scrollTo(index)
}
