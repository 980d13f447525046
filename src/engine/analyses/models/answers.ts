// Answers of language models in a session: on each connection chunks are merged into answers, several of them at once.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import type { AnalysisScope } from '../../../shared/session/analysisResults.ts'
import type { AnswersRead } from '../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import type { AnswerFold } from './answer.ts'
import type { KeptSpans } from './answerSpans.ts'
import { createModelConnection, type ModelConnection } from './modelConnection.ts'

/** As the contract of analyses has them. */
export interface AnswersFold {
  wantedBytes(frame: SeenFrame): number
  add(frame: SeenFrame, seq: number, start?: Uint8Array | null): void
  result(): AnswersRead
  piece(scope: AnalysisScope): AnswersRead
}

export function createAnswers(): AnswersFold {
  const connections = new Map<number, ModelConnection>()
  /** Oldest first. */
  const answers: AnswerFold[] = []
  const kept: KeptSpans = { spans: 0, chars: 0 }
  let forgotten = 0
  /** In a flood each frame is of the same connection as the one before it. */
  let last: ModelConnection | null = null
  let lastNumber = -1

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

  function find(number: number): ModelConnection {
    if (last !== null && number === lastNumber) return last
    let found = connections.get(number)
    if (!found) {
      found = createModelConnection({ begin, withdraw, kept })
      connections.set(number, found)
      const [oldest] = connections.keys()
      if (connections.size > modelLimits.connections && oldest !== undefined) {
        connections.get(oldest)?.leave()
        connections.delete(oldest)
      }
    }
    last = found
    lastNumber = number
    return found
  }

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
    wantedBytes: (frame) =>
      isData(frame) && find(frame.connection).wants(frame) ? modelLimits.chunkBytes : 0,
    add(frame, seq, start = null) {
      // The end belongs to no connection.
      if (frame.kind === 'end') for (const one of connections.values()) one.end(frame.at)
      else if (isData(frame) || endKinds.has(frame.kind)) {
        find(frame.connection).add(frame, seq, start)
        if (kept.spans > modelLimits.allSpans || kept.chars > modelLimits.allChars) makeRoom()
      }
    },
    result: () => read(null),
    piece: read,
  }
}

const dataKinds: ReadonlySet<SeenFrame['kind']> = new Set([
  'request',
  'response',
  'event',
  'record',
  'message',
])
const endKinds: ReadonlySet<SeenFrame['kind']> = new Set(['close', 'error', 'wait'])

function isData({ kind }: SeenFrame): boolean {
  return dataKinds.has(kind)
}
