// The elements that the merged list is drawn in: as many as fit, painted with the rows in view.

import { visibleLine } from '../../../shared/text/visibleText.ts'
import type { Lane } from '../../lanes/lane.ts'
import { findingOf } from '../../rows/findingFlag.ts'
import { letterPx } from '../../rows/letterPx.ts'
import { rowView } from '../../rows/rowView.ts'
import { saidIn } from '../../rows/saidInFolds.ts'
import { showHit } from '../../rows/showHit.ts'
import { type Extent, rowPx, visibleRows } from '../../rows/virtualWindow.ts'
import { originOf } from './allLanes.ts'
import type { MergedList } from './mergedList.ts'
import { createMergedRow, type MergedContext, type MergedRowElement } from './mergedRow.ts'
import type { MergedSelection } from './mergedSelection.ts'
import { mergedTime } from './mergedTimes.ts'
import type { MergedRow } from './mergeRows.ts'

/** Rows drawn beyond the viewport on either side. */
const drawnMargin = 3

export interface MergedPicture {
  readonly list: MergedList
  readonly lanes: readonly Lane[]
  /** The lane with the keyboard: how its user wants times. */
  readonly active: number
  readonly selection: MergedSelection
  readonly topPx: number
  readonly extent: Extent
}

/** Draws the rows in view; answers the id of the active row's element, or ''. The elements are added to `layer`. */
export type PaintRows = (picture: MergedPicture) => string

export function createMergedPool(layer: HTMLElement): PaintRows {
  const pool: MergedRowElement[] = []

  function grow(viewportPx: number): void {
    while (pool.length < Math.ceil(viewportPx / rowPx) + 1 + 2 * drawnMargin) {
      const made = createMergedRow(`merged-${pool.length}`)
      pool.push(made)
      layer.append(made.root)
    }
  }

  return (picture) => {
    const { list, topPx, extent } = picture
    grow(extent.viewportPx)
    const range = visibleRows(topPx, extent, drawnMargin)
    const origin = originOf(picture.lanes)
    const isSought = picture.lanes.some(({ model }) => model.shown.filter.text !== '')
    const room = isSought ? labelRoom(layer) : 0
    const used = new Set<MergedRowElement>()
    let activeId = ''
    for (let index = range.first; index < range.end; index++) {
      // A row keeps its element while it is visible.
      const drawn = pool[index % pool.length]
      if (!drawn) continue
      used.add(drawn)
      const row = list.row(index)
      const context = contextOf(picture, index, row, room)
      drawn.paint(row ? viewOf(picture, index, row, origin) : null, {
        ...context,
        weight: row ? timeOf(picture, index, row, origin).weight : 'usual',
      })
      drawn.move(index * rowPx - topPx)
      drawn.root.hidden = false
      if (context.active) activeId = drawn.root.id
    }
    for (const spare of pool) if (!used.has(spare)) spare.root.hidden = true
    return activeId
  }
}

function contextOf(
  { lanes, selection }: MergedPicture,
  index: number,
  row: MergedRow | undefined,
  room: number,
): Omit<MergedContext, 'weight'> {
  const model = row && lanes[row.lane]?.model
  return {
    index,
    lane: row?.lane ?? 0,
    name: visibleLine(model?.session?.name ?? ''),
    selected: row !== undefined && selection.isSelected(row),
    active: row ? selection.isActive(row) : selection.index === index,
    bookmark: (row && model?.bookmarks.of(row.row.frame.seq)?.note) ?? null,
    finding: model ? findingOf(model.findings, row.row) : null,
    sought: [model?.shown.filter.text ?? ''].filter((text) => text !== ''),
    room,
  }
}

function viewOf(picture: MergedPicture, index: number, merged: MergedRow, origin: number) {
  const { text, from } = timeOf(picture, index, merged, origin)
  const model = picture.lanes[merged.lane]?.model
  const row = showHit(merged.row, model?.shown.filter.text ?? '')
  const said = model ? saidIn(model.answers, row) : null
  return { ...rowView(row, from, null, null, said), since: text }
}

function timeOf(
  { list, lanes, active }: MergedPicture,
  index: number,
  row: MergedRow,
  origin: number,
) {
  const mode = lanes[active]?.model.habits.current.timeMode ?? 'before'
  const [before = null, beforeThat = null] = [list.row(index - 1), list.row(index - 2)]
  return mergedTime(row, mode, origin, { before, beforeThat })
}

/** Characters that the words have room for. */
function labelRoom(layer: HTMLElement): number {
  const lane = layer.querySelector<HTMLElement>('.row:not([hidden]) > .lane')
  return lane ? Math.floor(lane.clientWidth / letterPx(layer)) : 0
}
