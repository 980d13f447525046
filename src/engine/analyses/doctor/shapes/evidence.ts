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
  /** What is added to the one is not in the other. */
  copy(): Evidence
}

export function createEvidence(): Evidence {
  return evidenceFrom([], 0, 0)
}

function evidenceFrom(kept: number[], count: number, frameCount: number): Evidence {
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
    copy: () => evidenceFrom([...kept], count, frameCount),
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
