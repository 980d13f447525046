// The grid that the merged list is drawn in, with its heads above and the sentence of an empty one.

import { makeElement } from '../../elements/makeElement.ts'
import type { Lane } from '../../lanes/lane.ts'
import { type Extent, isAtTail } from '../../rows/virtualWindow.ts'
import { areOver, followsAll, isAnyPaused, newRowsOf } from './allLanes.ts'
import { emptyWords } from './emptyWords.ts'
import { createMergedHeads, type HeadsActs } from './mergedHeads.ts'
import type { MergedList } from './mergedList.ts'
import type { MergedSelection } from './mergedSelection.ts'

export interface GridState {
  readonly lanes: readonly Lane[]
  readonly active: number
  /** The id of the active row's element, or ''. */
  readonly activeId: string
  readonly list: MergedList
  readonly selection: MergedSelection
  readonly topPx: number
  readonly extent: Extent
}

export interface MergedGrid {
  readonly parts: readonly HTMLElement[]
  readonly viewport: HTMLElement
  readonly layer: HTMLElement
  paint(state: GridState): void
}

export function createMergedGrid(acts: HeadsActs): MergedGrid {
  const heads = createMergedHeads(acts)
  const viewport = makeElement('div', 'viewport')
  const layer = makeElement('div', 'layer')
  const empty = makeElement('p', 'empty')
  viewport.setAttribute('role', 'grid')
  viewport.tabIndex = 0
  viewport.ariaLabel = 'Frames of all sessions'
  viewport.ariaMultiSelectable = 'true'
  layer.setAttribute('role', 'rowgroup')
  viewport.append(layer)

  return {
    parts: [heads.root, viewport, empty],
    viewport,
    layer,
    paint({ lanes, active, activeId, list, selection, topPx, extent }) {
      const selected = selection.count
      viewport.ariaRowCount = String(extent.total)
      if (activeId === '') viewport.removeAttribute('aria-activedescendant')
      else viewport.setAttribute('aria-activedescendant', activeId)
      viewport.classList.toggle('many', selected > 0)
      const model = lanes[active]?.model
      if (model)
        heads.paint({
          model,
          selected,
          isAway: !followsAll(lanes) && !isAnyPaused(lanes) && !isAtTail(topPx, extent),
          isOver: areOver(lanes),
          newRows: newRowsOf(lanes),
        })
      const words = extent.total > 0 ? '' : emptyWords(lanes, list.liveTotal)
      empty.textContent = words
      empty.hidden = words === ''
    },
  }
}
