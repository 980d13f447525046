// A comparer that finds out by itself what an item is: frames wait until it is known.

import type { Frame } from '../../shared/frame/frame.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import { type Comparer, createComparer, createGuesser, type LaneName } from './comparer.ts'

interface Waiting {
  readonly lane: number
  readonly frame: Frame
  readonly payload: Uint8Array | null
}

/** Guesses when it has seen enough of each session, when so many bytes wait, or when it is asked for a result. */
export function createGuessingComparer(lanes: readonly LaneName[]): Comparer {
  const guesser = createGuesser(lanes.length)
  let waiting: Waiting[] = []
  let waitingBytes = 0
  let comparer: Comparer | null = null

  function decide(): Comparer {
    const decided = createComparer(lanes, guesser.guess())
    for (const { lane, frame, payload } of waiting) decided.add(lane, frame, payload)
    waiting = []
    return decided
  }

  function isEnough(): boolean {
    const { waitingBytes: most, waitingFrames } = comparisonLimits
    if (waitingBytes > most || waiting.length > waitingFrames) return true
    return lanes.every((_, lane) => guesser.isFull(lane))
  }

  return {
    add(lane, frame, payload) {
      if (comparer !== null) return comparer.add(lane, frame, payload)
      guesser.add(lane, frame, payload)
      waiting.push({ lane, frame, payload })
      waitingBytes += payload?.length ?? 0
      if (isEnough()) comparer = decide()
    },
    result() {
      comparer ??= decide()
      return comparer.result()
    },
  }
}
