// The selection: by row, or by frame, whose row depends on the filter.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { FrameActions } from './frameActions.ts'
import type { ShownRows } from './shownRows.ts'

/** The selected frame. `index` is null while it is unknown or the filter hides it; `row` until it is read. */
export interface Selection {
  readonly seq: number | null
  readonly index: number | null
  readonly row: Row | null
}

/** What the model needs from whoever draws it. */
export interface RowsViewport {
  /** Rows that fit, rounded up. */
  rowsVisible(): number
  /** Brings a row into view without following the tail. */
  reveal(index: number): void
  /** Puts a row at the top. */
  scrollTo(index: number): void
}

/** The rows that can be selected. */
export interface SelectableRows {
  readonly api: TimelineApi
  readonly actions: FrameActions
  readonly shown: ShownRows
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
  readonly #model: SelectableRows
  readonly #effects: SelectionEffects

  constructor(model: SelectableRows, effects: SelectionEffects) {
    this.#model = model
    this.#effects = effects
  }

  /** Selects the row at `index`, read or not. */
  selectIndex(index: number): void {
    const { shown } = this.#model
    const { total, rows } = shown
    if (total === 0) return
    const at = Math.min(Math.max(0, index), total - 1)
    const row = rows.row(at) ?? null
    if (at < total - 1) shown.leaveTail()
    this.current = { seq: row?.frame.seq ?? null, index: at, row }
    this.#effects.viewport()?.reveal(at)
    this.#effects.changed()
  }

  /** Selects a frame by its number, even one that the filter hides. */
  async selectSeq(seq: number): Promise<void> {
    try {
      const [related] = await Promise.all([this.#model.actions.related(seq), this.#locate(seq)])
      if (!related) return
      const { row } = related
      if (this.current.seq !== seq) this.current = { seq, index: null, row }
      else this.current = { ...this.current, row: this.current.row ?? row }
      this.#effects.changed()
    } catch (error) {
      this.#model.report(error)
    }
  }

  /** The rows are others now: finds the selected frame's row, and leaves the view where it is. */
  relocate(): void {
    const { seq } = this.current
    this.current = { ...this.current, index: null }
    if (seq !== null && seq > this.#model.shown.filter.afterSeq) void this.#find(seq)
  }

  /** Rows have come: the selected one may be among them, or may have been folded with others. */
  handlePage(): void {
    const { seq, index } = this.current
    const row = index === null ? undefined : this.#model.shown.rows.row(index)
    if (!row) return
    if (seq !== null && seq !== row.frame.seq) this.relocate()
    else this.current = { seq: row.frame.seq, index, row }
  }

  async #find(seq: number): Promise<void> {
    const { api, shown } = this.#model
    const { filter, rows } = shown
    // Where it cannot be told, it stays unknown: the rows' own reading says what is wrong.
    const index = await api.position(filter, seq).catch(() => null)
    if (index === null || filter !== shown.filter || this.current.seq !== seq) return
    const row = rows.row(index)
    if (row && row.frame.seq !== seq) return
    this.current = { ...this.current, index }
    this.#effects.changed()
  }

  async #locate(seq: number): Promise<void> {
    const { api, shown } = this.#model
    const { filter } = shown
    const index = await api.position(filter, seq)
    const page = await api.rows(filter, index, 1)
    const found = page.rows[0]
    const fold = found?.fold
    if (fold && !fold.open && fold.firstSeq < seq && seq <= fold.lastSeq) {
      this.#model.setFolded(fold.firstSeq, false)
      return this.#locate(seq)
    }
    if (found?.frame.seq !== seq) return
    shown.leaveTail()
    shown.grow(index + 1)
    this.current = { seq, index, row: found }
    this.#effects.viewport()?.reveal(index)
  }
}
