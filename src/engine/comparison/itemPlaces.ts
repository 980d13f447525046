// Items in payloads: their key by one path, and their time of origin beside it by another.

import { comparisonLimits } from '../../shared/limits.ts'
import { type JsonPath, parsePath } from '../../shared/text/jsonPath.ts'
import { valuesAt } from '../../shared/text/jsonPathValues.ts'

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
  const [itemPath, timePath] = [parsePath(item), time === null ? null : parsePath(time)]
  if (itemPath === null) return () => []
  if (!item.startsWith('$')) {
    return (payload) => leastDeep(payload, (holder) => itemsIn(holder, itemPath, timePath))
  }
  // Both paths lead into the same list: what lies behind it is looked for in each of its elements.
  const listEnd = itemPath.lastIndexOf(null) + 1
  const list = itemPath.slice(0, listEnd)
  const rest = itemPath.slice(listEnd)
  const isBeside = timePath !== null && startsWith(timePath, list)
  const besidePath = isBeside ? timePath.slice(listEnd) : null
  return (payload) => valuesAt(payload, list).flatMap((holder) => itemsIn(holder, rest, besidePath))
}

function itemsIn(holder: unknown, item: JsonPath, time: JsonPath | null): readonly FoundItem[] {
  const originAt = time === null ? null : timeOf(valuesAt(holder, time)[0])
  return valuesAt(holder, item).flatMap((value) => {
    const key = keyOf(value)
    return key === null ? [] : [{ key, originAt }]
  })
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
  if (typeof value === 'string')
    return value === '' ? null : value.slice(0, comparisonLimits.keyChars)
  return typeof value === 'number' ? String(value) : null
}

/** Whether a path begins with all steps of another. */
function startsWith(path: JsonPath, start: JsonPath): boolean {
  return start.every((step, index) => path[index] === step)
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
