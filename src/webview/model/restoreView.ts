// Brings a view back as it was left.

import type { FailureFinder } from './failure.ts'
import type { Plots } from './plots.ts'
import type { RestoredView } from './restoredView.ts'
import type { RowSelection, RowsViewport } from './selection.ts'
import type { ShownRows } from './shownRows.ts'

interface RestoredParts {
  readonly shown: ShownRows
  readonly selection: RowSelection
  readonly failures: FailureFinder
  readonly plots: Plots
}

/** Selection and place come back when their rows have been found. Rejects as the calls of the rows do. */
export async function restoreView(
  view: RestoredView,
  { shown, selection, failures, plots }: RestoredParts,
  viewport: RowsViewport | null,
): Promise<void> {
  if (view.failureCalm !== null) failures.calm = view.failureCalm
  plots.restore(view.plots)
  shown.restore(view)
  if (view.selectedSeq !== null) await selection.selectSeq(view.selectedSeq)
  const index = await shown.restorePlace(view)
  if (index !== null) viewport?.scrollTo(index)
}
