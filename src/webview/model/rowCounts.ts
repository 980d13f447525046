// Counts the rows that there are, are drawn and are new: while following, a view grows when its newest rows are here.

import type { RowPage } from '../../shared/session/captureRows.ts'
import type { RowStore } from './rowStore.ts'

/** Rows read above the newest that are visible. */
const tailMargin = 8

export interface RowCountsOptions {
  readonly rows: RowStore
  /** Rows that fit into the view. */
  readonly visible: () => number
}

/** While it follows, `setLive` asks the store for the newest rows, and `advance` is called when some are here. */
export class RowCounts {
  /** The view sticks to the newest row. */
  follow = true
  /** Rows that are drawn. While following it grows when the new rows have arrived. */
  drawn = 0
  /** Rows that could be drawn. */
  live = 0
  /** The end of the rows that were seen since following stopped; null until those of a restored view are counted. */
  #seen: number | null = 0
  /** First of the newest rows that were asked for. */
  #tailFrom = 0
  readonly #options: RowCountsOptions

  constructor(options: RowCountsOptions) {
    this.#options = options
  }

  /** Rows that have come since following stopped and were not seen yet. */
  get added(): number {
    return this.follow || this.#seen === null ? 0 : Math.max(0, this.live - this.#seen)
  }

  leaveTail(): void {
    if (this.follow) this.#seen = this.live
    this.follow = false
  }

  /** The view comes back as it was left: what has come before it did is nothing new. */
  comeBack(follow: boolean): void {
    this.follow = follow
    this.#seen = null
  }

  /** The rows before `end` were in view. */
  see(end: number): void {
    if (this.#seen !== null) this.#seen = Math.max(this.#seen, end)
  }

  /** The rows are others now; nothing is known of them. */
  reset(): void {
    this.drawn = 0
    this.live = 0
  }

  /** There are so many rows at least. */
  grow(rows: number): void {
    this.drawn = Math.max(this.drawn, rows)
    this.live = Math.max(this.live, rows)
  }

  /** A page tells how many there are, or, while it is `partial`, how many by now. */
  takeTotal({ total, partial }: Pick<RowPage, 'total' | 'partial'>): void {
    if (total !== this.live) this.setLive(total, !partial)
    if (!partial) this.#seen ??= total
  }

  /** `all`: none is still to be counted; of a restored view those that there are by then are no new rows. */
  setLive(rows: number, all = true): void {
    this.live = rows
    if (all) this.#seen ??= rows
    if (!this.follow || rows < this.drawn) this.drawn = rows
    if (!this.follow) return
    const { rows: store, visible } = this.#options
    this.#tailFrom = Math.max(0, rows - visible() - tailMargin)
    store.want(this.#tailFrom, rows)
    this.advance(rows)
  }

  /** Asks the store for what is missing of the rows `first` to `end - 1`, or not all known. */
  need(first: number, end: number): void {
    // While the newest rows are under way they come first: another wish would replace theirs.
    if (this.follow && this.drawn < this.live) return
    const { rows } = this.#options
    if (!rows.isWhole(first, end)) rows.want(first, end)
  }

  /** Moves on to `end` when the rows that were asked for it are here. */
  advance(end: number): void {
    if (!this.follow || end <= this.drawn) return
    if (this.#options.rows.has(Math.min(this.#tailFrom, end), end)) this.drawn = end
  }
}
