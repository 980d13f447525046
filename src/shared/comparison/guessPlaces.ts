// Guesses what the items of several sessions are: a field that is another in each item, and the same in all sessions.

import { createItemFields, type ItemField, type SamplePayload } from './itemFields.ts'
import type { ItemPlaces } from './itemPlaces.ts'

/** Payloads of one session from a time on, in epoch ms, in order; parsed one by one. */
export type Samples = (fromAt: number) => Iterable<SamplePayload>

/** Fewer keys could be alike by chance. */
const leastKeys = 3
/** Sessions see other times of a feed: so large a share of the fewer keys is in both. */
const leastShare = 0.2

const keyNames =
  /(?:^|[._-])(?:id|uuid|guid|seq|sequence|key|offset|number|nr)$|[a-z](?:Id|Seq|Key)$/i
const timeNames =
  /(?:^|[._-])(?:at|ts|time|timestamp|date|created|published)$|[a-z](?:At|Time|Date)$/i

/**
 * Null where no field is shared. A session that brought too little to tell is left out of the guess, as long as two are
 * left.
 */
export function guessPlaces(sessions: readonly Samples[]): ItemPlaces | null {
  // What they brought since the last of them began; where that is too little, what each began with.
  const fromAt = Math.max(...sessions.map(startOf))
  return guessFrom(sessions, fromAt) ?? guessFrom(sessions, Number.NEGATIVE_INFINITY)
}

function guessFrom(sessions: readonly Samples[], fromAt: number): ItemPlaces | null {
  return guessByFields(
    sessions.map((samples) => {
      const fold = createItemFields()
      for (const sample of samples(fromAt)) {
        fold.add(sample)
        if (fold.isFull) break
      }
      return fold.fields
    }),
  )
}

/** By the fields of each session. */
export function guessByFields(lanes: readonly (readonly ItemField[])[]): ItemPlaces | null {
  const byPath = new Map<string, ItemField[]>()
  for (const field of lanes.flat()) {
    const same = byPath.get(field.path) ?? []
    byPath.set(field.path, same)
    same.push(field)
  }
  const fields = [...byPath.values()]
  const [item] = fields
    .filter(isSharedKey)
    .toSorted((a, b) => rankOf(a, keyNames, lanes.length) - rankOf(b, keyNames, lanes.length))
  if (item === undefined) return null
  const [time] = fields
    .filter((same) => same.length >= item.length && same.every(({ isTime }) => isTime))
    .toSorted((a, b) => rankOf(a, timeNames, lanes.length) - rankOf(b, timeNames, lanes.length))
  return { item: item[0]?.path ?? '', time: time?.[0]?.path ?? null }
}

function isSharedKey(fields: readonly ItemField[]): boolean {
  const told = fields
    .filter(({ keys }) => keys.length >= leastKeys)
    .map(({ keys }) => new Set(keys))
  if (told.length < 2 || !fields.every(({ isKey }) => isKey)) return false
  return told.every((keys, index) =>
    told.slice(0, index).every((other) => shareOf(keys, other) >= leastShare),
  )
}

/** Of the keys of the session with fewer of them, those that the other has as well. */
function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  const both = [...few].filter((key) => many.has(key)).length
  return both / few.size
}

/** The lower, the better: in how many sessions it is, its name, then least deep; a key that is a time comes last. */
function rankOf(fields: readonly ItemField[], names: RegExp, sessions: number): number {
  const [field] = fields
  if (field === undefined) return Number.POSITIVE_INFINITY
  const absent = 10_000 * (sessions - fields.length)
  const timed = names === keyNames && field.isTime ? 1000 : 0
  return absent + timed + (names.test(field.path) ? 0 : 100) + field.depth
}

function startOf(samples: Samples): number {
  for (const { at } of samples(Number.NEGATIVE_INFINITY)) return at
  return Number.NEGATIVE_INFINITY
}
