// The words that a model said in folded bursts of its chunks.

import type { Row } from '../../shared/session/captureRows.ts'
import type { AnswerFeed } from '../model/answerFeed.ts'

/** Of no more answers than these the words are read for rows. */
const mostAnswers = 3
/** More does not fit into a row. */
const mostChars = 200

/** Has the texts of the answers read whose bursts are among the rows. */
export function lookAtFolds(answers: AnswerFeed, rows: readonly Row[]): void {
  const ids = new Set<number>()
  for (const row of rows) {
    const id = answerOf(answers, row)
    if (id !== null && ids.size < mostAnswers) ids.add(id)
  }
  answers.look('rows', [...ids])
}

/** The beginning of what the frames of a folded burst say; null where they say nothing, or that is not here. */
export function saidIn(answers: AnswerFeed, row: Row): string | null {
  const id = answerOf(answers, row)
  const text = id === null ? null : answers.textOf(id)
  if (!text || !row.fold) return null
  const said = text.between(row.fold.firstSeq, row.fold.lastSeq, mostChars)
  return said.trim() === '' ? null : said.replace(/\s+/g, ' ')
}

function answerOf({ answers }: AnswerFeed, { fold }: Row): number | null {
  if (fold?.what !== 'burst' || fold.open) return null
  const { firstSeq, lastSeq } = fold
  const answer = answers.findLast((one) => one.id <= lastSeq && firstSeq <= one.lastSeq)
  return answer?.id ?? null
}
