// The items in view of the lanes: the time of each in every lane, for a line across all and bars of lateness.

import type { Arrivals, ItemJoin } from '../../../shared/comparison/itemJoin.ts'
import type { Lane, LaneMark } from '../../lanes/lane.ts'

/** More in view are no lines, but a wall. */
const mostMarks = 120

/** Times in epoch ms of the axis. Of items that came more than a screen before, what came later is no mark. */
export function marksIn(
  join: ItemJoin,
  lanes: readonly Lane[],
  fromAt: number,
  untilAt: number,
): readonly LaneMark[] {
  const beganAt = fromAt - (untilAt - fromAt)
  const found = new Map<number, (number | null)[]>()
  for (const [index, { shiftMs }] of lanes.entries()) {
    const arrivals = join.arrivals(index)
    const first = firstAfter(arrivals, beganAt + shiftMs)
    for (let arrival = first; arrival < arrivals.length; arrival++) {
      const at = arrivals.at(arrival) - shiftMs
      if (at > untilAt) break
      const item = arrivals.item(arrival)
      const times = found.get(item) ?? lanes.map(() => null)
      times[index] ??= at
      found.set(item, times)
      if (found.size > 2 * mostMarks) return []
    }
  }
  const marks = [...found.values()].map((arrivals): LaneMark => {
    const at = Math.min(...arrivals.map((time) => time ?? Number.POSITIVE_INFINITY))
    return { at, label: '', arrivals, originAt: at }
  })
  const shared = marks.filter(({ arrivals }) => arrivals.filter((at) => at !== null).length > 1)
  return shared.filter(({ at }) => at >= fromAt).length > mostMarks ? [] : shared
}

/** The first arrival at or after the time; they are in order of time. */
function firstAfter(arrivals: Arrivals, at: number): number {
  let low = 0
  let high = arrivals.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (arrivals.at(middle) < at) low = middle + 1
    else high = middle
  }
  return low
}
