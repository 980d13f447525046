// Finds a place in the merged list by the number of its row: by halving the time, for each lane tells its row of a time.

import { type Cut, rowsBefore } from './mergeRows.ts'

export interface TimedLane {
  readonly total: number
  /** Of its rows those before the time, in epoch ms of the common axis. */
  rowAt(at: number): Promise<number>
}

/** A place so many rows before the one that is sought is near enough: rows are read by pages anyway. */
const nearRows = 200
/** Times are told apart to the microsecond. */
const leastMs = 0.0005
const firstSpanMs = 60_000
/** No row is later that can be told. */
const latest = 8e15

interface Place {
  readonly at: number
  readonly cut: Cut
}

/**
 * The place of the row, or one up to 200 rows before it. `fromAt`: no row is earlier. Null once `goesOn` says no. Rejects as
 * `rowAt` does.
 */
export async function findCut(
  lanes: readonly TimedLane[],
  fromAt: number,
  index: number,
  goesOn: () => boolean,
): Promise<Cut | null> {
  const totals = lanes.map(({ total }) => total)
  if (index <= nearRows) return totals.map(() => 0)

  async function placeAt(at: number): Promise<Place> {
    const rows = await Promise.all(lanes.map((lane) => lane.rowAt(at)))
    return { at, cut: rows.map((row, lane) => Math.min(row, totals[lane] ?? 0)) }
  }

  let low: Place = { at: fromAt, cut: totals.map(() => 0) }
  let high = low
  for (let spanMs = firstSpanMs; rowsBefore(high.cut) <= index && high.at < latest; spanMs *= 2) {
    if (!goesOn()) return null
    low = high
    high = await placeAt(Math.min(fromAt + spanMs, latest))
  }
  while (index - rowsBefore(low.cut) > nearRows && high.at - low.at > leastMs) {
    if (!goesOn()) return null
    const at = low.at + (high.at - low.at) / 2
    // Far from 1970 there is no number between two times that are so near.
    if (at <= low.at || at >= high.at) break
    const middle = await placeAt(at)
    if (rowsBefore(middle.cut) <= index) low = middle
    else high = middle
  }
  return withinInstant(low.cut, high.cut, index)
}

/** Of rows of one time those of the first lane come first. */
function withinInstant(low: Cut, high: Cut, index: number): Cut {
  let rest = Math.max(0, index - rowsBefore(low) - nearRows)
  return low.map((rows, lane) => {
    const taken = Math.min(rest, Math.max(0, (high[lane] ?? 0) - rows))
    rest -= taken
    return rows + taken
  })
}
