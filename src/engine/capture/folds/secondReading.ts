// Reads frames once more that were folded before they were decoded, where a decoder finds heartbeats among them.

import { foldLimits } from '../../../shared/limits.ts'
import { createPace } from '../format/pace.ts'
import type { FoldReader, FoldSource } from './foldReader.ts'
import type { FoldRuns } from './foldRuns.ts'

const seekPace = { least: 1024, most: 65_536, ms: 5 }

/** `first`: what was read, decoded or not. `decoded`: every frame up to this one is. `until`: of the clock in ms. */
export interface SecondReading {
  /** What takes the place of `first` next has so many runs in common with it, or more. */
  readonly alike: number
  /** Seeks heartbeats; answers true once all of `first` is decoded and none was found that it does not know. */
  confirms(first: FoldReader, decoded: number, until: number): boolean
  /** Where there are any, reads on; answers what has come as far as `first`, to take its place. */
  replaces(first: FoldReader, decoded: number, until: number): FoldReader | null
}

/**
 * `from`: what has read as far as frames are decoded. A frame is read once more when it is decoded, and those behind it
 * again only when they are fewer than these: what it takes is in proportion to what is new.
 */
export function createSecondReading(source: FoldSource, from: FoldReader): SecondReading {
  const pace = createPace(seekPace)
  /** Reads what is decoded. */
  const sure = from.fork()
  /** From here on the heartbeats that `first` knows are not all there are. */
  let begunAt = sure.upTo
  let soughtTo = sure.upTo
  let found = false
  let alike = lastingRuns(sure.runs)
  /** Reads on from `sure` to where `first` is. */
  let next: FoldReader | null = null

  return {
    get alike() {
      return alike
    },
    confirms(first, decoded, until) {
      const end = Math.min(decoded, first.upTo)
      while (!found && soughtTo < end && performance.now() < until) {
        soughtTo = pace.step(soughtTo, end, (to) => {
          found = source.heartbeats(soughtTo, to).length > 0
        })
      }
      return !found && soughtTo >= first.upTo
    },
    replaces(first, decoded, until) {
      if (!found) return null
      if (next === null) {
        const end = Math.min(decoded, first.upTo)
        sure.extend(end, until)
        if (sure.upTo < end || first.upTo - sure.upTo > sure.upTo - begunAt) return null
        next = sure.fork()
      }
      next.extend(first.upTo, until)
      if (next.upTo < first.upTo) return null
      const done = next
      next = null
      found = false
      begunAt = sure.upTo
      soughtTo = sure.upTo
      alike = lastingRuns(sure.runs)
      return done
    },
  }
}

/** Whether the rows are the same, and those that may yet change. The first `alike` runs are known to be so. */
export function isSameFolding(one: FoldRuns, other: FoldRuns, alike: number): boolean {
  if (one.length !== other.length || one.loose !== other.loose || one.growing !== other.growing)
    return false
  for (let index = alike; index < one.length; index++) {
    const [a, b] = [one.run(index), other.run(index)]
    if (a.first !== b.first || a.last !== b.last || a.what !== b.what) return false
  }
  return true
}

/** Of the runs that there are, so many stay whatever comes: a burst takes the place of those among its first frames. */
function lastingRuns({ length }: FoldRuns): number {
  return Math.max(0, length - foldLimits.burstFrames / foldLimits.leastRepeats)
}
