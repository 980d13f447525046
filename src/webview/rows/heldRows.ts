// Rows of what a tap holds until the user has decided: amber, with how long each has waited up to now.

import type { Row } from '../../shared/session/captureRows.ts'
import type { HeldItem } from '../../shared/session/tapHolds.ts'
import { formatRunning } from '../../shared/text/units.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { RowView } from './rowView.ts'

/** The rows show tenths of a second. */
const tickMs = 100

export interface HeldRows {
  /** Before rows are drawn. */
  begin(model: TimelineModel): void
  /** The row as it is drawn: as it was where nothing holds its frame. */
  show(row: Row, view: RowView): RowView
}

/** `redraw` is called while a row that is drawn waits; it leads to the next `begin`. */
export function createHeldRows(redraw: () => void): HeldRows {
  let held: ReadonlyMap<number, HeldItem> = new Map()
  let now = 0
  let goesOn = false
  let tick: ReturnType<typeof setTimeout> | undefined
  return {
    begin: ({ status, clock, hostSilentSince }) => {
      clearTimeout(tick)
      tick = undefined
      held = new Map(status?.holds.held.map((item) => [item.seq, item]))
      now = clock.now()
      goesOn = hostSilentSince === null
    },
    show: (row, view) => {
      const item = standsForOne(row) ? held.get(row.frame.seq) : undefined
      if (item === undefined) return view
      if (goesOn) tick ??= setTimeout(redraw, tickMs)
      return heldView(view, now - item.since)
    },
  }
}

function standsForOne({ fold, gapMs }: Row): boolean {
  return gapMs === undefined && fold?.open !== false
}

/** Screen readers hear that it is held; for how long would be said ten times a second. */
export function heldView(view: RowView, forMs: number): RowView {
  const after = [view.after, `held ${formatRunning(Math.max(0, forMs))}`]
  return {
    ...view,
    after: after.filter((words) => words !== '').join(' · '),
    tone: 'warning',
    ink: 'warning',
    hold: 'waits',
    label: `${view.label}, held`,
  }
}
