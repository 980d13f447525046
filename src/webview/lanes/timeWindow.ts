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

/** Whether the system asks for less motion. */
interface Calm {
  readonly matches: boolean
}

export class TimeWindow {
  scale: TimeScale = { topAt: 0, screenMs: usualScreenMs, heightPx: 0 }
  /** Epoch ms of the axis at which a pause stopped it; null: it runs. */
  stoppedAt: number | null = null
  #isPlaced = false
  #drawnTop = Number.NaN
  /** It was seen to run: a pause from then on is one of now. */
  #hasRun = false
  /** The last frames before the pause that is known; null: it runs. */
  #pause: string | null = null
  readonly #lanes: () => readonly Lane[]
  readonly #changed: () => void
  readonly #calm: Calm

  constructor(lanes: () => readonly Lane[], changed: () => void, calm: Calm) {
    this.#lanes = lanes
    this.#changed = changed
    this.#calm = calm
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

  /** Nobody looks: a pause may begin that is not seen. */
  rest(): void {
    this.#hasRun = false
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

  /** Whether it has by a pixel of the screen since this was asked and true last: as long it is one picture. */
  hasMoved(pixelRatio: number): boolean {
    const movedPx = Math.abs(this.scale.topAt - this.#drawnTop) / msPerPx(this.scale)
    if (movedPx * pixelRatio < 0.5) return false
    this.#drawnTop = this.scale.topAt
    return true
  }

  #stop({ endAt }: LanesTime): void {
    const models = this.#lanes().map(({ model }) => model)
    const pause = this.isPaused ? models.map(({ shown }) => shown.pausedSeq).join() : null
    const before = this.#pause
    this.#pause = pause
    if (pause === null) {
      this.stoppedAt = null
      // What is still to come may bring its pause along.
      this.#hasRun ||= models.every(({ ready }) => ready)
    } else if (this.#hasRun) this.stoppedAt ??= endAt
    else if (pause !== before) void this.#findPause(pause)
  }

  /** A view that was paused while nobody saw it stands at its last frame. */
  async #findPause(pause: string): Promise<void> {
    const found = await Promise.all(
      this.#lanes().map(async ({ model, shiftMs }) => {
        const { pausedSeq } = model.shown
        const about = pausedSeq === null ? null : await model.actions.related(pausedSeq)
        return about ? about.row.frame.at - shiftMs : Number.NEGATIVE_INFINITY
      }),
    )
    if (pause !== this.#pause) return
    const stoppedAt = Math.max(...found)
    this.stoppedAt = Number.isFinite(stoppedAt) ? stoppedAt : null
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
