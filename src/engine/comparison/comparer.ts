// Folds the frames of several sessions as they come, and compares them at any time.

import type { Method } from '../../shared/endpoint/endpoint.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import type { Comparison } from '../../shared/session/comparison.ts'
import { compareLanes } from './compareLanes.ts'
import { guessPlaces, type SamplePayload } from './guessPlaces.ts'
import { createItemReader, type FoundItem, type ItemPlaces } from './itemPlaces.ts'
import { createLaneFold } from './laneFold.ts'

/** What a session is called. */
export interface LaneName {
  readonly name: string
  readonly method: Method
}

export interface Comparer {
  /** A frame of the session of that index, in order, with its whole payload. */
  add(lane: number, frame: Frame, payload: Uint8Array | null): void
  result(): Comparison
}

/** `places`: what an item is. To find it out, see `createGuesser`. */
export function createComparer(lanes: readonly LaneName[], places: ItemPlaces | null): Comparer {
  const folds = lanes.map(({ name, method }) => createLaneFold(name, method))
  const read = places && createItemReader(places)

  function itemsOf(frame: Frame, payload: Uint8Array | null): readonly FoundItem[] {
    if (read === null || !mayHoldItems(frame)) return []
    const value = parsePayload(payload)
    return value === undefined ? [] : read(value)
  }

  return {
    add: (lane, frame, payload) => folds[lane]?.add(frame, itemsOf(frame, payload)),
    result: () =>
      compareLanes(
        folds.map((fold) => fold.lane()),
        places,
      ),
  }
}

export interface Guesser {
  add(lane: number, frame: Frame, payload: Uint8Array | null): void
  /** Whether no more of a session's payloads are looked at. */
  isFull(lane: number): boolean
  /** Null where nothing is shared. */
  guess(): ItemPlaces | null
}

/** Finds out what the items of so many sessions are. */
export function createGuesser(lanes: number): Guesser {
  const samples: SamplePayload[][] = Array.from({ length: lanes }, () => [])
  const isFull = (lane: number) => (samples[lane]?.length ?? 0) >= comparisonLimits.samples
  return {
    isFull,
    add(lane, frame, payload) {
      if (isFull(lane) || !mayHoldItems(frame)) return
      const value = parsePayload(payload)
      if (value !== undefined) samples[lane]?.push({ value, at: frame.at })
    },
    guess: () => guessPlaces(samples),
  }
}

/** What the peer sent as data. */
function mayHoldItems({ kind, direction }: Frame): boolean {
  return direction === 'in' && ['message', 'event', 'record', 'response'].includes(kind)
}

const utf8 = new TextDecoder()

/** Undefined of what is no JSON, and of what is too large. */
function parsePayload(payload: Uint8Array | null): unknown {
  if (payload === null || payload.length === 0) return undefined
  if (payload.length > comparisonLimits.payloadBytes) return undefined
  try {
    return JSON.parse(utf8.decode(payload))
  } catch {
    return undefined
  }
}
