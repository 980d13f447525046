// Guesses what the items of several sessions are: a field that is another in each item, and the same in all sessions.

import { comparisonLimits } from '../../shared/limits.ts'
import { formatShortPath } from '../../shared/text/jsonPath.ts'
import { holdersIn, type ItemPlaces, keyOf, timeOf } from './itemPlaces.ts'

/** A parsed payload that a session received. */
export interface SamplePayload {
  readonly value: unknown
  /** Epoch ms of its arrival. */
  readonly at: number
  readonly bytes: number
}

/** Those of one session from a time on, in epoch ms, in order; parsed one by one. */
export type Samples = (fromAt: number) => Iterable<SamplePayload>

/** A field of one session, by its path from the object that may be an item. */
interface Field {
  readonly path: string
  /** Of each key the object that it stood in, as JSON. */
  readonly objects: Map<string, string>
  /** It names one object and no other. */
  isKey: boolean
  /** In every object it was a time shortly before its arrival. */
  isTime: boolean
  depth: number
}

/** Names deeper than that belong to what an item has, and not to the item. */
const fieldDepth = 2
const levels = 4
/** Fewer keys could be alike by chance. */
const leastKeys = 3
/** Sessions see other times of a feed: so large a share of the fewer keys is in both. */
const leastShare = 0.2

const keyNames =
  /(?:^|[._-])(?:id|uuid|guid|seq|sequence|key|offset|number|nr)$|[a-z](?:Id|Seq|Key)$/i
const timeNames =
  /(?:^|[._-])(?:at|ts|time|timestamp|date|created|published)$|[a-z](?:At|Time|Date)$/i

const hourMs = 3_600_000

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
  const lanes = sessions.map((samples) => fieldsOf(samples(fromAt)))
  const paths = new Set(lanes.flatMap((fields) => [...fields.keys()]))
  const fields = [...paths].map((path) => lanes.flatMap((lane) => lane.get(path) ?? []))
  const [item] = fields
    .filter(isSharedKey)
    .toSorted((a, b) => rankOf(a, keyNames, lanes.length) - rankOf(b, keyNames, lanes.length))
  if (item === undefined) return null
  const [time] = fields
    .filter((same) => same.length >= item.length && same.every(({ isTime }) => isTime))
    .toSorted((a, b) => rankOf(a, timeNames, lanes.length) - rankOf(b, timeNames, lanes.length))
  return { item: item[0]?.path ?? '', time: time?.[0]?.path ?? null }
}

function isSharedKey(fields: readonly Field[]): boolean {
  const told = fields.filter(({ objects }) => objects.size >= leastKeys)
  if (told.length < 2 || !fields.every(({ isKey }) => isKey)) return false
  return told.every(({ objects }, index) =>
    told.slice(0, index).every((other) => shareOf(objects, other.objects) >= leastShare),
  )
}

/** Of the keys of the session with fewer of them, those that the other has as well. */
function shareOf(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  const both = [...few.keys()].filter((key) => many.has(key)).length
  return both / few.size
}

/** The lower, the better: in how many sessions it is, its name, then least deep; a key that is a time comes last. */
function rankOf(fields: readonly Field[], names: RegExp, sessions: number): number {
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

function fieldsOf(samples: Iterable<SamplePayload>): Map<string, Field> {
  const fields = new Map<string, Field>()
  let looked = 0
  let lookedBytes = 0
  for (const { value, at, bytes } of samples) {
    addPayload(fields, value, at)
    looked += 1
    lookedBytes += bytes
    if (looked >= comparisonLimits.samples || lookedBytes >= comparisonLimits.sampleBytes) break
  }
  return fields
}

/** As items are found in it: a field of the same path that stands deeper is another one. */
function addPayload(fields: Map<string, Field>, payload: unknown, at: number): void {
  const known = new Set<string>()
  let level: readonly unknown[] = [payload]
  let looked = 0
  for (let deep = 0; deep < levels && looked < comparisonLimits.sampleObjects; deep++) {
    const here = new Set<string>()
    for (const value of level) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
      const text = textOf(value)
      if (text === null) continue
      for (const [path, depth, leaf] of leavesOf(value, [])) {
        if (known.has(path)) continue
        here.add(path)
        addLeaf(fields, path, depth, leaf, text, at)
      }
    }
    for (const path of here) known.add(path)
    looked += level.length
    level = level.flatMap(holdersIn).slice(0, comparisonLimits.sampleObjects)
  }
}

/** Null of what is nested too deep to be written. */
function textOf(value: object): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    return null
  }
}

function addLeaf(
  fields: Map<string, Field>,
  path: string,
  depth: number,
  leaf: unknown,
  text: string,
  at: number,
): void {
  const key = keyOf(leaf)
  if (key === null) return
  if (!fields.has(path) && fields.size >= comparisonLimits.samplePaths) return
  const field = fields.get(path) ?? { path, objects: new Map(), isKey: true, isTime: true, depth }
  fields.set(path, field)
  const known = field.objects.get(key)
  if (known !== undefined && known !== text) field.isKey = false
  field.objects.set(key, text)
  const time = timeOf(leaf)
  // Its clock may go wrong by some, and what is told may be a day old.
  if (time === null || time > at + hourMs || time < at - 24 * hourMs) field.isTime = false
}

function* leavesOf(
  object: object,
  path: readonly string[],
): Generator<readonly [path: string, depth: number, value: unknown]> {
  for (const [name, value] of Object.entries(object)) {
    const here = [...path, name]
    if (typeof value !== 'object') yield [formatShortPath(here), here.length, value]
    else if (value !== null && !Array.isArray(value) && here.length < fieldDepth) {
      yield* leavesOf(value, here)
    }
  }
}
