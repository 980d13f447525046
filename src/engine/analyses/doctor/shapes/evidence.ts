// The frames that prove a finding: all are counted, the first of them kept.

import { findingLimits } from '../../../../shared/limits.ts'
import type { Figure, Proof } from './rule.ts'

export interface Evidence {
  /** How often something was added. */
  readonly count: number
  /** One occurrence, by the frames that show it. */
  add(...seqs: readonly number[]): void
  /** For a finding: in order, each frame once. */
  proof(): Proof
}

export function createEvidence(): Evidence {
  const kept: number[] = []
  let count = 0
  let frameCount = 0
  return {
    get count() {
      return count
    },
    add(...seqs) {
      count++
      for (const seq of seqs) {
        if (kept.at(-1) === seq) continue
        frameCount++
        if (kept.length < findingLimits.frames) kept.push(seq)
      }
    },
    proof: () => ({ frames: [...kept].sort((a, b) => a - b), frameCount }),
  }
}

/** These frames alone. */
export function proofOf(...seqs: readonly number[]): Proof {
  return { frames: seqs, frameCount: seqs.length }
}

/** So often, where once is enough. */
export function occurrences(measured: number, threshold = 1): Figure {
  return { measured, threshold, unit: 'count' }
}
