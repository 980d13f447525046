// The times on the strip, and where they are: the rows in view, the keys, the selected span.

import type { OverviewFeed } from './overviewFeed.ts'
import { type Edges, edgesOf, exactEdges, type TimeSpan } from './seenSpan.ts'
import { type StripScale, scaleOf, timeAt } from './stripScale.ts'
import { createStripSpan, type StripSpan } from './stripSpan.ts'

export interface StripTimes {
  /** Of the rows in view, as they were drawn last; null before. */
  seen: TimeSpan | null
  /** Where the keys have led; null where they are elsewhere. */
  cursorAt: number | null
  readonly span: StripSpan
  /** The scale for what is drawn next: all that is placed until then stands on it. Null before the first frame. */
  rescale(): StripScale | null
  /** Null before the first frame is drawn. */
  scale(): StripScale | null
  /** Of that place, in pixels of the track; 0 before the first frame. */
  at(px: number): number
  viewEdges(): Edges | null
  spanEdges(): Edges | null
}

export interface StripTimesOptions {
  readonly feed: Pick<OverviewFeed, 'overview'>
  readonly widthPx: () => number
  /** Epoch ms by the session's clock while its time runs on after the last frame; else null. */
  readonly now: () => number | null
  readonly onSpan: () => void
}

export function createStripTimes({ feed, widthPx, now, onSpan }: StripTimesOptions): StripTimes {
  const span = createStripSpan(onSpan)
  let drawn: StripScale | null = null

  function scaleNow(): StripScale | null {
    const { startAt, endAt } = feed.overview ?? { startAt: null, endAt: null }
    if (startAt === null || endAt === null) return null
    const runs = now()
    return scaleOf(startAt, Math.max(endAt, runs ?? endAt), widthPx(), runs !== null)
  }

  const times: StripTimes = {
    seen: null,
    cursorAt: null,
    span,
    rescale() {
      drawn = scaleNow()
      return drawn
    },
    scale: () => drawn,
    at: (px) => (drawn === null ? 0 : timeAt(px, drawn)),
    viewEdges: () => drawn && times.seen && edgesOf(times.seen, drawn),
    spanEdges: () => drawn && span.current && exactEdges(span.current, drawn),
  }
  return times
}
