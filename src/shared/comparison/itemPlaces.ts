// Items in payloads: their key by one path, and their time of origin beside it by another.

import { comparisonLimits } from '../limits.ts'
import { type JsonPath, parsePath } from '../text/jsonPath.ts'
import { valuesAt } from '../text/jsonPathValues.ts'
import { shortKey } from '../text/shortKey.ts'

/**
 * A path that begins with `$` is one from the root of the payload. Any other is looked for in the payload, in what it
 * holds and so on, and taken where it is found least deep: `id` is that of an event `{"id": 7}` as well as those of an
 * answer `{"items": [{"id": 7}, {"id": 8}]}`.
 */
export interface ItemPlaces {
  readonly item: string
  /** From where the item's key is looked for, or from the root with `$`; null: it is not known. */
  readonly time: string | null
}

export interface FoundItem {
  readonly key: string
  /** Epoch ms; null where none is known. */
  readonly originAt: number | null
}

/** Answers the items of a parsed payload, in order. */
export type ItemReader = (payload: unknown) => readonly FoundItem[]

/** The paths have been checked: one that is none finds nothing. */
export function createItemReader({ item, time }: ItemPlaces): ItemReader {
  const itemPath = parsePath(item)
  if (itemPath === null) return () => []
  // What lies behind the last list is looked for in each of its elements.
  const listEnd = itemPath.lastIndexOf(null) + 1
  const list = itemPath.slice(0, listEnd)
  const keyPath = itemPath.slice(listEnd)
  const timePath = time === null ? null : besidePath(time, list)
  const read = (holder: unknown) =>
    valuesAt(holder, list, comparisonLimits.lookedAt).flatMap((element) =>
      itemIn(element, keyPath, timePath),
    )
  return item.startsWith('$') ? read : (payload) => leastDeep(payload, read)
}

/** From an element of the list in which items are; null where the path leads elsewhere. */
function besidePath(time: string, list: JsonPath): JsonPath | null {
  const path = parsePath(time)
  if (path === null || list.every((step, index) => path[index] === step)) {
    return path?.slice(list.length) ?? null
  }
  return time.startsWith('$') ? null : path
}

/** `item` leads to one value. */
function itemIn(holder: unknown, item: JsonPath, time: JsonPath | null): readonly FoundItem[] {
  const key = keyOf(valuesAt(holder, item)[0])
  if (key === null) return []
  return [{ key, originAt: time === null ? null : timeOf(valuesAt(holder, time)[0]) }]
}

/** The items of all holders of the least depth at which there are any. */
function leastDeep(
  payload: unknown,
  read: (holder: unknown) => readonly FoundItem[],
): readonly FoundItem[] {
  let level: readonly unknown[] = [payload]
  let looked = 0
  while (level.length > 0) {
    const found = level.flatMap((holder) => read(holder))
    if (found.length > 0) return found
    looked += level.length
    if (looked > comparisonLimits.lookedAt) return []
    level = level.flatMap(holdersIn)
  }
  return []
}

/** The objects and lists in a value. */
export function holdersIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value)
    .slice(0, comparisonLimits.lookedAt)
    .filter((inner): inner is object => typeof inner === 'object' && inner !== null)
}

/** Numbers and texts; null of anything else. A session that writes `"7"` tells of the same item as one that writes `7`. */
export function keyOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || value === '') return null
  return shortKey(value, comparisonLimits.keyChars)
}

/** Units in which epochs are counted, by the least number that is meant so today, in ms. */
const units = [
  [1e17, 1e-6],
  [1e14, 1e-3],
  [1e11, 1],
  [1e8, 1000],
] as const

/** Epoch ms of a time as peers write it: ISO 8601, or seconds, ms, µs or ns since 1970. Null of anything else. */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'number') {
    const unit = units.find(([least]) => value >= least)
    return unit === undefined ? null : value * unit[1]
  }
  if (typeof value !== 'string') return null
  if (/^\d+(\.\d+)?$/.test(value)) return timeOf(Number(value))
  if (!/^\d{4}-\d\d-\d\dT/.test(value)) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : at
}
