// The capture's own analyses over a scene's frames, all of which are decoded.

import {
  type AnalysisRuns,
  createAnalysisRuns,
} from '../../../src/engine/capture/reading/analysisRuns.ts'
import type { RowSource } from '../../../src/engine/capture/reading/rows.ts'
import type { PayloadPiece } from '../../../src/shared/session/captureRows.ts'

interface SceneSource extends RowSource {
  payload(seq: number, offset: number, length: number): PayloadPiece | null
}

export function createSceneAnalyses(source: SceneSource): AnalysisRuns {
  const decoding = {
    knownTo: source.last,
    packets: (first: number, last: number) => {
      const { rows } = source.read(first, last - first + 1)
      return new Map(
        rows.flatMap(({ frame, decoded }) => (decoded ? [[frame.seq, decoded] as const] : [])),
      )
    },
  }
  return createAnalysisRuns(() => ({ ...source, frames: source.read, decoding }))
}
