// A key over the merged list.

import { isHeld, selectsAll } from '../../elements/selectsAll.ts'
import { rowForKey } from '../../rows/rowKeys.ts'
import { type Extent, visibleRows } from '../../rows/virtualWindow.ts'
import type { MergedSelection } from './mergedSelection.ts'

export interface KeyedList {
  readonly selection: MergedSelection
  readonly topPx: number
  readonly extent: Extent
  /** `extend`: with the rows up to it. */
  select(index: number, extend: boolean): void
  /** Opens the detail of the active row. */
  open(): void
  /** Copies the rows where several are selected. */
  copy(): void
}

/** Does what the key means; answers whether it means something here. */
export function pressMergedKey(event: KeyboardEvent, list: KeyedList): boolean {
  const { selection, extent } = list
  if (selectsAll(event)) {
    selection.selectAll()
    return true
  }
  if (copiesRows(event) && selection.many !== null) {
    list.copy()
    return true
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const at = selection.index
  const seen = visibleRows(list.topPx, extent, 0)
  const target = rowForKey(event.key, { ...extent, at, seen })
  if (target !== null) list.select(target, event.shiftKey)
  else if (event.key === 'Escape') return selection.reduce()
  else if (event.key !== 'Enter' && event.key !== ' ') return false
  else if (at !== null) list.open()
  return true
}

/** Ctrl+C, on a Mac ⌘C, while no text is selected. */
function copiesRows(event: KeyboardEvent): boolean {
  const { key, shiftKey, altKey } = event
  const isKey = isHeld(event) && key.toLowerCase() === 'c' && !shiftKey && !altKey
  return isKey && getSelection()?.isCollapsed !== false
}
