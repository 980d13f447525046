// The times in the first column of the merged list.

import type { TimeMode } from '../../../shared/session/habits.ts'
import { formatFromStart } from '../../../shared/text/units.ts'
import { type CountedFrom, type TimeWeight, timeText, timeWeight } from '../../rows/rowTime.ts'
import type { MergedRow } from './mergeRows.ts'

export interface MergedTime {
  readonly text: string
  readonly weight: TimeWeight
  /** By the clock of its session: see `rowView`. */
  readonly from: CountedFrom
}

/** The rows above, the nearest first; null where they are not read. */
export interface RowsAbove {
  readonly before: MergedRow | null
  readonly beforeThat: MergedRow | null
}

/** `origin`: epoch ms, by the common axis, of the first frame of all; what was sent last is one session's matter, so times count from there. */
export function mergedTime(
  { at, row }: MergedRow,
  mode: TimeMode,
  origin: number,
  { before, beforeThat }: RowsAbove,
): MergedTime {
  if (mode === 'clock')
    return { text: timeText(row.frame, 'clock'), weight: 'usual', from: 'clock' }
  if (mode !== 'before' || before === null)
    return { text: formatFromStart(at - origin), weight: 'usual', from: null }
  const from = row.frame.at - (at - before.at)
  const beforeMs = beforeThat === null ? 0 : before.at - beforeThat.at
  return { text: timeText(row.frame, from), weight: timeWeight(row.frame, from, beforeMs), from }
}
