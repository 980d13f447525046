// The layouts of the page: frames as rows, or true to time, and the way from one to the other.

import type { FindParts } from '../find/showFind.ts'
import { LanesView } from '../lanes/lanesView.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { RowsView } from '../rows/rowsView.ts'
import type { TimedView, TimeSpan } from '../strip/seenSpan.ts'
import { showFailure } from './showRows.ts'
import type { ViewMemory } from './viewMemory.ts'

export interface LayoutParts {
  readonly model: TimelineModel
  readonly memory: () => ViewMemory
  /** What lies over the frames, in either layout. */
  readonly find: FindParts
  /** Resolves once the page is drawn anew. */
  redraw(): Promise<unknown>
}

export class PageLayout implements TimedView {
  readonly rows = new RowsView()
  readonly lanes = new LanesView()
  readonly #parts: LayoutParts

  constructor(parts: LayoutParts) {
    this.#parts = parts
  }

  /** Once the page is there. */
  start(): void {
    const { lanes } = this
    const { screenMs, topAt } = this.#parts.memory().view
    lanes.lanes = [{ model: this.#parts.model, shiftMs: 0 }]
    lanes.restore(topAt, screenMs)
    showFailure(lanes, this.#parts.model)
    lanes.addEventListener('drawn', () => this.#remember())
  }

  get isByTime(): boolean {
    return this.#parts.memory().view.layout === 'time'
  }

  /** What is shown. */
  get element(): RowsView | LanesView {
    return this.isByTime ? this.lanes : this.rows
  }

  /** The first frame in view; null while following. */
  get anchorSeq(): number | null {
    return this.element.anchorSeq
  }

  get span(): TimeSpan | null {
    return this.isByTime ? this.lanes.span : null
  }

  showTime(at: number, where: 'top' | 'middle'): boolean {
    if (this.isByTime) this.lanes.putAt(at, where)
    return this.isByTime
  }

  focus(options?: FocusOptions): void {
    this.element.focusRows(options)
  }

  /** To the other one, which shows the same time. */
  async toggle(): Promise<void> {
    const { model, memory, find, redraw } = this.#parts
    const { isByTime, anchorSeq } = this
    const hadFocus = this.element.contains(document.activeElement)
    if (!isByTime) this.lanes.restore(this.#topAt(), memory().view.screenMs)
    memory().change({ layout: isByTime ? 'rows' : 'time' })
    await redraw()
    this.element.append(find.bar, find.goTo)
    if (hadFocus) this.focus()
    if (isByTime && anchorSeq !== null) model.jump.show(anchorSeq, 'top')
  }

  /** Epoch ms of the first row in view; null while following. */
  #topAt(): number | null {
    const { shown, jump } = this.#parts.model
    if (shown.follow) return null
    return shown.rows.row(jump.seen().first)?.frame.at ?? null
  }

  #remember(): void {
    const memory = this.#parts.memory()
    const { topAt, screenMs } = this.lanes
    const { view } = memory
    if (view.topAt !== topAt || view.screenMs !== screenMs) memory.change({ topAt, screenMs })
  }
}
