// The times on the strip, and where they are: the rows in view, the keys, the selected span.

import type { OverviewFeed } from './overviewFeed.ts'
import { type Edges, edgesOf, exactEdges, type TimeSpan } from './seenSpan.ts'
import { createRunningEnd, type StripScale, scaleOf, timeAt } from './stripScale.ts'
import { createStripSpan, type StripSpan } from './stripSpan.ts'

export interface StripTimes {
  /** Of the rows in view, as they were drawn last; null before. */
  seen: TimeSpan | null
  /** Where the keys have led; null where they are elsewhere. */
  cursorAt: number | null
  readonly span: StripSpan
  /** Null before the first frame. */
  scale(): StripScale | null
  /** Of that place, in pixels of the track; 0 before the first frame. */
  at(px: number): number
  viewEdges(): Edges | null
  spanEdges(): Edges | null
}

export interface StripTimesOptions {
  readonly feed: Pick<OverviewFeed, 'overview'>
  readonly widthPx: () => number
  readonly isLive: () => boolean
  readonly onSpan: () => void
}

export function createStripTimes({ feed, widthPx, isLive, onSpan }: StripTimesOptions): StripTimes {
  const end = createRunningEnd(() => performance.now())
  const span = createStripSpan(onSpan)

  function scale(): StripScale | null {
    const { startAt, endAt } = feed.overview ?? { startAt: null, endAt: null }
    if (startAt === null || endAt === null) return null
    const live = isLive()
    return scaleOf(startAt, end.reached(endAt, live), widthPx(), live)
  }

  const times: StripTimes = {
    seen: null,
    cursorAt: null,
    span,
    scale,
    at(px) {
      const now = scale()
      return now === null ? 0 : timeAt(px, now)
    },
    viewEdges() {
      const now = scale()
      return now && times.seen && edgesOf(times.seen, now)
    },
    spanEdges() {
      const now = scale()
      return now && span.current && exactEdges(span.current, now)
    },
  }
  return times
}
