// The delays of items over time: of each span the longest delay in each session, with the frame that brought it.

import {
  createItemDelays,
  type ItemDelays,
  type JoinedLane,
} from '../../../shared/comparison/compareLanes.ts'
import type { Comparison } from '../../../shared/comparison/comparison.ts'
import type { ItemJoin } from '../../../shared/comparison/itemJoin.ts'

export interface DelayPoints {
  /** Of times of origin; else behind the first session that brought an item. */
  readonly isFreshness: boolean
  /** When the first span begins, in epoch ms, and how long each is. */
  readonly startAt: number
  readonly spanMs: number
  readonly spans: number
  /** One for each session. */
  readonly lanes: readonly LanePoints[]
}

export interface LanePoints {
  readonly name: string
  /** Milliseconds; NaN of a span in which nothing came. */
  readonly longest: Float64Array
  readonly seqs: Uint32Array
}

const mostSpans = 120
/** More are longer, in steps of two. */
const leastSpanMs = 500
const stepArrivals = 16_384

export function* delayPoints(
  lanes: readonly JoinedLane[],
  join: ItemJoin,
  { clockOffsetMs, methods }: Pick<Comparison, 'clockOffsetMs' | 'methods'>,
): Generator<void, DelayPoints> {
  const isFreshness = methods.some(({ freshnessMs }) => freshnessMs !== null)
  const startAt = Math.min(...lanes.map((lane) => lane.openedAt ?? lane.startedAt))
  const endAt = Math.max(...lanes.map((lane) => lane.endedAt))
  let spanMs = leastSpanMs
  while ((endAt - startAt) / spanMs > mostSpans) spanMs *= 2
  const spans = Math.max(1, Math.ceil((endAt - startAt) / spanMs))
  const points: LanePoints[] = []
  for (const [index, { name }] of lanes.entries()) {
    const delays = createItemDelays(lanes, join, index, clockOffsetMs)
    const longest = new Float64Array(spans).fill(Number.NaN)
    const lane = { name, longest, seqs: new Uint32Array(spans) }
    yield* fill(lane, delays, isFreshness, (at) => Math.floor((at - startAt) / spanMs))
    points.push(lane)
  }
  return { isFreshness, startAt, spanMs, spans, lanes: points }
}

function* fill(
  { longest, seqs }: LanePoints,
  { join, index, fresh, behind }: ItemDelays,
  isFreshness: boolean,
  spanOf: (at: number) => number,
): Generator<void> {
  const arrivals = join.arrivals(index)
  for (let arrival = 0; arrival < arrivals.length; arrival++) {
    if (arrival % stepArrivals === 0) yield
    const ms = isFreshness ? fresh(arrival) : behind(arrival)
    const span = Math.min(spanOf(arrivals.at(arrival)), longest.length - 1)
    const before = longest[span] ?? Number.NaN
    if (Number.isNaN(ms) || before >= ms) continue
    longest[span] = ms
    seqs[span] = arrivals.seq(arrival)
  }
}
