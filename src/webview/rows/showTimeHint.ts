// Gives the time under the pointer its tooltip: rows are painted far more often than pointed at.

import { previousAtOf } from '../model/rowFilters.ts'
import type { ShownRows } from '../model/shownRows.ts'
import { timeHint } from './timeHint.ts'

const timeColumns = ['since', 'answer', 'note'] as const

/** `index`: of the row that the pointer is over. */
export function showTimeHint({ target }: Event, { rows, filter }: ShownRows, index: number): void {
  const row = rows.row(index)
  if (!row || !(target instanceof HTMLElement)) return
  const column = timeColumns.find((name) => target.classList.contains(name))
  if (!column) return
  const hint = timeHint(row, previousAtOf(row, filter), column)
  const cut = target.scrollWidth > target.clientWidth ? (target.textContent ?? '') : ''
  target.title = [cut, hint].filter((part) => part !== '').join('\n')
}
