// The rows that a model's answer runs through: from its request over its first token to its end, and where it stalled.

import type { Row } from '../../shared/session/captureRows.ts'
import { lastFrameOf, type ModelAnswer } from '../../shared/session/modelAnswers.ts'
import type { RowRange } from './virtualWindow.ts'

/** The part of an answer that a row shows. */
export interface AnswerPart {
  /** `waits`: until the first token, which comes in the row that `turns`. `stalls`: in a silence. */
  readonly how: 'waits' | 'turns' | 'speaks' | 'stalls'
  readonly begins: boolean
  readonly ends: boolean
}

/** By row index; of answers at the same time those that began last. */
export function answerBars(
  range: RowRange,
  answers: readonly ModelAnswer[],
  at: (index: number) => Row | undefined,
): ReadonlyMap<number, AnswerPart> {
  const parts = new Map<number, AnswerPart>()
  if (answers.length === 0) return parts
  for (let index = range.first; index < range.end; index++) {
    const row = at(index)
    const answer = row && answers.findLast((one) => isWithin(one, row))
    if (row && answer) parts.set(index, partOf(answer, row, at(index - 1)))
  }
  return parts
}

/** A fold stands for several frames, a silence for none before its own. */
function isWithin(answer: ModelAnswer, row: Row): boolean {
  const { first, last } = seqsOf(row)
  if (row.gapMs !== undefined) return answer.id < first && first <= lastOf(answer)
  return answer.id <= last && first <= lastOf(answer)
}

function seqsOf({ frame, fold }: Row): { readonly first: number; readonly last: number } {
  return fold && !fold.open
    ? { first: fold.firstSeq, last: fold.lastSeq }
    : { first: frame.seq, last: frame.seq }
}

/** The last frame that is of it, whatever is still to come. */
function lastOf(answer: ModelAnswer): number {
  return answer.state === 'open' ? Number.POSITIVE_INFINITY : lastFrameOf(answer)
}

function partOf(answer: ModelAnswer, row: Row, before: Row | undefined): AnswerPart {
  const { first, last } = seqsOf(row)
  const isSilence = row.gapMs !== undefined
  return {
    how: isSilence && isStall(answer, first) ? 'stalls' : howAt(answer, row, before),
    begins: !isSilence && first <= answer.id,
    ends: !isSilence && last >= lastOf(answer),
  }
}

function isStall({ stalls }: ModelAnswer, seq: number): boolean {
  return stalls.some(({ fromSeq, untilSeq }) => fromSeq < seq && seq <= untilSeq)
}

function howAt(
  { firstTokenAt }: ModelAnswer,
  row: Row,
  before: Row | undefined,
): AnswerPart['how'] {
  const { frame, gapMs } = row
  if (firstTokenAt === null || frame.at < firstTokenAt) return 'waits'
  const wasBefore = before !== undefined && before.frame.at < firstTokenAt
  if (gapMs !== undefined) return frame.at > firstTokenAt ? 'speaks' : 'waits'
  return wasBefore || (frame.at === firstTokenAt && before === undefined) ? 'turns' : 'speaks'
}
