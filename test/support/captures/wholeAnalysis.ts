// An analysis of a capture to its end: each call reads a slice.

import type { Capture } from '../../../src/engine/capture/capture.ts'
import type {
  AnalysisName,
  AnalysisResults,
  AnalysisScope,
} from '../../../src/shared/session/analysisResults.ts'

export function wholeAnalysis<Name extends AnalysisName>(
  capture: Pick<Capture, 'analysis'>,
  name: Name,
  scope: AnalysisScope = { afterSeq: 0 },
): AnalysisResults[Name] {
  let answer = capture.analysis(name, scope)
  while (!answer.complete) answer = capture.analysis(name, scope)
  return answer.result
}
