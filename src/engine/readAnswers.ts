// Reads what language models said in a capture, slice by slice, so that who asks can do something else between.

import type { SaidAnswer } from '../shared/session/answerWords.ts'
import type { AnswerSpan, ModelAnswer } from '../shared/session/modelAnswers.ts'
import { modelLimits } from '../shared/session/modelLimits.ts'
import type { Capture } from './capture/capture.ts'

type Read = Pick<Capture, 'info' | 'analysis'>

/** Of the frames that are there when it begins: the last `modelLimits.reported` answers. */
export function* readAnswers(capture: Read): Generator<undefined, readonly SaidAnswer[]> {
  const { frames } = capture.info()
  for (;;) {
    const { result, upTo, complete } = capture.analysis('answers', { afterSeq: 0 })
    if (complete || upTo >= frames)
      return result.answers.slice(-modelLimits.reported).map((answer) => readText(capture, answer))
    yield
  }
}

/** The same at once. */
export function allAnswers(capture: Read): readonly SaidAnswer[] {
  const reading = readAnswers(capture)
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
  }
}

function readText(capture: Read, answer: ModelAnswer): SaidAnswer {
  const parts: AnswerSpan[][] = []
  let chars = 0
  for (let from = 0; chars <= modelLimits.reportChars; ) {
    const scope = { afterSeq: 0, answer: { id: answer.id, from } }
    const spans = capture.analysis('answers', scope).result.piece?.spans ?? []
    if (spans.length === 0) break
    from += spans.length
    for (const span of spans) {
      if (span.kind === 'reasoning') continue
      const part = parts[span.part] ?? []
      parts[span.part] = part
      part.push(span)
      chars += span.text.length
    }
  }
  const text = Object.values(parts).map(partText).join('\n\n')
  const kept = text.slice(0, modelLimits.reportChars)
  return { answer, text: kept, isCut: kept.length < text.length }
}

/** A tool call as `get_quote({"symbol":"BTC-EUR"})`. */
function partText(spans: readonly AnswerSpan[]): string {
  const text = spans.map((span) => span.text).join('')
  const [first] = spans
  return first?.kind === 'tool' ? `${first.name ?? 'tool'}(${text})` : text
}
