// The place of the rows, as it is remembered.

import type { RestoredView } from '../model/restoredView.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** Runs that are opened again after a reload. */
const keptFolds = 1000

/** Null before anything is there. */
export function placeOf(model: TimelineModel, anchorSeq: number | null): RestoredView | null {
  const { ready, shown, selected, failures, fields } = model
  if (!ready) return null
  const { filter, pausedSeq } = shown
  return {
    anchorSeq,
    filterText: filter.text,
    afterSeq: filter.afterSeq,
    pausedSeq,
    wire: filter.wire,
    selectedSeq: selected.seq,
    failureCalm: failures.calm,
    show: fields.chosen,
    plots: model.plots.list,
    openFolds: filter.fold?.open.slice(-keptFolds) ?? [],
  }
}
