// The times between the chunks of one answer: their distribution, stalls, and how many came together.

import type { AnswerStall, ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import { isStall } from '../../../shared/session/modelMeasures.ts'
import { createDistribution } from '../numbers/distribution.ts'

type Gaps = Pick<ModelAnswer, 'gaps' | 'stalls' | 'stallCount' | 'bursts'>

export function createChunkGaps() {
  const gaps = createDistribution()
  /** Above 1 s; of too many the longest. */
  const long: AnswerStall[] = []
  let lastSeq = 0
  let lastAt = Number.NEGATIVE_INFINITY
  let bursts = 0

  function keep(gap: AnswerStall): void {
    if (long.length < modelLimits.longGaps) {
      long.push(gap)
      return
    }
    let shortest = 0
    for (let i = 1; i < long.length; i++)
      if ((long[i] as AnswerStall).ms < (long[shortest] as AnswerStall).ms) shortest = i
    if ((long[shortest] as AnswerStall).ms >= gap.ms) return
    // They stay in order of time.
    long.splice(shortest, 1)
    long.push(gap)
  }

  return {
    /** A chunk came. */
    add(seq: number, at: number): void {
      const isFirst = lastSeq === 0
      // Clocks may be set back.
      const ms = isFirst ? 0 : Math.max(0, at - lastAt)
      if (isFirst || ms >= modelLimits.burstGapMs) bursts++
      if (!isFirst) {
        gaps.add(ms, seq)
        if (isStall(ms, 0)) keep({ fromSeq: lastSeq, untilSeq: seq, ms })
      }
      lastSeq = seq
      lastAt = at
    },
    result(): Gaps {
      const found = gaps.result()
      const stalls = long.filter(({ ms }) => isStall(ms, found?.p50 ?? 0))
      return {
        gaps: found && { p50: found.p50, p95: found.p95, max: found.most },
        stalls: longest(stalls, modelLimits.stalls),
        stallCount: stalls.length,
        bursts,
      }
    },
  }
}

/** In the order in which they are given. */
function longest(stalls: readonly AnswerStall[], most: number): readonly AnswerStall[] {
  if (stalls.length <= most) return stalls
  const kept = new Set(stalls.toSorted((a, b) => b.ms - a.ms).slice(0, most))
  return stalls.filter((stall) => kept.has(stall))
}
