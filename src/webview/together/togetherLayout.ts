// The place of several sessions on the page: in lanes beside each other, true to time, or merged in one list.

import type { GoToBox } from '../find/goToBox.ts'
import type { MarksIn } from '../lanes/lane.ts'
import { LanesView } from '../lanes/lanesView.ts'
import type { CopyFormat } from './merged/mergedText.ts'
import { MergedView } from './merged/mergedView.ts'
import type { TogetherMemory } from './togetherMemory.ts'
import type { TogetherModel } from './togetherModel.ts'

export interface TogetherLayoutParts {
  readonly model: TogetherModel
  readonly memory: TogetherMemory
  /** What lies over the frames of the active lane. */
  readonly over: () => GoToBox | undefined
}

export class TogetherLayout {
  readonly lanes = new LanesView()
  readonly merged = new MergedView()
  readonly #parts: TogetherLayoutParts
  #shown: LanesView | MergedView | null = null
  #marks: MarksIn | null = null

  constructor(parts: TogetherLayoutParts) {
    this.#parts = parts
  }

  /** Once the page is there. */
  start(): void {
    const { lanes } = this
    const { topAt, screenMs } = this.#parts.memory.view
    this.update()
    lanes.restore(topAt, screenMs)
    lanes.addEventListener('drawn', () => this.#remember())
  }

  /** What is shown. */
  get element(): LanesView | MergedView {
    return this.#parts.memory.view.layout === 'lanes' ? this.lanes : this.merged
  }

  /** After each change of the sessions, or of what is shown of them. */
  update(): void {
    const { model, over } = this.#parts
    const { element } = this
    if (!isSame(element.lanes, model.lanes)) element.lanes = model.lanes
    if (element.active !== model.active) element.active = model.active
    const box = over()
    if (box && box.parentElement !== element) element.append(box)
    this.#keepTime(element)
  }

  focus(options?: FocusOptions): void {
    this.element.focusRows(options)
  }

  /** Marks items across the lanes; null: none. */
  mark(marks: MarksIn | null): void {
    if (marks === this.#marks) return
    this.#marks = marks
    this.lanes.marks = marks
  }

  /** Copies rows where several of the merged list are selected; answers whether they are. */
  copyMany(format: CopyFormat): boolean {
    const isMany = this.merged.hasMany
    if (isMany) void this.merged.copyRows(format)
    return isMany
  }

  /** One layout goes on at the time of the other, and with its selected frame in view where that was. */
  #keepTime(element: LanesView | MergedView): void {
    const before = this.#shown
    this.#shown = element
    if (before === null || before === element || before.follow) return
    const { span } = before
    if (span === null) return
    const selectedAt = this.#selectedAt()
    const isSeen = selectedAt >= span.fromAt && selectedAt <= span.untilAt
    void element.show(isSeen ? selectedAt : span.fromAt)
  }

  /** Epoch ms, by the common axis, of the selected frame; NaN without one. */
  #selectedAt(): number {
    const { model } = this.#parts
    const lane = model.lanes[model.active]
    const row = lane?.model.selected.row
    return lane && row ? row.frame.at - lane.shiftMs : Number.NaN
  }

  #remember(): void {
    const { memory } = this.#parts
    const { topAt, screenMs } = this.lanes
    const { view } = memory
    if (view.topAt !== topAt || view.screenMs !== screenMs) memory.change({ topAt, screenMs })
  }
}

function isSame<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((one, i) => one === others[i])
}
