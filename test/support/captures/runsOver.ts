// Analysis runs over frames that stand in memory, for tests that look at how they are read.

import assert from 'node:assert/strict'
import { createAnalysisRuns } from '../../../src/engine/capture/reading/analysisRuns.ts'
import type { SampleRow } from '../samples/sampleRows.ts'

type Source = ReturnType<Parameters<typeof createAnalysisRuns>[0]>

export interface OverOptions {
  /** Frames are read from this one on. */
  onRead?(seq: number): void
  /** Default: nothing is decoded. */
  readonly decoding?: Source['decoding']
}

export function runsOver(
  rows: readonly SampleRow[],
  { onRead, decoding = { packets: () => new Map(), knownTo: () => 0 } }: OverOptions = {},
) {
  return createAnalysisRuns(() => ({
    last: () => rows.length,
    frames: (seq, count) => {
      onRead?.(seq)
      return { rows: rows.slice(seq - 1, seq - 1 + count), detailChars: 0 }
    },
    tally: () => assert.fail(),
    index: () => assert.fail(),
    wireFrames: () => null,
    payload: () => null,
    decoding,
  }))
}
