// Compares two JSON values and lists the paths at which they differ.

import { formatStep, shortPath } from '../text/jsonPath.ts'
import { cutText } from '../text/visibleText.ts'
import { isRecord } from '../unknown.ts'
import type { ChangedValue, Difference } from './httpDetail.ts'

/** Deeper down a value counts as one: it is equal or changed. */
const maxDepth = 32
/** Longer lists are compared place by place: a key for each item would take too long. */
const maxKeyed = 10_000
/** Where one of many values changed its type, the path of a long name would fill a screen. */
const maxPathChars = 200
/** Of a row: a value that is longer as JSON would be no quick answer to "from what to what". */
const rowValueChars = 40

/**
 * The paths that were added, removed and changed, in the order of the values; at most `limit` of them,
 * the rest is counted in `more`. Lists are compared from both ends, and by what is in them where items
 * moved, so that an item that came in is one addition. Values of more than `valueChars` as JSON are not told.
 */
export function jsonDifference(
  before: unknown,
  after: unknown,
  limit: number,
  valueChars: number = rowValueChars,
): Difference {
  const added: string[] = []
  const removed: string[] = []
  const changed: string[] = []
  const values: ChangedValue[] = []
  let more = 0

  /** Answers with the path as it was told; null where the limit is reached. */
  function tell(list: string[], path: string): string | null {
    if (added.length + removed.length + changed.length >= limit) {
      more++
      return null
    }
    const told = cutText(shortPath(path), maxPathChars)
    list.push(told)
    return told
  }

  function tellChange(old: unknown, now: unknown, path: string): void {
    const told = tell(changed, path)
    const [from, to] = [shortJson(old, valueChars), shortJson(now, valueChars)]
    if (told !== null && from !== null && to !== null) values.push({ path: told, from, to })
  }

  function compare(old: unknown, now: unknown, path: string, depth: number): void {
    if (Object.is(old, now)) return
    if (depth < maxDepth && Array.isArray(old) && Array.isArray(now)) {
      compareLists(old, now, path, depth + 1)
    } else if (depth < maxDepth && isRecord(old) && isRecord(now)) {
      compareRecords(old, now, path, depth + 1)
    } else if (!isEqual(old, now)) tellChange(old, now, path)
  }

  function compareRecords(old: JsonRecord, now: JsonRecord, path: string, depth: number): void {
    for (const name of Object.keys(old)) {
      if (Object.hasOwn(now, name)) compare(old[name], now[name], path + formatStep(name), depth)
      else tell(removed, path + formatStep(name))
    }
    for (const name of Object.keys(now)) {
      if (!Object.hasOwn(old, name)) tell(added, path + formatStep(name))
    }
  }

  function compareLists(
    old: readonly unknown[],
    now: readonly unknown[],
    path: string,
    depth: number,
  ): void {
    const shorter = Math.min(old.length, now.length)
    let start = 0
    while (start < shorter && isEqual(old[start], now[start])) start++
    let end = 0
    while (end < shorter - start && isEqual(old.at(-1 - end), now.at(-1 - end))) end++
    const stays = keptItems(old.slice(start, old.length - end), now.slice(start, now.length - end))
    if (stays !== null) {
      // Only their order differs.
      if (stays.old.every(Boolean) && stays.now.every(Boolean)) tell(changed, path)
      stays.old.forEach((stay, i) => {
        if (!stay) tell(removed, path + formatStep(start + i))
      })
      stays.now.forEach((stay, i) => {
        if (!stay) tell(added, path + formatStep(start + i))
      })
      return
    }
    const common = shorter - end
    for (let i = start; i < common; i++) compare(old[i], now[i], path + formatStep(i), depth)
    for (let i = common; i < old.length - end; i++) tell(removed, path + formatStep(i))
    for (let i = common; i < now.length - end; i++) tell(added, path + formatStep(i))
  }

  compare(before, after, '$', 0)
  return {
    ...{ added, removed, changed },
    ...(values.length > 0 && { values }),
    ...(more > 0 && { more }),
  }
}

/** Null for a list, an object, and what is long. */
function shortJson(value: unknown, maxChars: number): string | null {
  if (typeof value === 'object' && value !== null) return null
  if (typeof value === 'string' && value.length > maxChars) return null
  // See `parseComparableJson` for numbers that keep their digits as text.
  const [, number] = typeof value === 'string' ? (/^number (-?\d{1,3}\S*)$/.exec(value) ?? []) : []
  const text = number ?? JSON.stringify(value)
  return text.length > maxChars ? null : text
}

/**
 * Which items of two lists stand in both, where more of them moved than stayed in their place, as in a
 * window that slides over a feed; null where place by place tells more.
 */
function keptItems(
  old: readonly unknown[],
  now: readonly unknown[],
): { readonly old: readonly boolean[]; readonly now: readonly boolean[] } | null {
  if (old.length > maxKeyed || now.length > maxKeyed) return null
  const oldKeys = keysOf(old)
  const nowKeys = keysOf(now)
  if (oldKeys === null || nowKeys === null) return null
  const keptNow = marked(nowKeys, oldKeys)
  const kept = keptNow.filter(Boolean).length
  const inPlace = nowKeys.filter((key, i) => key === oldKeys[i]).length
  return kept > inPlace ? { old: marked(oldKeys, nowKeys), now: keptNow } : null
}

/** For each key whether it stands among the others, each of which counts once. */
function marked(keys: readonly string[], others: readonly string[]): boolean[] {
  const counts = new Map<string, number>()
  for (const key of others) counts.set(key, (counts.get(key) ?? 0) + 1)
  return keys.map((key) => {
    const count = counts.get(key) ?? 0
    counts.set(key, count - 1)
    return count > 0
  })
}

function keysOf(items: readonly unknown[]): string[] | null {
  try {
    return items.map((item) => JSON.stringify(item))
  } catch {
    // Nested too deep to be written.
    return null
  }
}

type JsonRecord = Readonly<Record<string, unknown>>

/** Without recursion: a peer decides how deep it goes. */
function isEqual(one: unknown, other: unknown): boolean {
  const left: unknown[] = [one]
  const right: unknown[] = [other]
  while (left.length > 0) {
    const a = left.pop()
    const b = right.pop()
    if (Object.is(a, b)) continue
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false
      for (const item of a) left.push(item)
      for (const item of b) right.push(item)
    } else if (isRecord(a) && isRecord(b)) {
      const names = Object.keys(a)
      if (names.length !== Object.keys(b).length) return false
      for (const name of names) {
        if (!Object.hasOwn(b, name)) return false
        left.push(a[name])
        right.push(b[name])
      }
    } else return false
  }
  return true
}
