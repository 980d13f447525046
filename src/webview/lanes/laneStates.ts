// The lanes of a view, with the time that they have together, and their selected frames.

import type { Lane } from './lane.ts'
import { LaneState } from './laneState.ts'
import { type LanesTime, lanesTime } from './lanesTime.ts'

export class LaneStates {
  all: readonly LaneState[] = []
  /** The number of the one that has the keyboard. */
  active = 0
  /** Of each lane, the selected frame that was shown last. */
  readonly #shown = new Map<LaneState, number | null>()
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get lanes(): readonly Lane[] {
    return this.all.map(({ lane }) => lane)
  }

  get current(): LaneState | undefined {
    return this.all[this.active]
  }

  /** Lanes that stay keep what is known of them. */
  replace(lanes: readonly Lane[]): void {
    const before = this.all
    this.all = lanes.map(
      (lane) => before.find((state) => state.lane === lane) ?? new LaneState(lane, this.#changed),
    )
    for (const state of before) {
      if (this.all.includes(state)) continue
      state.close()
      this.#shown.delete(state)
    }
    this.active = Math.max(0, Math.min(this.active, lanes.length - 1))
  }

  /** They are not seen: nothing is read until they are drawn again. */
  rest(): void {
    for (const state of this.all) state.rest()
  }

  /** `stoppedAt`: the view stands at this time of the axis; null: it does not. */
  time(stoppedAt: number | null): LanesTime {
    return lanesTime(this.all.map((state) => state.span(stoppedAt)))
  }

  /** Frames that are selected now need not be brought into view. */
  leaveSelected(): void {
    for (const state of this.all) this.#shown.set(state, state.lane.model.selected.seq)
  }

  /** Has a frame that was selected elsewhere brought into view. `at`: epoch ms of the axis. */
  showSelected(show: (at: number) => void): void {
    for (const state of this.all) {
      const { seq, row } = state.lane.model.selected
      if (seq !== null && row === null) continue
      const before = this.#shown.get(state)
      this.#shown.set(state, seq)
      if (row && seq !== before) show(row.frame.at - state.lane.shiftMs)
    }
  }

  /** The first frame of the active lane from a time on, among those in view; null without any. */
  firstSeq(at: number): number | null {
    const { arrows, blocks } = this.current?.scene ?? { arrows: [], blocks: [] }
    const firsts = [
      arrows.find((arrow) => arrow.at >= at)?.seq,
      blocks.find(({ untilAt }) => untilAt > at)?.sums.firstSeq,
    ].filter((seq) => seq !== undefined)
    return firsts.length > 0 ? Math.min(...firsts) : null
  }
}
