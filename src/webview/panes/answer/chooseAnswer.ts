// The choice of the answer that is shown: the newest, until another is chosen or a frame of another is selected.

import { lastFrameOf, type ModelAnswer } from '../../../shared/session/modelAnswers.ts'

export interface AnswerChoice {
  /** Null: the newest. */
  choose(id: number | null): void
  /** The answer that is shown; null where there is none. */
  shown(answers: readonly ModelAnswer[], selectedSeq: number | null): ModelAnswer | null
}

export function createAnswerChoice(): AnswerChoice {
  let chosen: number | null = null
  let seen: number | null = null
  return {
    choose(id) {
      chosen = id
    },
    shown(answers, selectedSeq) {
      const newest = answers.at(-1) ?? null
      const current = answers.find(({ id }) => id === chosen) ?? newest
      if (selectedSeq === null || selectedSeq === seen) return current
      // Only the selection changes it, not what comes.
      seen = selectedSeq
      const selected = answers.findLast((answer) => holds(answer, selectedSeq))
      if (current === null || selected === undefined || holds(current, selectedSeq)) return current
      chosen = selected.id
      return selected
    },
  }
}

function holds(answer: ModelAnswer, seq: number): boolean {
  return answer.id <= seq && seq <= lastFrameOf(answer)
}
