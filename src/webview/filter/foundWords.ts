// The words beside a filter: how many frames match, or how far the search has come.

import { formatCount } from '../../shared/text/units.ts'
import { progressWords } from '../model/slowSearch.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** `6 of 455`. */
export function foundWords(model: Pick<TimelineModel, 'status' | 'shown'>): string {
  const { liveTotal, search } = model.shown
  if (!search.isOpen) return `${formatCount(liveTotal)} of ${formatCount(framesShown(model))}`
  const progress = progressWords(search, model)
  if (progress === '') return 'searching…'
  return liveTotal > 0 ? `${progress} · ${formatCount(liveTotal)}` : progress
}

/** Those that are rows where no text is sought, which unfolds all. */
function framesShown({
  status,
  shown: { filter, pausedSeq },
}: Pick<TimelineModel, 'status' | 'shown'>): number {
  if (!status) return 0
  const wire = filter.wire ? 0 : status.statistics.wireFrames
  return Math.max(0, (pausedSeq ?? status.frames) - filter.afterSeq - wire)
}
