// Acts that a row has: sent again, put into a form to be changed, kept with the profile, and the way to its answer.

import type { Method } from '../../shared/endpoint/endpoint.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { keptAs, sentAgainAs } from '../../shared/frame/sentAgain.ts'
import type { Row } from '../../shared/session/captureRows.ts'

export interface RowActs {
  readonly again: boolean
  readonly edit: boolean
  readonly keep: boolean
  /** It answers a frame, or is one that is answered; the answer may be still to come. */
  readonly pair: boolean
}

const none: RowActs = { again: false, edit: false, keep: false, pair: false }

/**
 * Of a row that is not read, and of one that stands for several frames, none. Equal ones can be sent and kept: each is as
 * good as another. `method`: of its session; what passed a tap is the program's to send.
 */
export function actsOf(row: Row | null, method?: Method): RowActs {
  if (row === null || row.gapMs !== undefined) return none
  const { frame, decoded = [], fold } = row
  const isFolded = fold?.open === false
  if (isFolded && fold.what !== 'repeats') return none
  const kept = keptAs(frame) !== null
  const pair =
    !isFolded &&
    (frame.replyTo !== null ||
      isAnswered(frame) ||
      decoded.some(({ answers, answeredBy }) => answers !== undefined || answeredBy !== undefined))
  if (method === 'tap') return { ...none, pair }
  return { again: sentAgainAs(frame) !== null, edit: kept, keep: kept, pair }
}

/** By its kind: what a decoder knows to be answered has any. */
export function isAnswered({ kind }: Frame): boolean {
  return kind === 'request' || kind === 'ping'
}
