// The shapes of a session's messages, by type.

import { parsePayload } from '../../shared/comparison/payloadItems.ts'
import type { AnalysisScope } from '../../shared/session/analysisResults.ts'
import type { Schema } from '../../shared/session/schema.ts'
import { schemaLimits } from '../../shared/session/schemaLimits.ts'
import type { Analysis } from './analysis.ts'
import { createMessageTypes, mayHaveShape } from './schema/messageTypes.ts'

export function createSchema(): Analysis<Schema> {
  const types = createMessageTypes()
  let samples = 0
  let unread = 0

  const isFull = () => samples >= schemaLimits.samples
  const heads = (shape: Schema['shape']): Schema => ({
    ...{ types: types.list(), shape, samples, isFull: isFull(), unread },
  })

  return {
    needsPackets: true,
    get settled() {
      return isFull()
    },
    wantedBytes: (frame) =>
      mayHaveShape(frame) && frame.sizeBytes <= schemaLimits.payloadBytes ? frame.sizeBytes : 0,
    add(frame, seq, start = null, packets = []) {
      if (isFull() || !mayHaveShape(frame)) return
      const isWhole = start !== null && start.length >= frame.sizeBytes
      const value = isWhole ? parsePayload(start) : undefined
      if (value === undefined || types.add({ frame, seq, packets, value }) === null) unread++
      else samples++
    },
    result: () => heads(null),
    piece: ({ schemaOf }: AnalysisScope) =>
      heads(schemaOf === undefined ? null : (types.shape(schemaOf)?.result() ?? null)),
  }
}
