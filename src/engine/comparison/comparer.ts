// Folds the frames of several sessions as they come, and compares them at any time.

import type { Method } from '../../shared/endpoint/endpoint.ts'
import { type Frame, isPeerData } from '../../shared/frame/frame.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import type { Comparison } from '../../shared/session/comparison.ts'
import { longNumber, parseJson } from '../../shared/text/parseJson.ts'
import { compareLanes } from './compareLanes.ts'
import type { SamplePayload } from './guessPlaces.ts'
import { createItemReader, type FoundItem, type ItemPlaces } from './itemPlaces.ts'
import { createLaneFold } from './laneFold.ts'

/** What a session is called. */
export interface LaneName {
  readonly name: string
  readonly method: Method
}

export interface Comparer {
  /** A frame of the session of that index, in order, those of the wire layer too, with its whole payload. */
  add(lane: number, frame: Frame, payload: Uint8Array | null): void
  result(): Comparison
}

/** `places`: what an item is. To find it out, see `guessPlaces`. */
export function createComparer(lanes: readonly LaneName[], places: ItemPlaces | null): Comparer {
  const folds = lanes.map(({ name, method }) => createLaneFold(name, method))
  const read = places && createItemReader(places)
  let unread = 0

  /** Null where nobody knows what an item is. */
  function itemsOf(frame: Frame, payload: Uint8Array | null): readonly FoundItem[] | null {
    if (read === null) return null
    if (!mayHoldItems(frame)) return []
    if (isUnread(frame)) unread += 1
    const value = parsePayload(payload)
    return value === undefined ? [] : read(value)
  }

  return {
    add: (lane, frame, payload) => folds[lane]?.add(frame, itemsOf(frame, payload)),
    result: () =>
      compareLanes(
        folds.map((fold) => fold.lane()),
        places,
        unread,
      ),
  }
}

/** What the peer sent as data. A part of an answer is in the answer, and what says that something failed is no item. */
export function mayHoldItems(frame: Frame): boolean {
  if (frame.kind === 'record' && frame.detail.partial) return false
  return isPeerData(frame) && (frame.kind !== 'response' || frame.detail.status < 300)
}

function isUnread({ sizeBytes, detail }: Frame): boolean {
  return (
    sizeBytes > comparisonLimits.payloadBytes ||
    ('truncatedAt' in detail && detail.truncatedAt !== undefined)
  )
}

/** The payloads of frames from a time on, in epoch ms, by which it is guessed what an item is. */
export function* samplesOf(
  frames: Iterable<{ readonly frame: Frame; payload(): Uint8Array | null }>,
  fromAt: number,
): Generator<SamplePayload> {
  for (const { frame, payload } of frames) {
    if (frame.at < fromAt || !mayHoldItems(frame)) continue
    const bytes = payload()
    const value = parsePayload(bytes)
    if (value !== undefined) yield { value, at: frame.at, bytes: bytes?.length ?? 0 }
  }
}

const utf8 = new TextDecoder()

/** Undefined of what is no JSON, and of what is too large. A number that may lose digits is a text that has them all. */
function parsePayload(payload: Uint8Array | null): unknown {
  if (payload === null || payload.length === 0) return undefined
  if (payload.length > comparisonLimits.payloadBytes) return undefined
  const text = utf8.decode(payload)
  return parseJson(text, longNumber.test(text) ? keepDigits : undefined)
}

/** A key of 64 bits is rounded to that of another item. */
function keepDigits(source: string, value: number): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? source : value
}
