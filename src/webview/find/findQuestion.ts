// The question that finding asks of the capture, and its answer: how many matches there are, and which rows have some.

import type { Row, RowPositions } from '../../shared/session/captureRows.ts'
import { readTo } from './nextMatch.ts'

export interface Findings {
  readonly total: number
  /** Number of the selected match, from 1; null where none is selected. */
  readonly number: number | null
  /** Older frames are still being read: `total` will grow. */
  readonly partial: boolean
}

export interface FindAnswer {
  readonly findings: Findings
  /** Frames up to this one have been looked at; null where all have. */
  readonly upTo: number | null
  /** The frames of rows that match, or stand for some that do. */
  readonly matches: ReadonlySet<number>
}

/** Frames to ask `positions` about. `endSeq`: matches from this one on do not count. `seq`: the selected one, or 0. */
export function askedSeqs(rows: readonly Row[], endSeq: number, seq: number): readonly number[] {
  const spans = rows.flatMap(({ frame, fold }) => [
    frame.seq,
    (fold && !fold.open ? fold.lastSeq : frame.seq) + 1,
  ])
  return [endSeq, seq, seq + 1, ...spans]
}

/** `answer`: about the frames of `askedSeqs`. */
export function readAnswer(rows: readonly Row[], endSeq: number, answer: RowPositions): FindAnswer {
  const [total = 0, at = 0, after = 0, ...spans] = answer.rows
  const upTo = readTo(answer, endSeq)
  const isFound = (index: number) => (spans[2 * index + 1] ?? 0) > (spans[2 * index] ?? 0)
  return {
    findings: { total, number: after > at ? at + 1 : null, partial: upTo !== null },
    upTo,
    matches: new Set(rows.filter((_, index) => isFound(index)).map(({ frame }) => frame.seq)),
  }
}
