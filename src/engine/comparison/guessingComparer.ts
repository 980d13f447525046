// A comparer that finds out by itself what an item is: frames wait until it is known.

import { guessPlaces } from '../../shared/comparison/guessPlaces.ts'
import { mayHoldItems } from '../../shared/comparison/payloadItems.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import { type Comparer, createComparer, type LaneName, samplesOf } from './comparer.ts'

interface Waiting {
  readonly frame: Frame
  payload(): Uint8Array | null
}

/** Guesses when it has seen enough of each session, when so many bytes wait, or when it is asked for a result. */
export function createGuessingComparer(lanes: readonly LaneName[]): Comparer {
  const waiting: Waiting[][] = lanes.map(() => [])
  const samples = lanes.map(() => 0)
  let waitingFrames = 0
  let waitingBytes = 0
  let comparer: Comparer | null = null

  function decide(): Comparer {
    const places = guessPlaces(
      waiting.map((frames) => (fromAt: number) => samplesOf(frames, fromAt)),
    )
    const decided = createComparer(lanes, places)
    for (const [lane, frames] of waiting.entries()) {
      for (const { frame, payload } of frames.splice(0)) decided.add(lane, frame, payload())
    }
    return decided
  }

  function isEnough(): boolean {
    if (waitingBytes > comparisonLimits.waitingBytes) return true
    if (waitingFrames > comparisonLimits.waitingFrames) return true
    return samples.every((count) => count >= comparisonLimits.samples)
  }

  return {
    add(lane, frame, payload) {
      if (comparer !== null) return comparer.add(lane, frame, payload)
      const kept = mayHoldItems(frame) ? payload : null
      waiting[lane]?.push({ frame, payload: () => kept })
      waitingFrames += 1
      if (kept !== null) {
        waitingBytes += kept.length
        samples[lane] = (samples[lane] ?? 0) + 1
      }
      if (isEnough()) comparer = decide()
    },
    result() {
      comparer ??= decide()
      return comparer.result()
    },
  }
}
