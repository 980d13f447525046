// Wheel, clicks, keys and the menu of the merged list.

import { isHeld } from '../../elements/selectsAll.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { showClickedFinding } from '../../rows/findingFlag.ts'
import { rowMenu } from '../../rows/rowMenu.ts'
import { type Extent, rowPx, snapTop } from '../../rows/virtualWindow.ts'
import type { MergedGrid } from './mergedGrid.ts'
import { pressMergedKey } from './mergedKeys.ts'
import type { MergedList } from './mergedList.ts'
import type { MergedSelection } from './mergedSelection.ts'
import type { MergedRow } from './mergeRows.ts'

export interface InputHost {
  readonly list: MergedList
  readonly selection: MergedSelection
  /** Of the lane with the keyboard. */
  model(): TimelineModel | undefined
  extent(): Extent
  topPx(): number
  /** Where the rows are drawn, which is another place while those that are scrolled to are read. */
  drawnPx(): number
  scroll(topPx: number): void
  /** `extend`: with the rows up to it. */
  select(index: number, extend: boolean): void
  /** Opens the detail of the active row; `focus`: the keys go there. */
  open(focus: boolean): void
  /** Copies the rows where several are selected. */
  copy(): void
}

export function heedInput({ viewport, layer }: MergedGrid, host: InputHost): void {
  const indexAt = ({ clientY }: MouseEvent) =>
    Math.floor((clientY - viewport.getBoundingClientRect().top + host.drawnPx()) / rowPx)

  function handleWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    const stepPx = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowPx : 1)
    const target = host.topPx() + stepPx
    // A wheel with notches goes from row to row; two fingers go as they like.
    host.scroll(Math.abs(stepPx) < rowPx ? target : snapTop(target, host.extent()))
  }

  function handleClick(event: MouseEvent): void {
    const index = indexAt(event)
    if (index >= host.list.total) return
    if (showClickedFinding(event, host.list.row(index)?.lane ?? 0)) return
    viewport.focus()
    host.select(index, event.shiftKey)
    if (!event.shiftKey && !isHeld(event)) host.open(false)
  }

  function handleKey(event: KeyboardEvent): void {
    const { selection, select, copy } = host
    const keyed = { selection, select, copy, topPx: host.topPx(), extent: host.extent() }
    if (!pressMergedKey(event, { ...keyed, open: () => host.open(true) })) return
    // The page and VS Code would do what the key means there.
    event.preventDefault()
    event.stopPropagation()
  }

  /** It is about the row that it opens on, with the keyboard about the selected one. */
  function handleMenu(event: MouseEvent): void {
    const isOnRow = event.target instanceof Node && layer.contains(event.target)
    const row = isOnRow ? host.list.row(indexAt(event)) : undefined
    if (row && !host.selection.isSelected(row)) host.select(indexAt(event), false)
    const model = host.model()
    if (model) viewport.dataset.vscodeContext = menuOf(model, row)
  }

  /** On a Mac the key of the menu _Edit_ comes as nothing else. */
  function handleCopy(event: ClipboardEvent): void {
    if (host.selection.many === null || getSelection()?.isCollapsed === false) return
    event.preventDefault()
    host.copy()
  }

  viewport.addEventListener('wheel', handleWheel, { passive: false })
  viewport.addEventListener('keydown', handleKey)
  viewport.addEventListener('contextmenu', handleMenu)
  viewport.addEventListener('copy', handleCopy)
  layer.addEventListener('click', handleClick)
}

/** The model may not have found the row yet. */
function menuOf(model: TimelineModel, merged: MergedRow | undefined): string {
  const { session, selection, bookmarks } = model
  const selected = merged
    ? { seq: merged.row.frame.seq, index: null, row: merged.row }
    : model.selected
  return rowMenu({ selected, session, selection, bookmarks })
}
