// What is selected, and what the model asks of whoever draws the rows.

import type { Row } from '../shared/messages.ts'

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

export const noSelection: Selection = { seq: null, index: null, row: null }
