// A key over the rows: selects a row, or opens or folds what the selected one stands for.

import type { TimelineModel } from '../model/timelineModel.ts'
import { pressManyKey } from './manyKeys.ts'
import { foldKeys, isRowKey, rowForKey } from './rowKeys.ts'
import { type Extent, visibleRows } from './virtualWindow.ts'

export interface KeyedView {
  /** The rows as they stand. */
  view(): { readonly topPx: number; readonly extent: Extent }
  /** Opens the detail of the active row. */
  open(): void
}

/** Does what the key means over the rows; answers whether it means something. */
export function handleRowKey(
  model: TimelineModel,
  event: KeyboardEvent,
  keyed: KeyedView,
): boolean {
  if (pressManyKey(model, event)) return true
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const { locating } = model.selection
  if (locating !== null && isRowKey(event.key)) {
    // After a filter has changed: from the row of before the key would lead anywhere.
    void locating.then(() => handleRowKey(model, event, keyed))
    return true
  }
  const { topPx, extent } = keyed.view()
  const meant = pressKey(model, event, topPx, extent)
  if (meant === 'open') keyed.open()
  return meant !== 'unknown'
}

/** A key as it is pressed. */
interface PressedKey {
  readonly key: string
  /** The rows up to the one that it leads to are selected, too. */
  readonly shiftKey: boolean
}

/** `unknown`: the key means nothing here; `open`: the selected row's detail is to be opened. */
function pressKey(
  model: TimelineModel,
  { key, shiftKey }: PressedKey,
  topPx: number,
  extent: Extent,
): 'unknown' | 'done' | 'open' {
  const at = model.selected.index
  const target = rowForKey(key, { ...extent, at, seen: visibleRows(topPx, extent, 0) })
  if (target !== null) {
    const way = at !== null && target < at && target > 0 ? -1 : 1
    model.selection.selectIndex(target, way, shiftKey ? 'extend' : 'only')
    return 'done'
  }
  const { many } = model.selection
  if (key === 'Escape' && many.spans !== null) {
    many.reduce()
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
