// The lines behind the text of an answer: how it ended, and what it used.

import type { AnswerUsage, ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'

export interface AnswerEnd {
  readonly look: 'quiet' | 'warning' | 'error'
  readonly icon: 'pass' | 'warning' | 'error' | 'dashboard'
  readonly text: string
  /** The frame that says so. */
  readonly seq: number | null
}

/** Empty while it goes on and has told nothing. */
export function answerEnds(answer: ModelAnswer): readonly AnswerEnd[] {
  return [howEnded(answer), used(answer)].filter((end) => end !== null)
}

function howEnded({ state, error, finish, lastSeq, chunks }: ModelAnswer): AnswerEnd | null {
  if (error !== null)
    return {
      ...{ look: 'error', icon: 'error', seq: error.seq },
      text: `It failed here: ${visibleLine(error.message)}`,
    }
  if (state === 'cut') {
    const text =
      chunks === 0
        ? 'The stream ended before the model said anything.'
        : 'The stream ended here without its finish sign: this is not the whole answer.'
    return { look: 'error', icon: 'error', text, seq: lastSeq }
  }
  if (finish === null) return null
  const { reason, isLength, seq } = finish
  if (!isLength)
    return { look: 'quiet', icon: 'pass', text: `Finished: ${visibleLine(reason)}`, seq }
  const text = `A limit of length stopped it here (${visibleLine(reason)}): the answer goes on no further.`
  return { look: 'warning', icon: 'warning', text, seq }
}

function used({ usage, usageAsked, state }: ModelAnswer): AnswerEnd | null {
  const quiet = { look: 'quiet', icon: 'dashboard' } as const
  if (usage !== null) return { ...quiet, text: `Usage: ${usageWords(usage)}`, seq: usage.seq }
  if (usageAsked !== false || state === 'open') return null
  return { ...quiet, text: 'No usage: the request did not ask for it.', seq: null }
}

/** `24 tokens in, 389 out, 120 of them reasoning`. */
export function usageWords({ input, output, reasoning }: AnswerUsage): string {
  const parts = [
    input === null ? '' : `${formatCount(input)} tokens in`,
    output === null ? '' : `${formatCount(output)}${input === null ? ' tokens' : ''} out`,
    reasoning === null || reasoning === 0 ? '' : `${formatCount(reasoning)} for reasoning`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}
