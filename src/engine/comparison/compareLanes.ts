// Compares sessions that carry the same items: how soon each brought them, what it missed, and what it cost.

import type { ComparedMethod, Comparison, Quantiles } from '../../shared/session/comparison.ts'
import type { ItemPlaces } from './itemPlaces.ts'
import type { Lane } from './laneFold.ts'

/** An item over all sessions: epoch ms. */
interface KnownItem {
  /** Its first arrival anywhere. */
  readonly firstAt: number
  /** That was in the first answer of its session, which may tell of anything that was there before. */
  readonly isOld: boolean
  readonly originAt: number | null
  /** How many sessions brought it. */
  readonly lanes: number
}

/** Beyond such a distance between its clock and ours a peer's times of origin say nothing by themselves. */
const mostClockOffsetMs = 2000
/** Milliseconds. An item that others have had for longer, and for longer than any came behind here, was missed. */
const leastPatienceMs = 1000

/** `unread`: payloads of which it is not known what items they hold. */
export function compareLanes(
  lanes: readonly Lane[],
  places: ItemPlaces | null,
  unread = 0,
): Comparison {
  const known = knownItems(lanes)
  const clockOffsetMs = offsetOf(known)
  return {
    item: places?.item ?? null,
    time: places?.time ?? null,
    clockOffsetMs,
    leftOut: lanes.reduce((sum, { leftOut }) => sum + leftOut, 0),
    unread,
    methods: lanes.map((lane) => compared(lane, known, clockOffsetMs)),
  }
}

function knownItems(lanes: readonly Lane[]): Map<string, KnownItem> {
  const known = new Map<string, KnownItem>()
  for (const { items, openedAt } of lanes) {
    for (const [key, { at, originAt }] of items) {
      const item = known.get(key)
      const isFirst = item === undefined || at < item.firstAt
      known.set(key, {
        firstAt: isFirst ? at : item.firstAt,
        isOld: isFirst ? at === openedAt : item.isOld,
        originAt: item?.originAt ?? originAt,
        lanes: (item?.lanes ?? 0) + 1,
      })
    }
  }
  return known
}

/** Epoch ms by our clock; of what may have been there long before nobody knows when. */
function bornAt({ firstAt, isOld, originAt }: KnownItem, clockOffsetMs: number): number {
  if (originAt !== null) return originAt + clockOffsetMs
  return isOld ? Number.NEGATIVE_INFINITY : firstAt
}

/** Zero where times of origin are plausible by our clock. */
function offsetOf(known: ReadonlyMap<string, KnownItem>): number {
  let least = Number.POSITIVE_INFINITY
  for (const { firstAt, isOld, originAt } of known.values()) {
    if (originAt !== null && !isOld) least = Math.min(least, firstAt - originAt)
  }
  const isPlausible = least >= 0 && least <= mostClockOffsetMs
  return Number.isFinite(least) && !isPlausible ? least : 0
}

function compared(
  lane: Lane,
  known: ReadonlyMap<string, KnownItem>,
  clockOffsetMs: number,
): ComparedMethod {
  const { items, reconnects, awayMs, payloadBytes, wireBytesIn, wireBytesOut } = lane
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
    reconnects,
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
    const born = bornAt(item, clockOffsetMs)
    if (born < openedAt) continue
    news += 1
    if (item.originAt !== null) fresh.push(at - born)
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
  { items, openedAt, keptUntil }: Lane,
  known: ReadonlyMap<string, KnownItem>,
  clockOffsetMs: number,
  patienceMs: number,
): number {
  if (openedAt === null) return 0
  let lastAt = Number.NEGATIVE_INFINITY
  for (const key of items.keys()) lastAt = Math.max(lastAt, known.get(key)?.firstAt ?? lastAt)
  let missed = 0
  for (const [key, item] of known) {
    const { firstAt } = item
    if (items.has(key) || firstAt < openedAt || bornAt(item, clockOffsetMs) < openedAt) continue
    if (firstAt < lastAt || keptUntil - firstAt > patienceMs) missed += 1
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
