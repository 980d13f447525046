// The tooltip of a time in a row: what it counts from, and what lies between a request's row and its answer's.

import { answeredAfterMs, receivingMs } from '../../shared/frame/httpDetail.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { TimeMode } from '../../shared/session/habits.ts'
import { formatDelay } from '../../shared/text/units.ts'

/** Columns of a row that tell a time. */
export type TimeColumn = 'since' | 'after'

/** Empty where the column of this row tells no time. `counts`: what its time counts from. */
export function timeHint({ frame, fold }: Row, counts: TimeMode, column: TimeColumn): string {
  if (column === 'since') {
    return [`${countedWords[counts]}.`, ...answerSentences(frame)].join(' ')
  }
  return fold && !fold.open ? '' : answerSentences(frame).join(' ')
}

const countedWords: Readonly<Record<TimeMode, string>> = {
  before: 'Since the row above',
  start: 'Since the session’s first frame',
  sent: 'Since the last message or request that was sent before, or the session’s first frame',
  clock: 'The time of day, in this machine’s time zone',
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
