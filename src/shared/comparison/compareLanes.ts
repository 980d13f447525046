// Compares sessions that carry the same items: how soon each brought them, what it missed, and what it cost.

import { comparisonLimits } from '../limits.ts'
import type { ComparedMethod, Comparison, SessionCounts } from './comparison.ts'
import { createItemJoin, type ItemJoin } from './itemJoin.ts'
import type { ItemPlaces } from './itemPlaces.ts'
import type { Lane, LaneCounts } from './lane.ts'
import { finish, quantilesOf, sortInSteps } from './sortedNumbers.ts'

/** A session whose items have been joined with those of the others. */
export type JoinedLane = LaneCounts & Pick<SessionCounts, 'name' | 'method'>

/** Beyond such a distance between its clock and ours a peer's times of origin say nothing by themselves. */
const mostClockOffsetMs = 2000
/** A time of origin is wild where it is later than the median by more than that and so many median deviations. */
const wildTimes = 4
/** Milliseconds. An item that others have had for longer, and for longer than any came behind here, was missed. */
const leastPatienceMs = 1000
/** Milliseconds. Peers round times of origin, and sums of times are rounded as well. */
const clockStepMs = 1
/** What is looked at in one step. */
const stepItems = 16_384

export function compareLanes(lanes: readonly Lane[], places: ItemPlaces | null): Comparison {
  const join = createItemJoin(lanes.length)
  for (const [index, { items }] of lanes.entries()) join.add(index, items)
  return finish(compareInSteps(lanes, join, places))
}

/** `join` has the items of the lanes, and stays as it is meanwhile. */
export function* compareInSteps(
  lanes: readonly JoinedLane[],
  join: ItemJoin,
  places: ItemPlaces | null,
): Generator<void, Comparison> {
  const clockOffsetMs = yield* offsetOf(lanes, join)
  const methods: ComparedMethod[] = []
  for (const index of lanes.keys()) {
    methods.push(yield* compared(createItemDelays(lanes, join, index, clockOffsetMs)))
  }
  return {
    item: places?.item ?? null,
    time: places?.time ?? null,
    clockOffsetMs,
    leftOut: lanes.reduce((sum, { leftOut }) => sum + leftOut, 0),
    unread: lanes.reduce((sum, { unread }) => sum + unread, 0),
    methods,
  }
}

/** Zero where times of origin are plausible by our clock. A few that are wild say nothing about the peer's clock. */
function* offsetOf(lanes: readonly JoinedLane[], join: ItemJoin): Generator<void, number> {
  const delays = yield* sortInSteps(
    yield* known(join.length, (item) =>
      isOld(lanes, join, item) ? Number.NaN : join.firstAt(item) - join.originAt(item),
    ),
  )
  const median = quantilesOf(delays)?.p50
  if (median === undefined) return 0
  const usual = quantilesOf(
    yield* sortInSteps(yield* known(delays.length, (n) => Math.abs((delays[n] ?? 0) - median))),
  )
  const wildMs = mostClockOffsetMs + wildTimes * (usual?.p50 ?? 0)
  const least = delays.find((ms) => ms >= median - wildMs) ?? median
  return least >= 0 && least <= mostClockOffsetMs ? 0 : least
}

/** It came first in the first answer of a session, which may tell of anything that was there before. */
function isOld(lanes: readonly JoinedLane[], join: ItemJoin, item: number): boolean {
  return join.firstAt(item) === lanes[join.firstLane(item)]?.openedAt
}

/** How late one session brought its items. */
export interface ItemDelays {
  readonly lane: JoinedLane
  readonly join: ItemJoin
  readonly index: number
  /** Epoch ms by our clock; of what may have been there long before nobody knows when. */
  bornAt(item: number): number
  /** Of an arrival, by its index: since its origin, and since the first arrival; NaN where nobody knows. */
  fresh(arrival: number): number
  behind(arrival: number): number
  /** Whether the item was not there before the session was open: of any other nobody knows how late it is. */
  isNew(item: number): boolean
}

export function createItemDelays(
  lanes: readonly JoinedLane[],
  join: ItemJoin,
  index: number,
  clockOffsetMs: number,
): ItemDelays {
  const lane = lanes[index] as JoinedLane
  const openedAt = lane.openedAt ?? Number.POSITIVE_INFINITY
  const arrivals = join.arrivals(index)
  /** NaN where nobody knows: a time of origin after the first arrival is a wrong one. */
  const originOf = (item: number) => {
    const bornAt = join.originAt(item) + clockOffsetMs
    const firstAt = join.firstAt(item)
    return bornAt <= firstAt + clockStepMs ? Math.min(bornAt, firstAt) : Number.NaN
  }
  const bornAt = (item: number) => {
    const known = originOf(item)
    if (!Number.isNaN(known)) return known
    return isOld(lanes, join, item) ? Number.NEGATIVE_INFINITY : join.firstAt(item)
  }
  const isNew = (item: number) => bornAt(item) >= openedAt
  return {
    ...{ lane, join, index, bornAt, isNew },
    fresh(arrival) {
      const item = arrivals.item(arrival)
      return isNew(item) ? arrivals.at(arrival) - originOf(item) : Number.NaN
    },
    behind(arrival) {
      const item = arrivals.item(arrival)
      if (!isNew(item) || join.lanes(item) < 2) return Number.NaN
      return arrivals.at(arrival) - join.firstAt(item)
    },
  }
}

function* compared(delays: ItemDelays): Generator<void, ComparedMethod> {
  const { lane, join, index } = delays
  const { payloadBytes, wireBytesIn, wireBytesOut, reconnects, awayMs } = lane
  const items = join.arrivals(index).length
  const freshnessMs = quantilesOf(yield* sortInSteps(yield* known(items, delays.fresh)))
  const behindMs = quantilesOf(yield* sortInSteps(yield* known(items, delays.behind)))
  const watchedMs = lane.endedAt - lane.startedAt
  const overhead = wireBytesIn + wireBytesOut - payloadBytes
  return {
    ...{ name: lane.name, method: lane.method, items },
    news: yield* newsOf(delays),
    missed: (yield* missedItems(delays, behindMs?.max ?? 0, 0)).count,
    duplicates: lane.duplicates,
    ...{ freshnessMs, behindMs },
    ...{ sent: lane.sent, spoken: lane.spoken, requests: lane.requests },
    ...{ emptyAnswers: lane.emptyAnswers, connections: lane.connections },
    ...{ payloadBytes, wireBytesIn, wireBytesOut },
    overheadPerItem: items === 0 ? null : overhead / items,
    watchedMs,
    closedMs: Math.max(0, watchedMs - lane.openMs),
    ...{ reconnects, awayMs },
  }
}

/** What is known of the arrivals. */
function* known(
  arrivals: number,
  delay: (arrival: number) => number,
): Generator<void, Float64Array> {
  const all = new Float64Array(arrivals)
  let length = 0
  for (let arrival = 0; arrival < arrivals; arrival++) {
    if (arrival % stepItems === 0) yield
    const ms = delay(arrival)
    if (!Number.isNaN(ms)) all[length++] = ms
  }
  return all.subarray(0, length)
}

function* newsOf({ join, index, isNew }: ItemDelays): Generator<void, number> {
  const arrivals = join.arrivals(index)
  let news = 0
  for (let arrival = 0; arrival < arrivals.length; arrival++) {
    if (arrival % stepItems === 0) yield
    if (isNew(arrivals.item(arrival))) news += 1
  }
  return news
}

/**
 * Items that others have brought since this session was open: those that came before the last one that it brought, and
 * later ones that it had time enough for; but none before its first one while it may still have been subscribing.
 * `behindMs`: the longest that any came behind here. Of the first `most` with the session and the frame that brought them
 * first.
 */
export function* missedItems(
  { lane, join, index, isNew }: ItemDelays,
  behindMs: number,
  most: number,
): Generator<
  void,
  {
    readonly count: number
    readonly frames: readonly { readonly lane: number; readonly seq: number }[]
  }
> {
  const { openedAt, keptUntil } = lane
  const patienceMs = Math.max(leastPatienceMs, behindMs)
  const subscribedAt = (openedAt ?? 0) + (lane.sent > lane.spoken ? comparisonLimits.openingMs : 0)
  const frames: { readonly lane: number; readonly seq: number }[] = []
  let count = 0
  if (openedAt === null) return { count, frames }
  const arrivals = join.arrivals(index)
  const has = new Uint8Array(join.length)
  let firstHere = Number.POSITIVE_INFINITY
  let lastHere = Number.NEGATIVE_INFINITY
  for (let arrival = 0; arrival < arrivals.length; arrival++) {
    if (arrival % stepItems === 0) yield
    const item = arrivals.item(arrival)
    has[item] = 1
    firstHere = Math.min(firstHere, join.firstAt(item))
    lastHere = Math.max(lastHere, join.firstAt(item))
  }
  for (let item = 0; item < join.length; item++) {
    if (item % stepItems === 0) yield
    const firstAt = join.firstAt(item)
    if (has[item] === 1 || firstAt < openedAt || !isNew(item)) continue
    if (firstAt <= firstHere && firstAt < subscribedAt) continue
    if (firstAt >= lastHere && keptUntil - firstAt <= patienceMs) continue
    count += 1
    if (frames.length < most) frames.push({ lane: join.firstLane(item), seq: join.firstSeq(item) })
  }
  return { count, frames }
}
