// The fields of what a session received from a time on, by which it is guessed what the items of several sessions are.

import { createItemFields } from '../../shared/comparison/itemFields.ts'
import { mayHoldItems, parsePayload } from '../../shared/comparison/payloadItems.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import type { AnalysisScope, FieldsAnswer } from '../../shared/session/analysisResults.ts'
import type { Analysis } from './analysis.ts'

export function createSessionFields({
  sinceAt = Number.NEGATIVE_INFINITY,
}: AnalysisScope): Analysis<FieldsAnswer> {
  const fold = createItemFields()
  let startAt: number | null = null
  return {
    get settled() {
      return fold.isFull
    },
    wantedBytes: (frame) => (mayHoldItems(frame) ? comparisonLimits.payloadBytes : 0),
    add(frame, _seq, start = null) {
      if (frame.at < sinceAt || !mayHoldItems(frame)) return
      const value = parsePayload(start)
      if (value === undefined) return
      startAt ??= frame.at
      fold.add({ value, at: frame.at, bytes: start?.length ?? 0 })
    },
    result: () => ({
      ...{ startAt, samples: fold.samples, isFull: fold.isFull, fields: fold.fields },
    }),
  }
}
