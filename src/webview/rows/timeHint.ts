// The tooltip of a time in a row: what it counts from, and what lies between a request's row and its answer's.

import { answeredAfterMs, receivingMs } from '../../shared/frame/httpDetail.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { formatDelay } from '../../shared/text/units.ts'
import type { CountedFrom } from './rowTime.ts'

/** Columns of a row that tell a time. */
export type TimeColumn = 'since' | 'after'

/** Empty where the column of this row tells no time. `from`: as for `rowView`. */
export function timeHint({ frame, fold }: Row, from: CountedFrom, column: TimeColumn): string {
  if (column === 'since') {
    return [`${countedWords(from)}.`, ...answerSentences(frame)].join(' ')
  }
  return fold && !fold.open ? '' : answerSentences(frame).join(' ')
}

function countedWords(from: CountedFrom): string {
  if (from === 'clock') return 'The time of day, in this machine’s time zone'
  return from === null ? 'Since the session’s first frame' : 'Since the row above'
}

function answerSentences(frame: Row['frame']): readonly string[] {
  if (frame.kind === 'request' && frame.detail.gapMs !== undefined) {
    const gap = formatDelay(frame.detail.gapMs)
    return [`No request was open for ${gap}, since the last byte of the answer before.`]
  }
  if (frame.kind !== 'response') return []
  const { timings } = frame.detail
  const after = answeredAfterMs(timings)
  if (after === undefined) return []
  const answered = `Answered after ${formatDelay(after)}: from the last byte of the request to the first byte of the answer.`
  const receiving = receivingMs(timings)
  if (receiving === 0) return [answered]
  const rest = `Its last byte, where this row stands, came ${formatDelay(receiving)} later.`
  return [answered, rest]
}
