// One session of the merged list: its rows, none folded, and how many there are.

import type { RowFilter } from '../../../shared/session/captureRows.ts'
import type { Lane } from '../../lanes/lane.ts'
import { untilReadOn } from '../../model/findRow.ts'
import { hasGaps } from '../../model/rowFilters.ts'
import { createRowStore, type RowStore, type StoredRow } from '../../model/rowStore.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import type { TimedLane } from './findCut.ts'
import type { MergedSource } from './mergeRows.ts'

/** How its model shows it, as far as rows depend on it. */
interface Shown {
  readonly filter: RowFilter
  /** The version of its bookmarks, for which a filter may ask. */
  readonly bookmarks: number
  readonly pausedSeq: number | null
}

/** Reads what its model shows: filter, pause and end. Calls that fail are reported to the model. */
export class MergedLane implements MergedSource, TimedLane {
  readonly model: TimelineModel
  shiftMs: number
  total = 0
  readonly #store: RowStore
  readonly #changed: () => void
  #shown: Shown = {
    ...{ filter: { afterSeq: 0, text: '', wire: false }, bookmarks: 0, pausedSeq: null },
  }
  #frames = 0
  /** Its filter finds others among the frames that were read. */
  #isRenumbered = false

  constructor({ model, shiftMs }: Lane, changed: () => void) {
    this.model = model
    this.shiftMs = shiftMs
    this.#changed = changed
    this.#store = createRowStore({
      api: model.api,
      onPage: ({ total, partial, rows }) => {
        model.heedRows(rows)
        if (this.#isCounted && this.#shown.pausedSeq === null) this.total = total
        if (partial) void this.#readOn(this.#shown)
        changed()
      },
      onRefolded: () => {
        this.#isRenumbered = true
        changed()
      },
      onProblem: (problem) => problem !== null && model.report(problem),
    })
  }

  /** Its rows have other numbers now, or there may be more of them. Answers whether they have other numbers. */
  refresh(): boolean {
    const { model } = this
    const { afterSeq, text, wire } = model.shown.filter
    const { pausedSeq } = model.shown
    const bookmarks = text === '' ? 0 : model.bookmarks.version
    const { filter, ...before } = this.#shown
    const isSame = afterSeq === filter.afterSeq && text === filter.text && wire === filter.wire
    const isOther = !isSame || bookmarks !== before.bookmarks || this.#isRenumbered
    if (isOther) this.#begin({ filter: { afterSeq, text, wire }, bookmarks, pausedSeq })
    else if (pausedSeq !== before.pausedSeq) this.#shown = { filter, bookmarks, pausedSeq }
    const frames = model.status?.frames ?? 0
    if (isOther || pausedSeq !== before.pausedSeq || frames !== this.#frames) this.#count(frames)
    return isOther
  }

  row(index: number): StoredRow | undefined {
    return index < this.total ? this.#store.row(index) : undefined
  }

  want(first: number, end: number): void {
    const last = Math.min(end, this.total)
    if (first < last && !this.#store.isWhole(first, last)) this.#store.want(first, last)
  }

  async rowAt(at: number): Promise<number> {
    return this.model.api.rowAt(this.#shown.filter, at + this.shiftMs)
  }

  get filter(): RowFilter {
    return this.#shown.filter
  }

  /** Only the capture knows how many rows there are. */
  get #isCounted(): boolean {
    return hasGaps(this.#shown.filter, this.model.status)
  }

  #begin(shown: Shown): void {
    this.#shown = shown
    this.#isRenumbered = false
    this.#store.reset(shown.filter)
    this.total = 0
    this.#frames = 0
  }

  #count(frames: number): void {
    this.#frames = frames
    const { filter, pausedSeq } = this.#shown
    if (!this.#isCounted) this.total = Math.max(0, (pausedSeq ?? frames) - filter.afterSeq)
    else if (pausedSeq === null) this.#store.wantTail()
    else void this.#countPaused(this.#shown, pausedSeq)
  }

  /** The filter reads older frames while it is asked. */
  async #readOn(shown: Shown): Promise<void> {
    await untilReadOn()
    if (shown === this.#shown && !this.model.shown.search.isStopped) this.#store.wantTail()
  }

  async #countPaused(shown: Shown, pausedSeq: number): Promise<void> {
    try {
      for (;;) {
        const { rows, partial } = await this.model.api.positions(shown.filter, [pausedSeq + 1])
        if (shown !== this.#shown) return
        this.total = rows[0] ?? 0
        this.#changed()
        if (!partial || this.model.shown.search.isStopped) return
        await untilReadOn()
      }
    } catch (error) {
      this.model.report(error)
    }
  }
}
