// Gives what is under the pointer its tooltip, a time or words that are cut: rows are painted far more often than pointed at.

import { formatSince } from '../../shared/text/units.ts'
import { previousAtOf } from '../model/rowFilters.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { hardlyAnyTime } from './rowTime.ts'
import { timeHint } from './timeHint.ts'

const timeColumns = ['since', 'after'] as const

/** `index`: of the row that the pointer is over. */
export function showTimeHint({ target }: Event, model: TimelineModel, index: number): void {
  if (!(target instanceof HTMLElement)) return
  if (target.matches('.text, .note')) {
    target.title = cutWords(target)
    return
  }
  const { rows, filter } = model.shown
  const row = rows.row(index)
  if (!row) return
  const column = timeColumns.find((name) => target.classList.contains(name))
  if (!column) return
  const { timeMode } = model.habits.current
  const isAlone = timeMode === 'before' && previousAtOf(row, filter) === null
  const hint = timeHint(row, isAlone ? 'start' : timeMode, column)
  const told = target.textContent === hardlyAnyTime ? formatSince(0) : cutWords(target)
  target.title = [told, hint].filter((part) => part !== '').join('\n')
}

/** Empty where all of them are seen. */
function cutWords({ scrollWidth, clientWidth, textContent }: HTMLElement): string {
  return scrollWidth > clientWidth ? (textContent ?? '') : ''
}
