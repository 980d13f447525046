// The selection: by row, or by frame, whose row depends on the filter.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { isWireKind } from '../../shared/frame/frame.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { awaitRow, holdsFrame } from './findRow.ts'
import type { FrameActions } from './frameActions.ts'
import { ManyRows, type SelectHow } from './manyRows.ts'
import type { ShownRows } from './shownRows.ts'
import type { ReadOn } from './slowSearch.ts'

/** The selected frame. `index` is null while it is unknown or its row is hidden; `row` until it is read. */
export interface Selection {
  readonly seq: number | null
  readonly index: number | null
  readonly row: Row | null
  /** The filter leaves its row out, or it was cleared away, or belongs to the wire layer. */
  readonly hidden?: true
}

/** What the model needs from whoever draws it. */
export interface RowsViewport {
  /** Rows that fit, rounded up. */
  rowsVisible(): number
  /** Brings a row into view without following the tail. */
  reveal(index: number): void
  /** Puts a row so many rows below the top of the view, where there are enough. */
  scrollTo(index: number, height?: number): void
  /** Rows above the top of the view, perhaps with a part of one. */
  top(): number
  /** Whether a row is in view where the view stands at its end. */
  isInTail(index: number): boolean
}

/** The rows that can be selected. */
export interface SelectableRows {
  readonly api: TimelineApi
  readonly actions: FrameActions
  readonly shown: ShownRows
  readonly status: { readonly frames: number } | null
  setFolded(firstSeq: number, folded: boolean): void
  report(problem: unknown): void
}

/** What selecting does to the rest of the timeline. */
export interface SelectionEffects {
  viewport(): RowsViewport | null
  changed(): void
}

/** Calls that fail are reported to the model; no method rejects. */
export class RowSelection {
  current: Selection = { seq: null, index: null, row: null }
  /** The row of the selected frame is being found, after which keys can go on from it; null where it is known. */
  locating: Promise<void> | null = null
  /** What is selected beside the active row. */
  readonly many: ManyRows
  /** Counts what was wished to be selected: an answer about an earlier wish comes too late. */
  #wishes = 0
  /** A row is to be selected together with others once it is read. `from`: the one that was active. */
  #awaited: { readonly how: SelectHow; readonly from: Row | null } | null = null
  readonly #model: SelectableRows
  readonly #effects: SelectionEffects

  constructor(model: SelectableRows, effects: SelectionEffects) {
    this.#model = model
    this.#effects = effects
    this.many = new ManyRows({
      api: model.api,
      filter: () => model.shown.filter,
      changed: () => effects.changed(),
      report: (problem) => model.report(problem),
    })
  }

  /** Selects the row at `index`, read or not; where that is a silence, the next one that way. */
  selectIndex(index: number, way: 1 | -1 = 1, how: SelectHow = 'only'): void {
    const from = this.#awaited?.from ?? this.current.row
    this.#activate(index, way)
    const { row } = this.current
    this.#awaited = null
    if (row) this.many.take(how, from, row)
    else if (how === 'only') this.many.reduce()
    else this.#awaited = { how, from }
  }

  /** Selects all rows that are shown; the active one stays. */
  selectAll(): void {
    const { filter, pausedSeq } = this.#model.shown
    this.many.takeAll(
      this.current.row,
      filter.afterSeq,
      pausedSeq ?? this.#model.status?.frames ?? 0,
    )
  }

  #activate(index: number, way: 1 | -1): void {
    this.#wishes++
    const { shown } = this.#model
    const { total, rows } = shown
    if (total === 0) return
    const wanted = Math.min(Math.max(0, index), total - 1)
    // There is a frame above each silence and below it.
    const at = rows.row(wanted)?.gapMs === undefined ? wanted : wanted + way
    const row = rows.row(at) ?? null
    if (at < total - 1) shown.leaveTail()
    this.current = { seq: row?.frame.seq ?? null, index: at, row }
    this.#effects.viewport()?.reveal(at)
    this.#effects.changed()
  }

  /** Selects a frame by its number, even one that the filter hides. Nothing where `readOn` ends the search for its row. */
  selectSeq(seq: number, readOn?: ReadOn): Promise<void> {
    this.#awaited = null
    this.many.reduce()
    return this.activateSeq(seq, readOn)
  }

  /** The same, where several rows are selected beside them. */
  activateSeq(seq: number, readOn: ReadOn = () => true): Promise<void> {
    return this.#goTo(seq, readOn, ++this.#wishes)
  }

  /** Nothing once there is another wish than `wish`. */
  async #goTo(seq: number, readOn: ReadOn, wish: number): Promise<void> {
    try {
      const related = this.#model.actions.related(seq)
      const [about, isLocated] = await Promise.all([related, this.#locate(seq, readOn, wish)])
      if (!about || !isLocated || wish !== this.#wishes) return
      const { row } = about
      if (this.current.seq !== seq) this.current = { seq, index: null, row, hidden: true }
      else this.current = { ...this.current, row: this.current.row ?? row }
      this.#effects.changed()
    } catch (error) {
      this.#model.report(error)
    }
  }

  /** The rows are others now: finds the selected frame's row, and leaves the view where it is. */
  relocate(): void {
    const { seq, row } = this.current
    this.many.renumbered()
    this.current = { seq, row, index: null }
    if (seq === null) return
    if (seq <= this.#model.shown.filter.afterSeq)
      this.current = { seq, row, index: null, hidden: true }
    else this.#await(this.#find(seq))
  }

  /** The run that begins at this frame is folded or opened; `within`: the active row is of it. */
  refold(firstSeq: number, within: boolean): void {
    if (within) {
      this.many.renumbered()
      void this.#goTo(firstSeq, () => true, this.#wishes)
    } else this.relocate()
  }

  /** Shows the row of the selected frame, whatever hides it. */
  async unhide(): Promise<void> {
    const { seq, row } = this.current
    if (seq === null) return
    const { shown } = this.#model
    if (shown.filter.text !== '') shown.setText('')
    if (seq <= shown.filter.afterSeq) shown.showAll()
    if (row && isWireKind(row.frame.kind)) shown.setWire(true)
    await this.activateSeq(seq)
  }

  #await(finding: Promise<void>): void {
    const one = finding.finally(() => {
      if (this.locating === one) this.locating = null
    })
    this.locating = one
  }

  /** Rows have come: the selected one may be among them, or may have been folded with others. */
  handlePage(): void {
    const { seq, index } = this.current
    const row = index === null ? undefined : this.#model.shown.rows.row(index)
    if (!row) return
    if (row.gapMs !== undefined || (seq !== null && seq !== row.frame.seq)) this.relocate()
    else {
      this.current = { seq: row.frame.seq, index, row }
      const awaited = this.#awaited
      this.#awaited = null
      if (awaited) this.many.take(awaited.how, awaited.from, row)
    }
  }

  async #find(seq: number): Promise<void> {
    const { api, shown } = this.#model
    const { filter } = shown
    // Where it cannot be told, it stays unknown: the rows' own reading says what is wrong.
    const found = await awaitRow(api, shown, seq).catch(() => null)
    if (found === null || filter !== shown.filter || this.current.seq !== seq) return
    const isThere = found.row?.frame.seq === seq
    this.current = {
      seq,
      row: this.current.row,
      ...(isThere ? { index: found.index } : { index: null, hidden: true }),
    }
    this.#effects.changed()
  }

  /** False where `readOn` or another wish has ended it. */
  async #locate(seq: number, readOn: ReadOn, wish: number): Promise<boolean> {
    const { api, shown } = this.#model
    const { filter } = shown
    const found = await awaitRow(api, shown, seq, readOn)
    if (wish !== this.#wishes) return false
    if (found === null) return filter !== shown.filter && this.#locate(seq, readOn, wish)
    const { index, row } = found
    if (row === null || !holdsFrame(row, seq)) return true
    if (row.frame.seq !== seq) {
      this.#model.setFolded(row.frame.seq, false)
      return this.#locate(seq, readOn, wish)
    }
    shown.leaveTail()
    shown.grow(index + 1)
    this.current = { seq, index, row }
    this.#effects.viewport()?.reveal(index)
    return true
  }
}
