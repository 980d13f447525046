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
    model.selection.selectIndex(target)
    return 'done'
  }
  const wanted = foldKeys.get(key)
  const changed = at !== null && wanted !== undefined && model.foldAt(at, wanted)
  if (key !== 'Enter' && key !== ' ') return changed ? 'done' : 'unknown'
  return at !== null && !changed ? 'open' : 'done'
}
