// Words of a model in rows: those in folded bursts of its chunks, and that its answer was cut.

import type { Row } from '../../shared/session/captureRows.ts'
import type { AnswerFeed } from '../model/answerFeed.ts'

/** Of no more answers than these the words are read for rows. */
const mostAnswers = 3
/** More does not fit into a row. */
const mostChars = 200
/** At the frame that ends a stream whose answer is not whole. */
const cutWords = 'answer cut: no finish sign'

/** Has the texts of the answers read whose bursts are among the rows. */
export function lookAtFolds(answers: AnswerFeed, rows: readonly Row[]): void {
  const ids = new Set<number>()
  for (const row of rows) {
    const id = answerOf(answers, row)
    if (id !== null && ids.size < mostAnswers) ids.add(id)
  }
  answers.look('rows', [...ids])
}

/**
 * The beginning of what the frames of a folded burst say, or that an answer was cut by the frame of the row. Null where
 * there is nothing of that, or it is not here.
 */
export function saidIn(answers: AnswerFeed, row: Row): string | null {
  if (isCutBy(answers, row)) return cutWords
  const id = answerOf(answers, row)
  const text = id === null ? null : answers.textOf(id)
  if (!text || !row.fold) return null
  const said = text.between(row.fold.firstSeq, row.fold.lastSeq, mostChars)
  return said.trim() === '' ? null : said.replace(/\s+/g, ' ')
}

function isCutBy({ answers }: AnswerFeed, { frame, fold, gapMs }: Row): boolean {
  if (fold !== undefined || gapMs !== undefined) return false
  return answers.some(({ state, endSeq }) => state === 'cut' && endSeq === frame.seq)
}

function answerOf({ answers }: AnswerFeed, { fold }: Row): number | null {
  if (fold?.what !== 'burst' || fold.open) return null
  const { firstSeq, lastSeq } = fold
  const answer = answers.findLast((one) => one.id <= lastSeq && firstSeq <= one.lastSeq)
  return answer?.id ?? null
}
