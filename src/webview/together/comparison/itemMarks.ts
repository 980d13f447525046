// The items of several sessions as marks across their lanes: when each was seen first, and how late it came where.

import { createItemDelays } from '../../../shared/comparison/compareLanes.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import type { LaneMark, MarksIn, TimeSpan } from '../../lanes/lane.ts'
import type { JoinedSessions } from './joinedSessions.ts'

/** More lines than that are a pattern, and no marks. */
const mostMarks = 60
/** So long before and after the span an item may have come elsewhere, in ms. */
const aroundMs = 30_000
/** Of each lane, on each side of the span: this is looked at for each picture. */
const mostArrivals = 500
const labelChars = 7

/** `shifts`: of each lane, as `Lane.shiftMs`. Answers for one span at a time are kept. */
export function createItemMarks(
  { lanes, join }: Pick<JoinedSessions, 'lanes' | 'join'>,
  clockOffsetMs: number,
  shifts: readonly number[],
): MarksIn {
  const delays = lanes.map((_, index) => createItemDelays(lanes, join, index, clockOffsetMs))
  const shiftOf = (lane: number) => shifts[lane] ?? 0
  let known: { readonly span: TimeSpan; readonly marks: readonly LaneMark[] } | null = null

  /** Of each item that came in or near the span when it came to each lane; null where there are too many. */
  function arrivalsNear({ fromAt, untilAt }: TimeSpan): Map<number, (number | null)[]> | null {
    const found = new Map<number, (number | null)[]>()
    for (const index of lanes.keys()) {
      const arrivals = join.arrivals(index)
      const placeOf = (at: number) => lowerBound(arrivals.length, (i) => arrivals.at(i) < at)
      const [first, end] = [placeOf(fromAt + shiftOf(index)), placeOf(untilAt + shiftOf(index))]
      if (end - first > mostMarks) return null
      const from = Math.max(first - mostArrivals, placeOf(fromAt + shiftOf(index) - aroundMs))
      const until = Math.min(end + mostArrivals, placeOf(untilAt + shiftOf(index) + aroundMs))
      for (let i = from; i < until; i++) {
        const item = arrivals.item(i)
        const row = found.get(item) ?? lanes.map(() => null)
        row[index] = arrivals.at(i) - shiftOf(index)
        found.set(item, row)
      }
    }
    return found
  }

  function markOf(item: number, arrivals: readonly (number | null)[]): LaneMark {
    const firstLane = join.firstLane(item)
    const at = join.firstAt(item) - shiftOf(firstLane)
    const bornAt = delays[firstLane]?.bornAt(item) ?? Number.NEGATIVE_INFINITY
    return {
      at,
      label: labelOf(join.key(item)),
      // Of what was there before the session was open nobody knows how late it is.
      arrivals: arrivals.map((one, lane) => (delays[lane]?.isNew(item) ? one : null)),
      originAt: Number.isFinite(bornAt) ? bornAt - shiftOf(firstLane) : at,
    }
  }

  function find(span: TimeSpan): readonly LaneMark[] {
    const near = arrivalsNear(span)
    if (near === null) return []
    const marks: LaneMark[] = []
    for (const [item, arrivals] of near) {
      const mark = markOf(item, arrivals)
      const last = arrivals.reduce((most: number, at) => Math.max(most, at ?? most), mark.at)
      if (mark.at > span.untilAt || last < span.fromAt) continue
      marks.push(mark)
      if (marks.length > mostMarks) return []
    }
    return marks.sort((a, b) => a.at - b.at)
  }

  return (span) => {
    const { fromAt, untilAt } = span
    if (known?.span.fromAt !== fromAt || known.span.untilAt !== untilAt)
      known = { span, marks: find(span) }
    return known.marks
  }
}

/** The first index of which it is false that it lies before. */
function lowerBound(length: number, isBefore: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}

function labelOf(key: string): string {
  const word = visibleLine(/^\d+$/.test(key) ? `#${key}` : key)
  return word.length <= labelChars ? word : `…${word.slice(1 - labelChars)}`
}
