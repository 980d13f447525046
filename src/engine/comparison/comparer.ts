// Folds the frames of several sessions as they come, and compares them at any time.

import { compareLanes } from '../../shared/comparison/compareLanes.ts'
import type { Comparison } from '../../shared/comparison/comparison.ts'
import type { SamplePayload } from '../../shared/comparison/itemFields.ts'
import type { ItemPlaces } from '../../shared/comparison/itemPlaces.ts'
import { mayHoldItems, parsePayload } from '../../shared/comparison/payloadItems.ts'
import type { Method } from '../../shared/endpoint/endpoint.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { createLaneFold } from '../analyses/laneFold.ts'

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
  const folds = lanes.map((name) => ({ name, fold: createLaneFold(places) }))
  return {
    add: (lane, frame, payload) => folds[lane]?.fold.add(frame, frame.seq, payload),
    result: () =>
      compareLanes(
        folds.map(({ name, fold }) => ({
          ...name,
          ...fold.counts(),
          items: fold.items.slice(0, fold.items.length),
        })),
        places,
      ),
  }
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
