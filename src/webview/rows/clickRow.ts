// A click on a row: selects it, folds its run, or follows its link or bracket.

import { isHeld } from '../elements/selectsAll.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** Whether the row's detail is to be opened. With Shift, Ctrl or ⌘ the row is selected with others. */
export function clickRow(model: TimelineModel, index: number, event: MouseEvent): boolean {
  const { target } = event
  const how = event.shiftKey ? 'extend' : isHeld(event) ? 'toggle' : 'only'
  if (how !== 'only') {
    model.selection.selectIndex(index, 1, how)
    return false
  }
  const on = (selector: string) => target instanceof Element && target.closest(selector) !== null
  const pair = target instanceof HTMLElement && target.closest<HTMLElement>('.pair')
  if (pair) {
    void model.selection.selectSeq(Number(pair.dataset.leadsTo))
    return true
  }
  const row = model.shown.rows.row(index)
  const after = row && on('.lane-link') ? model.firstAfter(row.frame) : null
  if (after) {
    void model.selection.selectSeq(after.seq)
    return true
  }
  model.selection.selectIndex(index)
  const fold = row?.fold
  if (!fold || (fold.open && !on('.fold-mark'))) return true
  model.setFolded(fold.firstSeq, fold.open)
  return false
}
