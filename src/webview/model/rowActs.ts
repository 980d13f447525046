// Acts that a row has: sent again, put into a form to be changed, kept with the profile.

import { keptAs, sentAgainAs } from '../../shared/frame/sentAgain.ts'
import type { Row } from '../../shared/session/captureRows.ts'

export interface RowActs {
  readonly again: boolean
  readonly edit: boolean
  readonly keep: boolean
}

const none: RowActs = { again: false, edit: false, keep: false }

/** Of a row that stands for several frames, and of one that is not read, none. */
export function actsOf(row: Row | null): RowActs {
  if (row === null || row.gapMs !== undefined || (row.fold && !row.fold.open)) return none
  const { frame } = row
  const kept = keptAs(frame) !== null
  return { again: sentAgainAs(frame) !== null, edit: kept, keep: kept }
}
