// The words beside a filter: how many frames match, or how far the search has come.

import { formatCount } from '../../shared/text/units.ts'
import { isStopped } from '../model/stopSearch.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** `6 of 455`. `slow`: the search has gone on for a while. */
export function foundWords(model: Pick<TimelineModel, 'status' | 'shown'>, slow: boolean): string {
  const { liveTotal, partial } = model.shown
  if (!partial) return `${formatCount(liveTotal)} of ${formatCount(framesShown(model))}`
  const found = liveTotal === 0 ? '' : ` · ${formatCount(liveTotal)}`
  if (isStopped(model.shown)) return `stopped at ${shareRead(model)} %${found}`
  return slow ? `searching ${shareRead(model)} %${found}` : 'searching…'
}

/** In per cent, of the frames that there are. */
function shareRead({ status, shown }: Pick<TimelineModel, 'status' | 'shown'>): number {
  const { afterSeq } = shown.filter
  const all = (status?.frames ?? 0) - afterSeq
  const read = Math.max(0, shown.search.readTo - afterSeq)
  return all <= 0 ? 0 : Math.min(99, Math.floor((100 * read) / all))
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
