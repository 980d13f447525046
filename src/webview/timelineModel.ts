// The timeline's state apart from its drawing: which rows there are, following, pause, selection.

import type { Frame } from '../shared/frame.ts'
import type { RowFilter, RowPage, TimelineApi, TimelineSession } from '../shared/messages.ts'
import type { SessionStatus } from '../shared/sessionState.ts'
import {
  createFirstAfter,
  type FirstAfter,
  type FirstAfterFinder,
  isCompanionRequest,
} from './firstAfter.ts'
import { createFrameActs, type FrameActs } from './frameActs.ts'
import { createRowStore, type RowStore } from './rowStore.ts'
import { noSelection, type RowsViewport, type Selection } from './selection.ts'
import type { ViewState } from './viewState.ts'

/** Rows read above the newest that are visible. */
const tailMargin = 8

export class TimelineModel {
  session: TimelineSession | null = null
  /** The first load is done, what was remembered included: only now is there something to remember. */
  ready = false
  /** A sentence about what went wrong last; null when nothing did or it was dismissed. */
  problem: string | null = null
  filter: RowFilter = { afterSeq: 0, text: '', wire: false }
  /** The text filter is still reading older frames. */
  partial = false
  /** The view sticks to the newest row. */
  follow = true
  pausedSeq: number | null = null
  /** Rows that are drawn. While following it grows when the new rows have arrived. */
  total = 0
  /** Rows that could be drawn. */
  liveTotal = 0
  selected: Selection = noSelection
  /** `liveTotal` when following stopped. */
  #leftAt = 0
  /** First of the newest rows that were asked for. */
  #tailFrom = 0
  readonly rows: RowStore
  readonly acts: FrameActs
  readonly #firstAfter: FirstAfterFinder
  #viewport: RowsViewport | null = null
  readonly #api: TimelineApi
  readonly #listeners = new Set<() => void>()

  constructor(api: TimelineApi) {
    this.#api = api
    this.acts = createFrameActs(api, (problem) => this.report(problem))
    this.#firstAfter = createFirstAfter({
      api,
      onFound: () => this.#changed(),
      onProblem: (problem) => this.report(problem),
    })
    this.rows = createRowStore({
      fetch: (filter, from, count) => api.rows(filter, from, count),
      onPage: (page) => this.#handlePage(page),
      onProblem: (problem) => this.report(problem),
    })
  }

  get api(): TimelineApi {
    return this.#api
  }

  get status(): SessionStatus | null {
    return this.session?.status ?? null
  }

  /** The first frame of the stream after a companion request; null for other frames and while none came. */
  firstAfter(frame: Frame): FirstAfter | null {
    if (!isCompanionRequest(frame)) return null
    return this.#firstAfter.find(frame, this.status?.frames ?? 0)
  }

  /** Frames recorded since the pause, or rows since following stopped. */
  get newRows(): number {
    if (this.pausedSeq !== null) return Math.max(0, (this.status?.frames ?? 0) - this.pausedSeq)
    return this.follow ? 0 : Math.max(0, this.liveTotal - this.#leftAt)
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  attach(viewport: RowsViewport): void {
    this.#viewport = viewport
  }

  /** First load, and again whenever the view becomes visible: asks the host how things stand. */
  async hydrate(restored?: ViewState): Promise<void> {
    try {
      this.session = await this.#api.hydrate()
    } catch (error) {
      this.report(error)
      return
    }
    // Where nothing can fold, rows are counted without asking.
    if (!this.filter.fold && this.status?.method === 'polling') {
      this.filter = { ...this.filter, fold: { open: [] } }
      this.rows.reset(this.filter)
    }
    if (restored) await this.#restore(restored)
    this.ready = true
    this.#refreshTotal()
    this.#changed()
  }

  handleStatus(status: SessionStatus): void {
    if (!this.session) return
    this.session = { ...this.session, status }
    this.#refreshTotal()
    this.#changed()
  }

  /** Keeps a sentence for the page to show. */
  report(problem: unknown): void {
    this.problem = problem instanceof Error ? problem.message : String(problem)
    this.#changed()
  }

  dismissProblem(): void {
    this.problem = null
    this.#changed()
  }

  setFollow(follow: boolean): void {
    if (this.follow === follow) return
    if (follow) this.follow = true
    else this.#leaveTail()
    if (follow && this.pausedSeq !== null) this.setPaused(false)
    this.#refreshTotal()
    this.#changed()
  }

  /** Recording goes on; the rows stay as they are. */
  setPaused(paused: boolean): void {
    if (paused === (this.pausedSeq !== null)) return
    this.pausedSeq = paused ? (this.status?.frames ?? 0) : null
    this.#refreshTotal()
    this.#changed()
  }

  setFilterText(text: string): void {
    if (text !== this.filter.text) this.#applyFilter({ ...this.filter, text })
  }

  /** Shows or hides the frames of the wire layer. */
  setWire(wire: boolean): void {
    if (wire !== this.filter.wire) this.#applyFilter({ ...this.filter, wire })
  }

  /** Hides what is there up to now; `showAll` brings it back. */
  clear(): void {
    const seq = this.pausedSeq ?? this.status?.frames ?? 0
    this.follow = this.pausedSeq === null
    this.#applyFilter({ ...this.filter, afterSeq: seq })
  }

  /** Folds the run of unchanged polls that begins at this frame into one row, or shows each of its frames. */
  setFolded(firstSeq: number, folded: boolean): void {
    const { fold } = this.filter
    if (!fold) return
    const others = fold.open.filter((seq) => seq !== firstSeq)
    const open = folded ? others : [...others, firstSeq]
    const index = this.selected.index ?? -1
    const row = this.rows.row(index)
    const within = row?.fold?.firstSeq === firstSeq
    // Rows above the run stay as they are.
    const keep = within && row ? index - (row.frame.seq - firstSeq) : 0
    this.#leaveTail()
    this.filter = { ...this.filter, fold: { open } }
    this.rows.reset(this.filter, keep)
    if (within) void this.selectSeq(firstSeq)
    else if (this.selected.seq !== null) void this.#relocate(this.selected.seq)
    this.#refreshTotal()
    this.#changed()
  }

  showAll(): void {
    this.#applyFilter({ ...this.filter, afterSeq: 0 })
  }

  /** Selects the row at `index`, read or not. */
  selectIndex(index: number): void {
    if (this.total === 0) return
    const at = Math.min(Math.max(0, index), this.total - 1)
    const row = this.rows.row(at) ?? null
    if (at < this.total - 1) this.#leaveTail()
    this.selected = { seq: row?.frame.seq ?? null, index: at, row }
    this.#viewport?.reveal(at)
    this.#changed()
  }

  /** Selects a frame by its number, even one that the filter hides. */
  async selectSeq(seq: number): Promise<void> {
    try {
      const [row] = await Promise.all([this.acts.readFrame(seq), this.#locate(seq)])
      if (!row) return
      if (this.selected.seq !== seq) this.selected = { seq, index: null, row }
      else this.selected = { ...this.selected, row }
      this.#changed()
    } catch (error) {
      this.report(error)
    }
  }

  /** The view drew rows `first` to `end - 1`; reads what is missing of them. */
  need(first: number, end: number): void {
    // While following, the newest rows come first: another wish would replace theirs.
    if (this.follow && this.total < this.liveTotal) return
    if (!this.rows.has(first, end)) this.rows.want(first, end)
  }

  async #locate(seq: number): Promise<void> {
    const index = await this.#api.position(this.filter, seq)
    const page = await this.#api.rows(this.filter, index, 1)
    const found = page.rows[0]
    if (found?.fold && !found.fold.open && found.frame.seq < seq && seq <= found.fold.lastSeq) {
      this.setFolded(found.fold.firstSeq, false)
      return this.#locate(seq)
    }
    if (found?.frame.seq !== seq) return
    this.#leaveTail()
    this.#refreshTotal()
    this.total = Math.max(this.total, index + 1)
    this.selected = { seq, index, row: found }
    this.#viewport?.reveal(index)
  }

  #leaveTail(): void {
    if (this.follow) this.#leftAt = this.liveTotal
    this.follow = false
  }

  async #restore(view: ViewState): Promise<void> {
    this.filter = {
      ...this.filter,
      afterSeq: view.afterSeq,
      text: view.filterText,
      wire: view.wire,
    }
    this.rows.reset(this.filter)
    this.pausedSeq = view.pausedSeq
    try {
      if (view.selectedSeq !== null) await this.selectSeq(view.selectedSeq)
      this.follow = view.anchorSeq === null && view.pausedSeq === null
      if (view.anchorSeq === null) return
      const index = await this.#api.position(this.filter, view.anchorSeq)
      this.liveTotal = this.total = Math.max(this.total, index + 1)
      this.#refreshTotal()
      this.#viewport?.scrollTo(index)
    } catch (error) {
      this.report(error)
    }
  }

  #applyFilter(filter: RowFilter): void {
    this.filter = filter
    this.rows.reset(filter)
    this.total = 0
    this.liveTotal = 0
    this.partial = filter.text !== ''
    const { seq } = this.selected
    this.selected = { ...this.selected, index: null }
    if (this.pausedSeq === null) this.follow = true
    this.#refreshTotal()
    if (seq !== null && seq > filter.afterSeq) void this.#relocate(seq)
    this.#changed()
  }

  /** Finds the selected frame's row under a new filter, and leaves the view where it is. */
  async #relocate(seq: number): Promise<void> {
    const { filter } = this
    const index = await this.#api.position(filter, seq).catch(() => null)
    if (index === null || filter !== this.filter || this.selected.seq !== seq) return
    const row = this.rows.row(index)
    if (row && row.frame.seq !== seq) return
    this.selected = { ...this.selected, index }
    this.#changed()
  }

  /** Whether some frames are no rows, so that only the capture knows the total. */
  #hasGaps(): boolean {
    const { text, wire, fold } = this.filter
    return (
      text !== '' || fold !== undefined || (!wire && (this.status?.statistics.wireFrames ?? 0) > 0)
    )
  }

  #refreshTotal(): void {
    const frames = this.status?.frames ?? 0
    if (this.#hasGaps()) {
      if (this.pausedSeq === null) this.rows.wantTail()
      else void this.#freezeTotal(this.pausedSeq)
    } else {
      this.#setLiveTotal(Math.max(0, (this.pausedSeq ?? frames) - this.filter.afterSeq))
    }
  }

  async #freezeTotal(seq: number): Promise<void> {
    const { filter } = this
    // Of a fold that has gone on growing since, the row is there.
    const folds = filter.fold !== undefined && filter.text === ''
    const position = await this.#api.position(filter, folds ? seq : seq + 1).catch(() => null)
    const total =
      position === null ? null : folds && seq > filter.afterSeq ? position + 1 : position
    if (total === null || filter !== this.filter || this.pausedSeq !== seq) return
    this.partial = false
    this.#setLiveTotal(total)
    this.#changed()
  }

  #setLiveTotal(total: number): void {
    this.liveTotal = total
    if (!this.follow || total < this.total) this.total = total
    if (this.follow) this.#wantTailRows()
  }

  #wantTailRows(): void {
    this.#tailFrom = Math.max(0, this.liveTotal - (this.#viewport?.rowsVisible() ?? 0) - tailMargin)
    this.rows.want(this.#tailFrom, this.liveTotal)
    this.#advance(this.liveTotal)
  }

  /** While following, the view moves on when the rows that were asked for it are here. */
  #advance(end: number): void {
    if (!this.follow || end <= this.total) return
    if (this.rows.has(Math.min(this.#tailFrom, end), end)) this.total = end
  }

  #handlePage(page: RowPage): void {
    if (this.#hasGaps() && this.pausedSeq === null) {
      this.partial = page.partial
      if (page.total !== this.liveTotal) this.#setLiveTotal(page.total)
      if (page.partial) setTimeout(() => this.rows.wantTail(), 200)
    }
    this.#advance(page.from + page.rows.length)
    this.#holdSelection()
    this.#fillSelection()
    this.#changed()
  }

  /** The selected row may have been folded with others: then its place is another. */
  #holdSelection(): void {
    const { seq, index } = this.selected
    if (seq === null || index === null) return
    const row = this.rows.row(index)
    if (row?.frame.seq === seq) this.selected = { seq, index, row }
    else if (row) {
      this.selected = { ...this.selected, index: null }
      void this.#relocate(seq)
    }
  }

  #fillSelection(): void {
    const { index, row } = this.selected
    if (index === null || row) return
    const read = this.rows.row(index)
    if (read) this.selected = { seq: read.frame.seq, index, row: read }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
