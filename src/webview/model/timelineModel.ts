// The timeline's state apart from its drawing: which rows there are, following, pause, selection.

import type { TimelineApi, TimelineSession } from '../../shared/calls/messages.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import type { RowFilter, RowPage } from '../../shared/session/captureRows.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { toError } from '../../shared/unknown.ts'
import {
  createFirstAfter,
  type FirstAfter,
  type FirstAfterFinder,
  isCompanionRequest,
} from './firstAfter.ts'
import { createFrameActs, type FrameActs } from './frameActs.ts'
import type { RestoredView } from './restoredView.ts'
import { RowCounts } from './rowCounts.ts'
import { hasGaps, withFolded } from './rowFilters.ts'
import { createRowStore, type RowStore } from './rowStore.ts'
import { RowSelection, type RowsViewport, type Selection } from './selection.ts'

/** The worker reads older frames for about as long at a time. */
const partialMs = 50

/** Calls `api` by itself for what it needs; tells every change through `onChange`, and faults as `problem`. */
export class TimelineModel {
  session: TimelineSession | null = null
  /** The first load is done, what was remembered included: only now is there something to remember. */
  ready = false
  filter: RowFilter = { afterSeq: 0, text: '', wire: false }
  /** The text filter is still reading older frames. */
  partial = false
  pausedSeq: number | null = null
  readonly rows: RowStore
  readonly acts: FrameActs
  readonly selection: RowSelection
  readonly #counts: RowCounts
  readonly #firstAfter: FirstAfterFinder
  #viewport: RowsViewport | null = null
  #fault: string | null = null
  /** Why rows that are wanted cannot be read. */
  #unread: string | null = null
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
    this.selection = new RowSelection(this, {
      leaveTail: () => this.#counts.leaveTail(),
      grow: (rows) => {
        this.#refreshTotal()
        this.#counts.grow(rows)
      },
      viewport: () => this.#viewport,
      changed: () => this.#changed(),
    })
    this.rows = createRowStore({
      fetch: (filter, from, count) => api.rows(filter, from, count),
      onPage: (page) => this.#handlePage(page),
      onProblem: (problem) => {
        this.#unread = problem === null ? null : toError(problem).message
        this.#changed()
      },
    })
    this.#counts = new RowCounts({
      rows: this.rows,
      visible: () => this.#viewport?.rowsVisible() ?? 0,
    })
  }

  get api(): TimelineApi {
    return this.#api
  }

  get selected(): Selection {
    return this.selection.current
  }

  get status(): SessionStatus | null {
    return this.session?.status ?? null
  }

  /** A sentence about what went wrong; null when nothing did, it was dismissed or it no longer holds. */
  get problem(): string | null {
    return this.#fault ?? this.#unread
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

  /** The first frame of the stream after a companion request; null for other frames and while none came. */
  firstAfter(frame: Frame): FirstAfter | null {
    if (!isCompanionRequest(frame)) return null
    return this.#firstAfter.find(frame, this.status?.frames ?? 0)
  }

  /** Frames recorded since the pause, or rows since following stopped. */
  get newRows(): number {
    if (this.pausedSeq !== null) return Math.max(0, (this.status?.frames ?? 0) - this.pausedSeq)
    return this.#counts.added
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  attach(viewport: RowsViewport): void {
    this.#viewport = viewport
  }

  /** First load, and again whenever the view becomes visible: asks the host how things stand. */
  async hydrate(restored?: RestoredView): Promise<void> {
    try {
      this.session = await this.#api.hydrate()
    } catch (error) {
      this.report(error)
      return
    }
    // Where nothing can fold, rows are counted without asking.
    if (!this.filter.fold && this.status && methods[this.status.method].folds) {
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
    this.#fault = toError(problem).message
    this.#changed()
  }

  dismissProblem(): void {
    this.#fault = null
    this.#unread = null
    this.#changed()
  }

  setFollow(follow: boolean): void {
    if (this.follow === follow) return
    if (follow) this.#counts.follow = true
    else this.#counts.leaveTail()
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
    this.#counts.follow = this.pausedSeq === null
    this.#applyFilter({ ...this.filter, afterSeq: seq })
  }

  /** Folds the run of unchanged polls that begins at this frame into one row, or shows each of its frames. */
  setFolded(firstSeq: number, folded: boolean): void {
    if (!this.filter.fold) return
    const index = this.selected.index ?? -1
    const row = this.rows.row(index)
    const within = row?.fold?.firstSeq === firstSeq
    // Rows above the run stay as they are.
    const keep = within && row ? index - (row.frame.seq - firstSeq) : 0
    this.#counts.leaveTail()
    this.filter = withFolded(this.filter, firstSeq, folded)
    this.rows.reset(this.filter, keep)
    if (within) void this.selection.selectSeq(firstSeq)
    else this.selection.relocate()
    this.#refreshTotal()
    this.#changed()
  }

  showAll(): void {
    this.#applyFilter({ ...this.filter, afterSeq: 0 })
  }

  /** The view drew rows `first` to `end - 1`; reads what is missing of them. */
  need(first: number, end: number): void {
    // While following, the newest rows come first: another wish would replace theirs.
    if (this.#counts.isCatchingUp) return
    if (!this.rows.has(first, end)) this.rows.want(first, end)
  }

  async #restore(view: RestoredView): Promise<void> {
    this.filter = {
      ...this.filter,
      afterSeq: view.afterSeq,
      text: view.filterText,
      wire: view.wire,
    }
    this.rows.reset(this.filter)
    this.pausedSeq = view.pausedSeq
    try {
      if (view.selectedSeq !== null) await this.selection.selectSeq(view.selectedSeq)
      this.#counts.follow = view.anchorSeq === null && view.pausedSeq === null
      if (view.anchorSeq === null) return
      const index = await this.#api.position(this.filter, view.anchorSeq)
      this.#counts.grow(index + 1)
      this.#counts.live = this.total
      this.#refreshTotal()
      this.#viewport?.scrollTo(index)
    } catch (error) {
      this.report(error)
    }
  }

  #applyFilter(filter: RowFilter): void {
    this.filter = filter
    this.rows.reset(filter)
    this.#counts.reset()
    this.partial = filter.text !== ''
    if (this.pausedSeq === null) this.#counts.follow = true
    this.#refreshTotal()
    this.selection.relocate()
    this.#changed()
  }

  #refreshTotal(): void {
    const frames = this.status?.frames ?? 0
    if (hasGaps(this.filter, this.status)) {
      if (this.pausedSeq === null) this.rows.wantTail()
      else void this.#freezeTotal(this.pausedSeq)
    } else {
      this.#counts.setLive(Math.max(0, (this.pausedSeq ?? frames) - this.filter.afterSeq))
    }
  }

  async #freezeTotal(seq: number): Promise<void> {
    const { filter } = this
    // Of a fold that has gone on growing since, the row is there.
    const folds = filter.fold !== undefined && filter.text === ''
    // Where it cannot be told, the count stays as it is: the rows' own reading says what is wrong.
    const position = await this.#api.position(filter, folds ? seq : seq + 1).catch(() => null)
    const total =
      position === null ? null : folds && seq > filter.afterSeq ? position + 1 : position
    if (total === null || filter !== this.filter || this.pausedSeq !== seq) return
    this.partial = false
    this.#counts.setLive(total)
    this.#changed()
  }

  #handlePage(page: RowPage): void {
    if (hasGaps(this.filter, this.status) && this.pausedSeq === null) {
      this.partial = page.partial
      if (page.total !== this.liveTotal) this.#counts.setLive(page.total)
      if (page.partial) setTimeout(() => this.rows.wantTail(), partialMs)
    }
    this.#counts.advance(page.from + page.rows.length)
    this.selection.handlePage()
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
