// The times of the drawn rows: what they count from, as the user has chosen, and how much each stands out.

import type { Row } from '../../shared/session/captureRows.ts'
import { previousAtOf } from '../model/rowFilters.ts'
import type { StoredRow } from '../model/rowStore.ts'
import { createSentTimes, isSent, type SentTimes } from '../model/sentTimes.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { type CountedFrom, countedFrom, type TimeWeight, timeWeight } from './rowTime.ts'

export interface RowTimes {
  /** Before rows are drawn: all of them that are read. */
  begin(model: TimelineModel, drawn: readonly Row[]): void
  from(row: StoredRow): CountedFrom
  weight(index: number): TimeWeight
}

/** `redraw`: a time has become known. */
export function createRowTimes(redraw: () => void): RowTimes {
  let model: TimelineModel | null = null
  let sent: SentTimes | null = null
  let drawn: readonly Row[] = []

  function sentBefore(row: StoredRow): number | null | undefined {
    const known = sent?.before(row.frame.seq)
    if (known !== undefined) return known
    // Until it is: the newest rows come before the answer does. Others may hide what was sent last.
    if (model?.shown.filter.text !== '') return undefined
    const above = drawn.findLast(
      ({ frame, fold }) => frame.seq < row.frame.seq && (isSent(frame) || fold?.open === false),
    )
    return above?.fold?.open === false ? undefined : above?.frame.at
  }

  function from(row: StoredRow): CountedFrom {
    if (model === null) return 'unknown'
    const { timeMode } = model.habits.current
    if (timeMode === 'sent') {
      const at = sentBefore(row)
      return at === undefined ? 'unknown' : at
    }
    return countedFrom(timeMode, previousAtOf(row, model.shown.filter))
  }

  return {
    begin(now, rows) {
      model = now
      drawn = rows
      if (now.habits.current.timeMode !== 'sent') return
      sent ??= createSentTimes(now.api, redraw, (problem) => now.report(problem))
      sent.need(rows.map(({ frame }) => frame.seq))
    },
    from,
    weight(index) {
      const row = model?.shown.rows.row(index)
      // Of the other times the later ones are the longer ones.
      if (!row || model?.habits.current.timeMode !== 'before') return 'usual'
      const above = model?.shown.rows.row(index - 1)
      const beforeMs = above && above.previousAt !== null ? above.frame.at - above.previousAt : 0
      return timeWeight(row.frame, from(row), beforeMs)
    },
  }
}
