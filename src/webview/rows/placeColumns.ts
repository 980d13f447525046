// The lifelines where the columns beside them leave off: measured, or as the user has drawn them.

import type { TimelineModel } from '../model/timelineModel.ts'
import { makeColumnHandle } from './columnHandle.ts'
import {
  type ChosenColumns,
  type ColumnNeeds,
  type Columns,
  columnsFor,
  noNeeds,
} from './columns.ts'
import { letterPx } from './letterPx.ts'

export interface PlacedParts {
  /** As wide as the rows; holds all that stands in columns. */
  readonly root: HTMLElement
  /** Has the rows' font. */
  readonly viewport: HTMLElement
  /** The lifelines' heads, which are the handles. */
  readonly client: HTMLElement
  readonly server: HTMLElement
}

/** Places the lifelines for what stands in the columns. */
export type PlaceColumns = (model: TimelineModel, needs: ColumnNeeds) => void

/** `redraw` is called while a column is drawn wider or narrower; it leads to the next call of what is answered. */
export function createColumnPlacer(parts: PlacedParts, redraw: () => void): PlaceColumns {
  const { root, viewport, client, server } = parts
  let letter = 0
  /** Kept: to read it while rows are painted would lay the page out once more. */
  let widthPx = 0
  let model: TimelineModel | null = null
  let needs: ColumnNeeds = noNeeds
  let placed: Columns = { clientPx: 0, serverPx: 0, notePx: 0 }
  /** While the pointer holds it. */
  let dragged: Partial<ChosenColumns> = {}

  function resize(change: Partial<ChosenColumns>, kept: boolean): void {
    dragged = kept ? {} : change
    if (kept) model?.habits.change(change)
    // At once, for the next key of several.
    place()
    redraw()
  }

  function place(): void {
    if (model === null) return
    // A page whose font changes is loaded anew.
    letter ||= letterPx(viewport)
    widthPx ||= viewport.clientWidth
    const chosen = { ...model.habits.current, ...dragged }
    const now = columnsFor(widthPx, letter, needs, chosen)
    if (isSame(now, placed)) return
    placed = now
    root.style.setProperty('--client', `${placed.clientPx}px`)
    root.style.setProperty('--server', `${placed.serverPx}px`)
    root.style.setProperty('--note', `${placed.notePx}px`)
    client.ariaValueNow = String(placed.clientPx)
    server.ariaValueNow = String(placed.notePx)
  }

  makeColumnHandle(client, {
    name: 'Width of the times',
    grows: 'right',
    widthPx: () => placed.clientPx,
    widthAt: (clientX) => clientX - viewport.getBoundingClientRect().left,
    resize: (timesPx, kept) => resize({ timesPx: wholePx(timesPx) }, kept),
  })
  makeColumnHandle(server, {
    name: 'Width of the notes',
    grows: 'left',
    widthPx: () => viewport.clientWidth - placed.serverPx,
    widthAt: (clientX) => viewport.getBoundingClientRect().right - clientX,
    resize: (notesPx, kept) => resize({ notesPx: wholePx(notesPx) }, kept),
  })

  new ResizeObserver(() => {
    widthPx = viewport.clientWidth
    place()
  }).observe(viewport)

  return (now, needed) => {
    model = now
    needs = needed
    place()
  }
}

function isSame(one: Columns, other: Columns): boolean {
  const { clientPx, serverPx, notePx } = one
  return clientPx === other.clientPx && serverPx === other.serverPx && notePx === other.notePx
}

/** The pointer may have left the rows. */
function wholePx(px: number | null): number | null {
  return px === null ? null : Math.max(0, Math.round(px))
}
