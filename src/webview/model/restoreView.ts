// Brings a view back as it was left.

import type { TimelineSession } from '../../shared/calls/messages.ts'
import type { TypedBefore, TypedTexts } from '../../shared/calls/typingApi.ts'
import type { FailureFinder } from './failure.ts'
import type { FieldChoice } from './fieldChoice.ts'
import type { Plots } from './plots.ts'
import type { RestoredView } from './restoredView.ts'
import type { RowSelection, RowsViewport } from './selection.ts'
import type { ShownRows } from './shownRows.ts'

interface RestoredParts {
  readonly shown: ShownRows
  readonly selection: RowSelection
  readonly failures: FailureFinder
  readonly plots: Plots
  readonly fields: FieldChoice
  report(fault: unknown): void
}

/** The view as it was seen last, with what was typed in it as the host has it. */
export type Restored = (typed: TypedTexts | null) => RestoredView

export interface Restoring {
  begin(before: Restored): void
  /** With the host's answer; settles once the view is back. Never rejects. */
  end(session: TimelineSession & TypedBefore): Promise<void>
}

/** The first answer restores, whichever it is: one to a page that the host takes for the one before is lost. */
export function createRestoring(
  parts: RestoredParts,
  viewport: () => RowsViewport | null,
): Restoring {
  let before: Restored | null = null
  let isBack: Promise<void> | null = null
  return {
    begin(restored) {
      before = restored
    },
    async end({ show, typed }) {
      const view = before?.(typed)
      before = null
      parts.fields.load(show, view?.show)
      if (view) isBack = restoreView(view, parts, viewport()).catch(parts.report)
      await isBack
    },
  }
}

/** Selection and place come back when their rows have been found. Rejects as the calls of the rows do. */
async function restoreView(
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
