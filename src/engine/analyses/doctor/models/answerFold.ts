// The fold of a rule about answers of language models: each is judged when nothing more of it will come, and those of
// which more may come whenever it is asked.

import type { FrameKind } from '../../../../shared/frame/frame.ts'
import type { ModelAnswer } from '../../../../shared/session/modelAnswers.ts'
import { createEvidence, type Evidence } from '../shapes/evidence.ts'
import type { RuleFold, SeenOf, Told } from '../shapes/rule.ts'

/** What an answer shows: its frames, and what there is to say, its own or together with what others have shown. */
export interface Shown<Said> {
  readonly frames: readonly number[]
  readonly said: Said
}

export interface AnswerRule<Said, Kind extends FrameKind> {
  add?(seen: SeenOf<Kind>): void
  /** Null where there is nothing. `before`: what was said of others. `stoppedAt`: see `Context`. */
  judge(answer: ModelAnswer, before: Said | null, stoppedAt: number | null): Shown<Said> | null
  /** `seen` counts answers. */
  tell(said: Said, seen: Evidence): Told
}

export function createAnswerFold<Said, Kind extends FrameKind>({
  add,
  judge,
  tell,
}: AnswerRule<Said, Kind>): RuleFold<Kind> {
  const seen = createEvidence()
  let said: Said | null = null

  return {
    ...(add && { add }),
    answered(answer, stoppedAt) {
      const shown = judge(answer, said, stoppedAt)
      if (shown === null) return
      seen.add(...shown.frames)
      said = shown.said
    },
    finding({ answers, stoppedAt }) {
      const all = seen.copy()
      let last = said
      for (const answer of answers) {
        const shown = judge(answer, last, stoppedAt)
        if (shown === null) continue
        all.add(...shown.frames)
        last = shown.said
      }
      return last === null ? null : tell(last, all)
    },
  }
}
