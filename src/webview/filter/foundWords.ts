// The words beside a filter: how many frames match, or how far the search has come.

import { formatCount } from '../../shared/text/units.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** `6 of 455`. `slow`: the search has gone on for a while. */
export function foundWords(model: Pick<TimelineModel, 'status' | 'shown'>, slow: boolean): string {
  const { liveTotal, partial } = model.shown
  if (!partial) return `${formatCount(liveTotal)} of ${formatCount(framesShown(model))}`
  if (!slow || liveTotal === 0) return 'searching…'
  return `searching… ${formatCount(liveTotal)}`
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
