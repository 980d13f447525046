// The items of a session and what they cost, for a comparison with other sessions: told piece by piece.

import type { LaneAnswer } from '../../shared/comparison/lane.ts'
import { mayHoldItems } from '../../shared/comparison/payloadItems.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import type { AnalysisScope } from '../../shared/session/analysisResults.ts'
import type { Analysis } from './analysis.ts'
import { createLaneFold } from './laneFold.ts'

export function createItems({ items: asked }: AnalysisScope): Analysis<LaneAnswer> {
  const fold = createLaneFold(asked?.places ?? null)
  return {
    wantedBytes: (frame) =>
      asked?.places && mayHoldItems(frame) ? comparisonLimits.payloadBytes : 0,
    add: (frame, seq, start = null) => fold.add(frame, seq, start),
    result: () => pieceFrom(0),
    piece: ({ items }) => pieceFrom(items?.from ?? 0),
  }

  function pieceFrom(wanted: number): LaneAnswer {
    const from = Math.min(wanted, fold.items.length)
    return {
      counts: fold.counts(),
      marks: fold.marks(),
      total: fold.items.length,
      from,
      items: fold.items.slice(from, from + comparisonLimits.piece),
    }
  }
}
