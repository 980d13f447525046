// The answer to a request that passes a tap: kept for its frame, or told as a stream.

import { isGood, streamFormat } from '../protocols/stream/streamFormat.ts'
import type { ReadAnswer, TapAnswer } from './answerDetail.ts'
import { createCollectedAnswer } from './collectedAnswer.ts'
import { createStreamedAnswer } from './streamedAnswer.ts'
import type { TapContext } from './tapContext.ts'

export function createTapAnswer(context: TapContext, answer: ReadAnswer): TapAnswer {
  const { text, request } = answer
  const hasBody = answer.bodyEnd.by !== 'head' && isGood(text)
  const format = hasBody ? streamFormat('auto', text, false) : null
  const isPoll = request.asked.purpose === 'poll' || request.asked.purpose === 'long-poll'
  if (format === null || isPoll) return createCollectedAnswer(context, answer)
  return createStreamedAnswer(context, answer, format)
}
