// The items of several sessions, joined by their keys: which of them brought each one, and when it came first.

import { type ItemColumns, withRoom } from './itemColumns.ts'

/** The arrivals of one session: a value for each item that it brought, in order. */
export interface Arrivals {
  readonly length: number
  /** The item's number, from 0. */
  item(index: number): number
  /** Epoch ms. */
  at(index: number): number
  /** The frame that brought it. */
  seq(index: number): number
}

export interface ItemJoin {
  /** Different items by now. */
  readonly length: number
  key(item: number): string
  /** Epoch ms of an item's first arrival anywhere. */
  firstAt(item: number): number
  /** The session that brought it first; of several at once the first one. */
  firstLane(item: number): number
  /** The frame that brought it then. */
  firstSeq(item: number): number
  /** Epoch ms, as the first session tells that knows it; NaN where none does. */
  originAt(item: number): number
  /** How many sessions brought it. */
  lanes(item: number): number
  arrivals(lane: number): Arrivals
  /** More items of that session, which it has not brought before. */
  add(lane: number, items: ItemColumns): void
}

const firstRoom = 1024
/** One map of a million keys would stand still for a tenth of a second whenever it grows. */
const shards = 64

/** By its last characters, in which keys differ most. */
function shardOf(key: string): number {
  const last = key.length - 1
  return (key.charCodeAt(last) + 7 * key.charCodeAt(last - 1)) % shards || 0
}

export function createItemJoin(laneCount: number): ItemJoin {
  const numbers = Array.from({ length: shards }, () => new Map<string, number>())
  const keys: string[] = []
  let firstAt = new Float64Array(firstRoom)
  let firstLane = new Uint16Array(firstRoom)
  let firstSeq = new Uint32Array(firstRoom)
  let originAt = new Float64Array(firstRoom)
  let originLane = new Uint16Array(firstRoom)
  let counts = new Uint16Array(firstRoom)
  const arrivals = Array.from({ length: laneCount }, createArrivals)

  function numberOf(key: string): number {
    const shard = numbers[shardOf(key)]
    const known = shard?.get(key)
    if (known !== undefined) return known
    const item = keys.push(key) - 1
    shard?.set(key, item)
    firstAt = withRoom(firstAt, item)
    firstLane = withRoom(firstLane, item)
    firstSeq = withRoom(firstSeq, item)
    originAt = withRoom(originAt, item)
    originLane = withRoom(originLane, item)
    counts = withRoom(counts, item)
    firstAt[item] = Number.POSITIVE_INFINITY
    originAt[item] = Number.NaN
    return item
  }

  function meet(item: number, lane: number, at: number, seq: number, origin: number): void {
    const first = firstAt[item] ?? 0
    if (at < first || (at === first && lane < (firstLane[item] ?? 0))) {
      firstAt[item] = at
      firstLane[item] = lane
      firstSeq[item] = seq
    }
    const isFirstToTell = Number.isNaN(originAt[item]) || lane < (originLane[item] ?? 0)
    if (!Number.isNaN(origin) && isFirstToTell) {
      originAt[item] = origin
      originLane[item] = lane
    }
    counts[item] = (counts[item] ?? 0) + 1
  }

  return {
    get length() {
      return keys.length
    },
    key: (item) => keys[item] ?? '',
    firstAt: (item) => firstAt[item] ?? 0,
    firstLane: (item) => firstLane[item] ?? 0,
    firstSeq: (item) => firstSeq[item] ?? 0,
    originAt: (item) => originAt[item] ?? Number.NaN,
    lanes: (item) => counts[item] ?? 0,
    arrivals: (lane) => arrivals[lane] ?? createArrivals(),
    add(lane, { keys: added, at, originAt: origins, seq }) {
      for (const [index, key] of added.entries()) {
        const item = numberOf(key)
        const arrivedAt = at[index] ?? 0
        meet(item, lane, arrivedAt, seq[index] ?? 0, origins[index] ?? Number.NaN)
        arrivals[lane]?.push(item, arrivedAt, seq[index] ?? 0)
      }
    },
  }
}

function createArrivals(): Arrivals & { push(item: number, at: number, seq: number): void } {
  let length = 0
  let items = new Uint32Array(firstRoom)
  let at = new Float64Array(firstRoom)
  let seqs = new Uint32Array(firstRoom)
  return {
    get length() {
      return length
    },
    item: (index) => items[index] ?? 0,
    at: (index) => at[index] ?? 0,
    seq: (index) => seqs[index] ?? 0,
    push(item, arrivedAt, seq) {
      items = withRoom(items, length)
      at = withRoom(at, length)
      seqs = withRoom(seqs, length)
      items[length] = item
      at[length] = arrivedAt
      seqs[length] = seq
      length += 1
    },
  }
}
