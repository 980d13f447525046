// The elements that rows are drawn in: as many as fit, made once, and painted with the rows in view.

import { methods } from '../../shared/endpoint/methods.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { TimeMode } from '../../shared/session/habits.ts'
import type { StoredRow } from '../model/rowStore.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { answerBars } from './answerBars.ts'
import { addNeeds, type ColumnNeeds, noNeeds } from './columns.ts'
import { createFieldColumns } from './fieldColumns.ts'
import { findingOf } from './findingFlag.ts'
import { createHeldRows } from './heldRows.ts'
import { holdBars } from './holdBars.ts'
import { letterPx } from './letterPx.ts'
import { pairParts } from './pairs.ts'
import { createRowElement, type RowContext, type RowElement } from './rowElement.ts'
import { createRowTimes, type RowTimes } from './rowTimes.ts'
import { type FieldColumns, type RowView, rowView } from './rowView.ts'
import { lookAtFolds, saidIn } from './saidInFolds.ts'
import { showHit } from './showHit.ts'
import { type Extent, type RowRange, rowPx, visibleRows } from './virtualWindow.ts'

/** Rows drawn beyond the viewport on either side. */
const drawnMargin = 3

/** So many rows above those drawn may tell what was shown before. */
const comparedRows = 40

/** See `RowContext`. */
type Marked = Pick<RowContext, 'sought' | 'room'>

export interface RowPool {
  /** What the outer columns have had to hold up to now. */
  readonly needs: ColumnNeeds
  /** The names over the columns of shown fields; empty where rows show none. */
  readonly heads: string
  /** Draws the rows in view. Returns the id of the selected row's element, or '' when it is not drawn. */
  paint(model: TimelineModel, topPx: number, extent: Extent): string
  /** Whether the frame's row, or for null the last row, is drawn with all its words or, where it has more, with these. */
  shows(model: TimelineModel, seq: number | null, words: string): boolean
}

/** The elements are added to `layer`. `redraw`: something that they show has become known. */
export function createRowPool(layer: HTMLElement, redraw: () => void): RowPool {
  const times = createRowTimes(redraw)
  const held = createHeldRows(redraw)
  const pool: RowElement[] = []
  let drawnRange: RowRange = { first: 0, end: 0 }
  let needs = noNeeds
  const fieldColumns = createFieldColumns()
  let timeMode: TimeMode = 'before'

  function grow(viewportPx: number): void {
    while (pool.length < Math.ceil(viewportPx / rowPx) + 1 + 2 * drawnMargin) {
      const made = createRowElement(`row-${pool.length}`)
      pool.push(made)
      layer.append(made.root)
    }
  }

  /** Answers with the selected row's ID. */
  function draw(model: TimelineModel, topPx: number, total: number, marked: Marked): string {
    const range = drawnRange
    const frameAt = (index: number) => {
      const row = model.shown.rows.row(index)
      return row?.gapMs === undefined ? row?.frame : undefined
    }
    const bars = holdBars(range, total, frameAt, hasOpenHold(model))
    const at = (index: number) => model.shown.rows.row(index)
    const pairs = pairParts({ range, total, at }, selectedRow(model))
    const answers = answerBars(range, model.answers.answers, at)
    lookAtFolds(model.answers, readRows(model, range))
    const used = new Set<RowElement>()
    const before = { first: Math.max(0, range.first - comparedRows), end: range.first }
    const { show = [] } = model.shown.filter
    const fields = fieldColumns.see(show, readRows(model, range), readRows(model, before))
    let active = ''
    for (let index = range.first; index < range.end; index++) {
      // A row keeps its element while it is visible, so scrolling repaints only what comes in.
      const drawn = pool[index % pool.length]
      if (!drawn) continue
      used.add(drawn)
      const row = model.shown.rows.row(index)
      const isActive = isActiveRow(model, index)
      const selected = model.selection.many.has(row) ?? isActive
      const view = row ? held.show(row, viewOf(model, row, times, fields)) : null
      if (view)
        needs = addNeeds(needs, { timeChars: view.since.length, noteChars: view.note.length })
      drawn.paint(view, {
        index,
        selected,
        active: isActive,
        hold: bars.get(index) ?? 'none',
        answer: answers.get(index) ?? null,
        pair: pairs.get(index) ?? null,
        weight: times.weight(index),
        ...marked,
        bookmark: bookmarkOf(model, row),
        finding: findingOf(model.findings, row),
        match: row !== undefined && row.gapMs === undefined && model.marks.isMatch(row),
      })
      drawn.move(index * rowPx - topPx)
      drawn.root.hidden = false
      if (isActive) active = drawn.root.id
    }
    for (const spare of pool) if (!used.has(spare)) spare.root.hidden = true
    return active
  }

  return {
    get needs() {
      return needs
    },
    get heads() {
      return fieldColumns.heads
    },
    paint(model, topPx, extent) {
      grow(extent.viewportPx)
      // Other times may need less.
      if (timeMode !== model.habits.current.timeMode) needs = { ...needs, timeChars: 0 }
      timeMode = model.habits.current.timeMode
      drawnRange = visibleRows(topPx, extent, drawnMargin)
      const read = readRows(model, drawnRange)
      model.marks.see(read)
      times.begin(model, read)
      held.begin(model)
      const sought = [model.shown.filter.text, model.marks.text].filter((text) => text !== '')
      if (sought.length === 0) return draw(model, topPx, extent.total, { sought, room: 0 })
      const room = labelRoom(layer)
      const active = draw(model, topPx, extent.total, { sought, room })
      // Rows have no width while all of them are hidden.
      const seen = labelRoom(layer)
      return seen === room ? active : draw(model, topPx, extent.total, { sought, room: seen })
    },
    shows({ shown }, seq, words) {
      for (let index = drawnRange.end - 1; index >= drawnRange.first; index--) {
        const row = shown.rows.row(index)
        if (row?.gapMs !== undefined || (seq !== null && row?.frame.seq !== seq)) continue
        return row !== undefined && pool[index % pool.length]?.shows(words) === true
      }
      return false
    },
  }
}

/** Null where it has no row, or that is not known yet. */
function selectedRow({ selected: { index, row } }: TimelineModel) {
  return index === null || row === null ? null : { index, row }
}

function viewOf(
  model: TimelineModel,
  row: StoredRow,
  times: RowTimes,
  fields: FieldColumns | null,
): RowView {
  const { text } = model.shown.filter
  const after = model.firstAfter(row.frame)
  return rowView(showHit(row, text), times.from(row), after, fields, saidIn(model.answers, row))
}

function bookmarkOf({ bookmarks }: TimelineModel, row: Row | undefined): string | null {
  if (row === undefined || row.gapMs !== undefined) return null
  return bookmarks.of(row.frame.seq)?.note ?? null
}

function readRows({ shown }: TimelineModel, { first, end }: RowRange): readonly Row[] {
  const rows: Row[] = []
  for (let index = first; index < end; index++) {
    const row = shown.rows.row(index)
    if (row) rows.push(row)
  }
  return rows
}

/** A long poll is open, and its bar runs to the end. */
function hasOpenHold({ status, shown }: TimelineModel): boolean {
  const open = status?.pending?.kind === 'answer' && methods[status.method].holds
  return open && shown.pausedSeq === null
}

function isActiveRow({ shown, selected }: TimelineModel, index: number): boolean {
  const row = shown.rows.row(index)
  if (row?.gapMs !== undefined) return false
  return row && selected.seq !== null ? row.frame.seq === selected.seq : selected.index === index
}

/** Characters that a label has room for: those of the rows' font are all as wide. */
function labelRoom(layer: HTMLElement): number {
  const lane = layer.querySelector<HTMLElement>('.row:not([hidden]) > .lane')
  const text = lane?.querySelector<HTMLElement>('.text')
  if (!lane || !text) return 0
  const style = getComputedStyle(lane)
  const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight)
  return Math.floor((lane.clientWidth - padding) / letterPx(text))
}
