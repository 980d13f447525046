// The time that the view shows: followed, scrolled, zoomed, and stopped while a session is paused.

import type { Lane, TimeSpan } from './lane.ts'
import { calmTop, clampedTop, followedTop, type LanesTime } from './lanesTime.ts'
import {
  msPerPx,
  placeOf,
  stepFor,
  type TimeScale,
  usualScreenMs,
  zoomedAround,
} from './timeScale.ts'

/** From the edges of the view, in shares of it, a frame that is shown stands at least. */
const edge = 0.08

export class TimeWindow {
  readonly #calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  scale: TimeScale = { topAt: 0, screenMs: usualScreenMs, heightPx: 0 }
  /** Epoch ms of the axis at which a pause stopped it; null: it runs. */
  stoppedAt: number | null = null
  #isPlaced = false
  #drawnTop = Number.NaN
  #wasPaused: boolean | null = null
  readonly #lanes: () => readonly Lane[]
  readonly #changed: () => void

  constructor(lanes: () => readonly Lane[], changed: () => void) {
    this.#lanes = lanes
    this.#changed = changed
  }

  get span(): TimeSpan {
    const { topAt, screenMs } = this.scale
    return { fromAt: topAt, untilAt: topAt + screenMs }
  }

  get follow(): boolean {
    return this.#lanes().every(({ model }) => model.shown.follow)
  }

  setFollow(follow: boolean): void {
    for (const { model } of this.#lanes()) model.shown.setFollow(follow)
    this.#changed()
  }

  get isPaused(): boolean {
    return this.#lanes().some(({ model }) => model.shown.pausedSeq !== null)
  }

  /** The view begins anew at this time: as it was left. */
  restore(topAt: number | null, screenMs: number): void {
    this.#isPlaced = topAt !== null
    this.scale = { ...this.scale, topAt: topAt ?? 0, screenMs }
  }

  /** Before each picture. */
  update(heightPx: number, time: LanesTime): void {
    this.#stop(time)
    this.scale = { ...this.scale, heightPx }
    if (!this.follow && this.#isPlaced) return
    if (time.firstAt === null) return
    this.#isPlaced = true
    const topAt = followedTop(time, this.scale)
    this.scale = {
      ...this.scale,
      topAt: this.#calm.matches ? calmTop(topAt, time, this.scale.screenMs) : topAt,
    }
  }

  /** Whether it has by a pixel since this was asked and true last: as long it is one picture. */
  hasMoved(): boolean {
    const movedPx = Math.abs(this.scale.topAt - this.#drawnTop) / msPerPx(this.scale)
    if (movedPx * window.devicePixelRatio < 0.5) return false
    this.#drawnTop = this.scale.topAt
    return true
  }

  #stop({ endAt }: LanesTime): void {
    const { isPaused } = this
    const wasPaused = this.#wasPaused
    this.#wasPaused = isPaused
    if (!isPaused) this.stoppedAt = null
    else if (wasPaused === false) this.stoppedAt = endAt
    else if (wasPaused === null) void this.#findPause()
  }

  /** A view that was paused when it was left stands at its last frame. */
  async #findPause(): Promise<void> {
    const found = await Promise.all(
      this.#lanes().map(async ({ model, shiftMs }) => {
        const { pausedSeq } = model.shown
        const about = pausedSeq === null ? null : await model.actions.related(pausedSeq)
        return about ? about.row.frame.at - shiftMs : Number.NEGATIVE_INFINITY
      }),
    )
    if (this.isPaused) this.stoppedAt = Math.max(...found)
    this.#changed()
  }

  /** By so many pixels; at the end the newest is followed again, where nothing is paused. */
  scroll(px: number, time: LanesTime): void {
    const wanted = this.scale.topAt + px * msPerPx(this.scale)
    const topAt = clampedTop(wanted, time, this.scale)
    const isAtEnd = topAt >= followedTop(time, this.scale)
    this.scale = { ...this.scale, topAt }
    const follows = px > 0 && isAtEnd
    if (!this.isPaused && follows !== this.follow) this.setFollow(follows)
    this.#isPlaced = true
    this.#changed()
  }

  /** The place of a time where it is in view, or else of the middle. */
  middlePx(at = Number.NaN): number {
    const { heightPx } = this.scale
    const px = placeOf(at, this.scale)
    return px >= 0 && px <= heightPx ? px : heightPx / 2
  }

  /** The time at `px` from the top stays there. */
  zoom(screenMs: number, px: number, time: LanesTime): void {
    const scale = zoomedAround(this.scale, screenMs, px)
    this.scale = { ...scale, topAt: clampedTop(scale.topAt, time, scale) }
    this.#changed()
  }

  /** Brings a time into view; it stays where it is where it is seen already. */
  show(at: number, time: LanesTime): void {
    const px = placeOf(at, this.scale)
    const { heightPx } = this.scale
    if (this.#isPlaced && px >= heightPx * edge && px <= heightPx * (1 - edge)) return
    this.putAt(at, 'middle', time)
  }

  putAt(at: number, where: 'top' | 'middle', time: LanesTime): void {
    if (this.follow) this.setFollow(false)
    this.#isPlaced = true
    const wanted = where === 'top' ? at : at - this.scale.screenMs / 2
    this.scale = { ...this.scale, topAt: clampedTop(wanted, time, this.scale) }
    this.#changed()
  }

  /** The span fills the screen, with some room around it. */
  fill(fromAt: number, untilAt: number): void {
    const screenMs = stepFor(untilAt - fromAt)
    this.setFollow(false)
    this.#isPlaced = true
    this.scale = { ...this.scale, screenMs, topAt: (fromAt + untilAt - screenMs) / 2 }
    this.#changed()
  }
}
