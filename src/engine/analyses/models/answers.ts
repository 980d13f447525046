// Answers of language models in a session: on each connection chunks are merged into answers, several of them at once.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import type { AnalysisScope } from '../../../shared/session/analysisResults.ts'
import type { AnswersRead } from '../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import type { AnswerFold } from './answer.ts'
import type { KeptSpans } from './answerSpans.ts'
import { createModelConnections } from './modelConnections.ts'

/** As the contract of analyses has them. */
export interface AnswersFold {
  wantedBytes(frame: SeenFrame): number
  add(frame: SeenFrame, seq: number, start?: Uint8Array | null): void
  result(): AnswersRead
  piece(scope: AnalysisScope): AnswersRead
}

export function createAnswers(): AnswersFold {
  /** Oldest first. */
  const answers: AnswerFold[] = []
  const kept: KeptSpans = { spans: 0, chars: 0 }
  let forgotten = 0

  function begin(answer: AnswerFold): void {
    answers.push(answer)
    if (answers.length <= modelLimits.answers) return
    answers.shift()?.forgetSpans()
    forgotten++
  }

  function withdraw(answer: AnswerFold): void {
    const index = answers.lastIndexOf(answer)
    if (index >= 0) answers.splice(index, 1)
  }

  const connections = createModelConnections({ begin, withdraw, kept })

  /** The oldest answers lose theirs; of the newest one there is never too much. */
  function makeRoom(): void {
    for (const answer of answers) {
      if (kept.spans <= modelLimits.allSpans && kept.chars <= modelLimits.allChars) return
      answer.forgetSpans()
    }
  }

  function pieceOf(scope: AnalysisScope) {
    const answer = scope.answer && answers.find(({ id }) => id === scope.answer?.id)
    return answer && scope.answer ? answer.piece(scope.answer.from) : null
  }

  function read(scope: AnalysisScope | null): AnswersRead {
    const piece = scope === null ? null : pieceOf(scope)
    return { answers: answers.map((answer) => answer.result()), forgotten, piece }
  }

  return {
    wantedBytes: connections.wantedBytes,
    add(frame, seq, start = null) {
      if (!connections.add(frame, seq, start)) return
      if (kept.spans > modelLimits.allSpans || kept.chars > modelLimits.allChars) makeRoom()
    },
    result: () => read(null),
    piece: read,
  }
}
