// Compares sessions that carry the same items: how soon each brought them, what it missed, and what it cost.

import type { ComparedMethod, Comparison, Quantiles } from '../../shared/session/comparison.ts'
import type { ItemPlaces } from './itemPlaces.ts'
import type { Lane } from './laneFold.ts'

/** An item over all sessions: epoch ms. */
interface KnownItem {
  /** Its first arrival anywhere. */
  readonly firstAt: number
  originAt: number | null
  /** How many sessions brought it. */
  lanes: number
}

/** Beyond such a distance between its clock and ours a peer's times of origin say nothing by themselves. */
const mostClockOffsetMs = 2000
/** Milliseconds. An item that others have had for longer, and for longer than any came behind here, was missed. */
const leastPatienceMs = 1000

export function compareLanes(lanes: readonly Lane[], places: ItemPlaces | null): Comparison {
  const known = knownItems(lanes)
  const clockOffsetMs = offsetOf(known)
  return {
    item: places?.item ?? null,
    time: places?.time ?? null,
    clockOffsetMs,
    leftOut: lanes.reduce((sum, { leftOut }) => sum + leftOut, 0),
    methods: lanes.map((lane) => compared(lane, known, clockOffsetMs)),
  }
}

function knownItems(lanes: readonly Lane[]): Map<string, KnownItem> {
  const known = new Map<string, KnownItem>()
  for (const { items } of lanes) {
    for (const [key, { at, originAt }] of items) {
      const item = known.get(key)
      known.set(key, {
        firstAt: Math.min(at, item?.firstAt ?? at),
        originAt: item?.originAt ?? originAt,
        lanes: (item?.lanes ?? 0) + 1,
      })
    }
  }
  return known
}

/** Zero where times of origin are plausible by our clock. */
function offsetOf(known: ReadonlyMap<string, KnownItem>): number {
  let least = Number.POSITIVE_INFINITY
  for (const { firstAt, originAt } of known.values()) {
    if (originAt !== null) least = Math.min(least, firstAt - originAt)
  }
  const isPlausible = least >= 0 && least <= mostClockOffsetMs
  return Number.isFinite(least) && !isPlausible ? least : 0
}

function compared(
  lane: Lane,
  known: ReadonlyMap<string, KnownItem>,
  clockOffsetMs: number,
): ComparedMethod {
  const { items, awayMs, payloadBytes, wireBytesIn, wireBytesOut } = lane
  const { fresh, behind, news } = delaysOf(lane, known, clockOffsetMs)
  const watchedMs = lane.endedAt - lane.startedAt
  const overhead = wireBytesIn + wireBytesOut - payloadBytes
  return {
    name: lane.name,
    method: lane.method,
    items: items.size,
    news,
    missed: missedBy(lane, known, clockOffsetMs, Math.max(leastPatienceMs, behind.at(-1) ?? 0)),
    duplicates: lane.duplicates,
    freshnessMs: quantilesOf(fresh),
    behindMs: quantilesOf(behind),
    sent: lane.sent,
    spoken: lane.spoken,
    requests: lane.requests,
    emptyAnswers: lane.emptyAnswers,
    connections: lane.connections,
    ...{ payloadBytes, wireBytesIn, wireBytesOut },
    overheadPerItem: items.size === 0 ? null : overhead / items.size,
    watchedMs,
    closedMs: Math.max(0, watchedMs - lane.openMs),
    reconnects: awayMs.length,
    awayMs: quantilesOf(awayMs.toSorted((a, b) => a - b)),
  }
}

/** Sorted. Of what was there before the session was open nobody knows how late it is. */
function delaysOf(
  { items, openedAt }: Lane,
  known: ReadonlyMap<string, KnownItem>,
  clockOffsetMs: number,
): {
  readonly fresh: readonly number[]
  readonly behind: readonly number[]
  readonly news: number
} {
  const fresh: number[] = []
  const behind: number[] = []
  let news = 0
  for (const [key, { at }] of items) {
    const item = known.get(key)
    if (item === undefined || openedAt === null) continue
    const bornAt = item.originAt === null ? item.firstAt : item.originAt + clockOffsetMs
    if (bornAt < openedAt) continue
    news += 1
    if (item.originAt !== null) fresh.push(at - bornAt)
    if (item.lanes > 1) behind.push(at - item.firstAt)
  }
  const ascending = (a: number, b: number) => a - b
  return { fresh: fresh.sort(ascending), behind: behind.sort(ascending), news }
}

/**
 * Items that others have brought since this session was open: those that came before the last one that it brought, and
 * later ones that it had time enough for.
 */
function missedBy(
  { items, openedAt, endedAt }: Lane,
  known: ReadonlyMap<string, KnownItem>,
  clockOffsetMs: number,
  patienceMs: number,
): number {
  if (openedAt === null) return 0
  let lastAt = Number.NEGATIVE_INFINITY
  for (const key of items.keys()) lastAt = Math.max(lastAt, known.get(key)?.firstAt ?? lastAt)
  let missed = 0
  for (const [key, { firstAt, originAt }] of known) {
    const bornAt = originAt === null ? firstAt : originAt + clockOffsetMs
    if (items.has(key) || firstAt < openedAt || bornAt < openedAt) continue
    if (firstAt < lastAt || endedAt - firstAt > patienceMs) missed += 1
  }
  return missed
}

/** Of sorted numbers. */
function quantilesOf(sorted: readonly number[]): Quantiles | null {
  const max = sorted.at(-1)
  if (max === undefined) return null
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? max
  return { p50: at(0.5), p95: at(0.95), max }
}
