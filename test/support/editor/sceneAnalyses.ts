// The capture's own analyses over a scene's frames, all of which are decoded.

import {
  type AnalysisRuns,
  createAnalysisRuns,
} from '../../../src/engine/capture/reading/analysisRuns.ts'
import type { RowSource } from '../../../src/engine/capture/reading/rows.ts'
import type {
  AnalysisAnswer,
  AnalysisName,
  AnalysisScope,
} from '../../../src/shared/session/analysisResults.ts'
import type { PayloadPiece } from '../../../src/shared/session/captureRows.ts'
import type { Finding } from '../../../src/shared/session/findings.ts'

interface SceneSource extends RowSource {
  payload(seq: number, offset: number, length: number): PayloadPiece | null
}

/** `findings`: in place of what the rules would find. */
export function createSceneAnalyses(
  source: SceneSource,
  findings?: readonly Finding[],
): Pick<AnalysisRuns, 'answer'> {
  const decoding = {
    knownTo: source.last,
    packets: (first: number, last: number) => {
      const { rows } = source.read(first, last - first + 1)
      return new Map(
        rows.flatMap(({ frame, decoded }) => (decoded ? [[frame.seq, decoded] as const] : [])),
      )
    },
  }
  const runs = createAnalysisRuns(() => ({ ...source, frames: source.read, decoding }))
  return {
    answer<Name extends AnalysisName>(name: Name, scope: AnalysisScope): AnalysisAnswer<Name> {
      if (name !== 'findings' || !findings) return runs.answer(name, scope)
      const upTo = source.last()
      const told: AnalysisAnswer<'findings'> = {
        ...{ result: { findings, rules: 24 }, upTo, complete: true },
      }
      // It was asked for by this name.
      return told as AnalysisAnswer<Name>
    },
  }
}
