// A key over the rows: selects a row, or opens or folds what the selected one stands for.

import type { TimelineModel } from '../model/timelineModel.ts'
import { foldKeys, rowForKey } from './rowKeys.ts'
import { type Extent, visibleRows } from './virtualWindow.ts'

/** `unknown`: the key means nothing here; `open`: the selected row's detail is to be opened. */
export function pressKey(
  model: TimelineModel,
  key: string,
  topPx: number,
  extent: Extent,
): 'unknown' | 'done' | 'open' {
  const at = model.selected.index
  const target = rowForKey(key, { ...extent, at, seen: visibleRows(topPx, extent, 0) })
  if (target !== null) {
    model.selection.selectIndex(target, at !== null && target < at && target > 0 ? -1 : 1)
    return 'done'
  }
  const wanted = foldKeys.get(key)
  const changed = at !== null && wanted !== undefined && foldAt(model, at, wanted)
  if (key !== 'Enter' && key !== ' ') return changed ? 'done' : 'unknown'
  return at !== null && !changed ? 'open' : 'done'
}

/** Of the run that a row belongs to. False where it belongs to none, or its run is as wanted already. */
function foldAt(model: TimelineModel, index: number, wanted: 'open' | 'fold'): boolean {
  const fold = model.shown.rows.row(index)?.fold
  if (!fold || fold.open === (wanted === 'open')) return false
  model.setFolded(fold.firstSeq, wanted === 'fold')
  return true
}
