// Answers of language models as they pass: each is told once nothing more of it will come, and what it said is not kept.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import type { ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import type { AnswerFold } from './answer.ts'
import { createModelConnections } from './modelConnections.ts'

export interface PassingAnswers {
  /** As the contract of analyses has them. */
  wantedBytes(frame: SeenFrame): number
  add(frame: SeenFrame, seq: number, start: Uint8Array | null): void
  /** Those of which more may come, oldest first: the last ones of the connections that are followed. */
  followed(): readonly ModelAnswer[]
}

export function createPassingAnswers(onOver: (answer: ModelAnswer) => void): PassingAnswers {
  const followed = new Set<AnswerFold>()
  const connections = createModelConnections({
    begin(answer) {
      answer.forgetSpans()
      followed.add(answer)
    },
    withdraw: (answer) => followed.delete(answer),
    over(answer) {
      followed.delete(answer)
      onOver(answer.result())
    },
    kept: { spans: 0, chars: 0 },
  })
  return {
    wantedBytes: connections.wantedBytes,
    add: connections.add,
    followed: () => [...followed].map((answer) => answer.result()),
  }
}
