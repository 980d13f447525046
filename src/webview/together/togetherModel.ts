// The state of several sessions that are shown together: their models, which one is active, and what goes for all of them.

import type { Lane } from '../lanes/lane.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { areApart, shiftsToStart, spanOf } from './alignStarts.ts'

/** Acts on all models what belongs to all: filter, pause, follow, wire layer, clearing. `onChange`: something of it, or of a model, is another. */
export class TogetherModel {
  readonly models: readonly TimelineModel[]
  /** Whether all begin at the same height; null: where their times are apart. */
  fromStarts: boolean | null = null
  #active = 0
  #lanes: readonly Lane[]
  #filterText = ''
  readonly #ready = new Set<TimelineModel>()
  readonly #onChange: () => void

  /** `models`: one at least. */
  constructor(models: readonly TimelineModel[], onChange: () => void) {
    this.models = models
    this.#lanes = models.map((model) => ({ model, shiftMs: 0 }))
    this.#onChange = onChange
    for (const model of models) model.onChange(() => this.#handleChange(model))
  }

  /** The same list while nothing of it changes. */
  get lanes(): readonly Lane[] {
    const spans = this.models.map(
      ({ session }) => session && spanOf(session.status, isLive(session)),
    )
    const shifts = this.isShifted ? shiftsToStart(spans) : spans.map(() => 0)
    if (this.#lanes.some(({ shiftMs }, i) => shiftMs !== shifts[i]))
      this.#lanes = this.models.map((model, i) => ({ model, shiftMs: shifts[i] ?? 0 }))
    return this.#lanes
  }

  /** Sessions go on at other times. */
  get isApart(): boolean {
    return areApart(
      this.models.map(({ session }) => session && spanOf(session.status, isLive(session))),
    )
  }

  /** All begin at the same height. */
  get isShifted(): boolean {
    return this.fromStarts ?? this.isApart
  }

  /** The lane that has the keyboard. */
  get active(): number {
    return this.#active
  }

  get current(): TimelineModel {
    return this.models[this.#active] ?? (this.models[0] as TimelineModel)
  }

  activate(index: number): void {
    if (index === this.#active || !this.models[index]) return
    this.#active = index
    this.#onChange()
  }

  get follow(): boolean {
    return this.models.every(({ shown }) => shown.follow)
  }

  setFollow(follow: boolean): void {
    for (const { shown } of this.models) shown.setFollow(follow)
  }

  get isPaused(): boolean {
    return this.models.some(({ shown }) => shown.pausedSeq !== null)
  }

  /** Of all since the pause. */
  get newFrames(): number {
    return this.models.reduce((sum, { shown }) => sum + shown.newRows, 0)
  }

  setPaused(paused: boolean): void {
    for (const { shown } of this.models) shown.setPaused(paused)
  }

  get wire(): boolean {
    return this.models.some(({ shown }) => shown.filter.wire)
  }

  setWire(wire: boolean): void {
    for (const { shown } of this.models) shown.setWire(wire)
  }

  get isCleared(): boolean {
    return this.models.some(({ shown }) => shown.filter.afterSeq > 0)
  }

  clear(): void {
    for (const { shown } of this.models) shown.clear()
  }

  showAll(): void {
    for (const { shown } of this.models) shown.showAll()
  }

  setFilter(text: string): void {
    for (const { shown } of this.models) shown.setText(text)
  }

  get isLive(): boolean {
    return this.models.some(({ session }) => session !== null && isLive(session))
  }

  #handleChange(model: TimelineModel): void {
    if (model.ready) this.#shareFilter(model)
    this.#onChange()
  }

  /** Whoever gives one of them another filter means all; of one that comes in it is its own, where it has one. */
  #shareFilter(model: TimelineModel): void {
    const isFirst = !this.#ready.has(model)
    this.#ready.add(model)
    const { text } = model.shown.filter
    if (text === this.#filterText) return
    if (isFirst && text === '') {
      model.shown.setText(this.#filterText)
      return
    }
    this.#filterText = text
    for (const other of this.#ready) other.shown.setText(text)
  }
}

function isLive({ readOnly, status }: NonNullable<TimelineModel['session']>): boolean {
  return !readOnly && status.state !== 'ended'
}
