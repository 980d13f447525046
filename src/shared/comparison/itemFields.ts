// The fields of what one session received, by which it is guessed what an item is.

import { comparisonLimits } from '../limits.ts'
import { formatShortPath } from '../text/jsonPath.ts'
import { holdersIn, keyOf, timeOf } from './itemPlaces.ts'

/** A parsed payload that a session received. */
export interface SamplePayload {
  readonly value: unknown
  /** Epoch ms of its arrival. */
  readonly at: number
  readonly bytes: number
}

/** A field of one session, by its path from the object that may be an item. */
export interface ItemField {
  readonly path: string
  /** Different ones, as many as `comparisonLimits` lets; none of what is no key. */
  readonly keys: readonly string[]
  /** It names one object and no other. */
  readonly isKey: boolean
  /** In nearly all objects it was a time shortly before its arrival: a peer may tell a few wild ones. */
  readonly isTime: boolean
  readonly depth: number
}

export interface ItemFieldsFold {
  /** Payloads in order; more than enough are left out. */
  add(sample: SamplePayload): void
  /** More payloads change nothing. */
  readonly isFull: boolean
  /** So many were looked at. */
  readonly samples: number
  readonly fields: readonly ItemField[]
}

interface OpenField {
  readonly path: string
  /** Of each key the object that it stood in, as JSON. */
  readonly objects: Map<string, string>
  isKey: boolean
  seen: number
  times: number
  readonly depth: number
}

/** Of what a time is told for, so many may be wild. */
const wildShare = 0.1
/** What a key takes beside its characters. */
const charsAKey = 16
/** Names deeper than that belong to what an item has, and not to the item. */
const fieldDepth = 2
const levels = 4
const hourMs = 3_600_000

export function createItemFields(): ItemFieldsFold {
  const fields = new Map<string, OpenField>()
  let looked = 0
  let lookedBytes = 0
  return {
    get isFull() {
      return looked >= comparisonLimits.samples || lookedBytes >= comparisonLimits.sampleBytes
    },
    get samples() {
      return looked
    },
    add({ value, at, bytes }) {
      if (this.isFull) return
      addPayload(fields, value, at)
      looked += 1
      lookedBytes += bytes
    },
    get fields() {
      let chars: number = comparisonLimits.sampleChars
      return [...fields.values()].map(({ path, objects, isKey, seen, times, depth }) => {
        const keys: string[] = []
        for (const key of isKey ? objects.keys() : []) {
          chars -= key.length + charsAKey
          if (chars < 0 || keys.length >= comparisonLimits.sampleKeys) break
          keys.push(key)
        }
        return { path, keys, isKey, isTime: times > 0 && times >= seen * (1 - wildShare), depth }
      })
    },
  }
}

/** As items are found in it: a field of the same path that stands deeper is another one. */
function addPayload(fields: Map<string, OpenField>, payload: unknown, at: number): void {
  const known = new Set<string>()
  let level: readonly unknown[] = [payload]
  let looked = 0
  let leaves = 0
  for (let deep = 0; deep < levels && looked < comparisonLimits.sampleObjects; deep++) {
    const here = new Set<string>()
    for (const value of level) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
      const text = textOf(value)
      if (text === null) continue
      for (const [path, depth, leaf] of leavesOf(value, [])) {
        if (++leaves > comparisonLimits.sampleLeaves) return
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
  fields: Map<string, OpenField>,
  path: string,
  depth: number,
  leaf: unknown,
  text: string,
  at: number,
): void {
  const key = keyOf(leaf)
  if (key === null) return
  if (!fields.has(path) && fields.size >= comparisonLimits.samplePaths) return
  const field = fields.get(path) ?? {
    path,
    objects: new Map(),
    isKey: true,
    seen: 0,
    times: 0,
    depth,
  }
  fields.set(path, field)
  const known = field.objects.get(key)
  if (known !== undefined && known !== text) field.isKey = false
  field.objects.set(key, text)
  const time = timeOf(leaf)
  // Its clock may go wrong by some, and what is told may be a day old.
  field.seen += 1
  if (time !== null && time <= at + hourMs && time >= at - 24 * hourMs) field.times += 1
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
