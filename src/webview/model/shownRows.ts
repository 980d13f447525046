// The rows that the view shows: which ones by filter and pause, how many there are, and whether the newest are followed.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { parseFilter } from '../../shared/filter/parseFilter.ts'
import type { RowFilter, RowPage } from '../../shared/session/captureRows.ts'
import type { Habits } from '../../shared/session/habits.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { awaitRow } from './findRow.ts'
import { createPausedCount } from './pausedCount.ts'
import type { RestoredView } from './restoredView.ts'
import { RowCounts } from './rowCounts.ts'
import { arranged, hasGaps, withFolded, withMoreOpen, withOpen } from './rowFilters.ts'
import { createRowStore, type RowStore } from './rowStore.ts'
import { SlowSearch } from './slowSearch.ts'

/** The worker reads older frames for some 40 ms at a time; between them it records. */
const partialMs = 15

export interface ShownRowsOptions {
  readonly api: Pick<TimelineApi, 'rows' | 'position' | 'positions'>
  readonly status: () => SessionStatus | null
  /** Rows that fit into the view. */
  readonly visible: () => number
  /** Rows have come. */
  readonly onPage: (page: RowPage) => void
  /** The rows will be those of this filter. Answers whether the view keeps its place itself: otherwise it follows. */
  readonly beforeRenumbered: (next: RowFilter) => boolean
  /** The filter has changed: rows have other numbers now. */
  readonly onRenumbered: () => void
  /** See `RowStoreOptions`. */
  readonly onProblem: (problem: unknown) => void
  readonly onChange: () => void
}

/** What the user does to it, but for folding, tells `onChange`. */
export class ShownRows {
  filter: RowFilter = { afterSeq: 0, text: '', wire: false }
  /** Of the text filter through older frames. */
  readonly search = new SlowSearch()
  /** The view is paused at this frame. */
  pausedSeq: number | null = null
  readonly rows: RowStore
  readonly #counts: RowCounts
  readonly #countPaused: () => void
  readonly #options: ShownRowsOptions

  constructor(options: ShownRowsOptions) {
    const onPage = (page: RowPage) => this.#handlePage(page)
    const onRefolded = () => this.readAgain([])
    this.#options = options
    this.rows = createRowStore({ ...options, onPage, onRefolded })
    this.#counts = new RowCounts({ rows: this.rows, visible: options.visible })
    this.#countPaused = createPausedCount({
      api: options.api,
      view: () => this,
      readOn: this.search.readOn,
      take: (rows, partial) => {
        this.search.see(partial)
        this.#counts.setLive(rows, !partial)
        this.#options.onChange()
      },
    })
  }

  /** The view sticks to the newest row. */
  get follow(): boolean {
    return this.#counts.follow
  }

  /** Rows that are drawn. While following it grows when the new rows have arrived. */
  get total(): number {
    return this.#counts.drawn
  }

  /** Rows that could be drawn. */
  get liveTotal(): number {
    return this.#counts.live
  }

  /** Frames recorded since the pause, or rows that have come since following stopped and were not seen. */
  get newRows(): number {
    if (this.pausedSeq !== null) return Math.max(0, this.#frames - this.pausedSeq)
    return this.#counts.added
  }

  get #frames(): number {
    return this.#options.status()?.frames ?? 0
  }

  setFollow(follow: boolean): void {
    if (this.follow === follow) return
    if (follow) this.pausedSeq = null
    if (follow) this.#counts.follow = true
    else this.#counts.leaveTail()
    this.refresh()
    this.#options.onChange()
  }

  /** Recording goes on; the rows stay as they are. */
  setPaused(paused: boolean): void {
    if (paused === (this.pausedSeq !== null)) return
    this.pausedSeq = paused ? this.#frames : null
    this.refresh()
    this.#options.onChange()
  }

  /** `text`: a filter without mistakes. */
  setText(text: string): void {
    if (text !== this.filter.text) this.#apply({ ...this.filter, text })
  }

  /** Shows or hides the frames of the wire layer. */
  setWire(wire: boolean): void {
    if (wire !== this.filter.wire) this.#apply({ ...this.filter, wire })
  }

  /** Hides what is there up to now; `showAll` brings it back. */
  clear(): void {
    this.#apply({ ...this.filter, afterSeq: this.pausedSeq ?? this.#frames })
  }

  showAll(): void {
    this.#apply({ ...this.filter, afterSeq: 0 })
  }

  /** Folds, and makes silences rows, as the user wants it. Where neither is, rows are counted without asking. */
  arrange(habits: Pick<Habits, 'fold' | 'gapMs'>): void {
    const next = arranged(this.filter, habits)
    if (this.#options.status() === null) this.#begin(next)
    else if (next !== this.filter) this.#apply(next)
  }

  /** The run that begins at this frame is one row, or a row for each of its frames. The rows before `keep` stay. */
  setFolded(firstSeq: number, folded: boolean, keep: number): void {
    this.#counts.leaveTail()
    this.#begin(withFolded(this.filter, firstSeq, folded), keep)
    this.refresh()
  }

  /** The filter may match others, and other runs may fold. Those that begin at a frame of `open` are open. */
  readAgain(open: readonly number[]): void {
    if (this.#options.status() !== null) this.#apply(withMoreOpen(this.filter, open))
  }

  leaveTail(): void {
    this.#counts.leaveTail()
  }

  /** There are so many rows at least. */
  grow(rows: number): void {
    this.refresh()
    this.#counts.grow(rows)
  }

  /** The view may draw rows `first` to `end - 1`; reads what is missing. Those before `seen` were in view. */
  need(first: number, end: number, seen = 0): void {
    this.#counts.see(seen)
    this.#counts.need(first, end)
  }

  /** Takes up the filter and the pause of a view that was left. */
  restore({ afterSeq, filterText, wire, pausedSeq, openFolds }: RestoredView): void {
    const text = parseFilter(filterText).mistakes.length > 0 ? '' : filterText
    this.#begin(withOpen({ ...this.filter, afterSeq, text, wire }, openFolds))
    this.search.see(text !== '', afterSeq)
    this.pausedSeq = pausedSeq
  }

  /** Takes up its place: answers the row of its first frame, or null where it followed. Rejects as `findRow` does. */
  async restorePlace({ anchorSeq, pausedSeq }: RestoredView): Promise<number | null> {
    this.#counts.comeBack(anchorSeq === null && pausedSeq === null)
    const found = anchorSeq && (await awaitRow(this.#options.api, this, anchorSeq))
    if (!found) return null
    this.#counts.grow(found.index + 1)
    this.refresh()
    return found.index
  }

  /** The session has gone on. `tail`: its newest rows, where they came with the news. */
  refresh(tail: RowPage | null = null): void {
    if (tail) this.rows.take(tail)
    if (!hasGaps(this.filter, this.#options.status())) {
      this.#counts.setLive(Math.max(0, (this.pausedSeq ?? this.#frames) - this.filter.afterSeq))
    } else if (this.search.isStopped) return
    else if (this.pausedSeq !== null) this.#countPaused()
    else if (!tail) this.rows.wantTail()
  }

  #begin(filter: RowFilter, keep = 0): void {
    this.filter = filter
    this.search.end()
    this.rows.reset(filter, keep)
  }

  #apply(filter: RowFilter): void {
    const keepsPlace = this.#options.beforeRenumbered(filter)
    this.#begin(filter)
    this.#counts.reset()
    this.search.see(filter.text !== '', filter.afterSeq)
    if (keepsPlace || this.pausedSeq === null) this.#counts.follow = !keepsPlace
    this.refresh()
    this.#options.onRenumbered()
    this.#options.onChange()
  }

  #handlePage(page: RowPage): void {
    const { isStopped } = this.search
    const isCounted = this.pausedSeq === null && hasGaps(this.filter, this.#options.status())
    if (isCounted && !isStopped) countPage(this, this.#counts, page)
    const end = page.from + page.rows.length
    // The capture reads on with each page: what it finds then is none of a search that was stopped.
    this.#counts.advance(isStopped ? Math.min(end, this.liveTotal) : end)
    this.#options.onPage(page)
  }
}

/** How many rows there are by now; asks on while older frames are read. */
function countPage({ search, rows }: ShownRows, counts: RowCounts, page: RowPage): void {
  search.see(page.partial, page.upTo)
  counts.takeTotal(page)
  if (page.partial) setTimeout(() => search.isStopped || rows.wantTail(), partialMs)
}
