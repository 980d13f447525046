// The true-to-time layout: a lane a session, side by side on one time axis.

import { keepWidth } from '../elements/keepWidth.ts'
import { withNextPicture } from '../elements/withNextPicture.ts'
import type { Lane, MarksIn, TimeSpan } from './lane.ts'
import { createLaneHeads } from './laneHeads.ts'
import { LaneStates } from './laneStates.ts'
import { LanesPainter } from './lanesPainter.ts'
import { createLanesParts } from './lanesParts.ts'
import { followLanesPointer } from './lanesPointer.ts'
import { createLanesSteps } from './lanesSteps.ts'
import type { LanesTime } from './lanesTime.ts'
import { usualScreenMs, zoomed } from './timeScale.ts'
import { TimeWindow } from './timeWindow.ts'

const calm = window.matchMedia('(prefers-reduced-motion: reduce)')

/**
 * `<lifeline-lanes>`. Fires `activate-lane` (detail: its number), `open-detail` (detail: `{focus}`), `zoomed`, `scrolled`,
 * and `drawn` after each picture. Times are epoch ms of the axis.
 */
export class LanesView extends HTMLElement {
  /** Something else than the time has changed since the last picture. */
  #isStale = true
  readonly #runOn = withNextPicture(() => this.#draw())
  readonly #schedule = () => {
    this.#isStale = true
    this.#runOn()
  }
  readonly #states = new LaneStates(this.#schedule)
  readonly #window = new TimeWindow(() => this.lanes, this.#schedule, calm)
  readonly #heads = createLaneHeads((index) => {
    this.#activate(index)
    this.focusRows()
  })
  readonly #parts = createLanesParts(this.#heads.root)
  readonly #painter = new LanesPainter({
    ...{ states: this.#states, window: this.#window },
    ...{ elements: this.#parts, heads: this.#heads },
  })
  readonly #steps = createLanesSteps({
    ...{ lanes: () => this.lanes, active: () => this.active },
    ...{ scale: () => this.#window.scale, activate: (index) => this.#activate(index) },
    show: (at) => this.show(at),
    zoomBy: (way) => this.zoomBy(way),
    follow: () => this.setFollow(true),
    open: () => this.#fire('open-detail', { focus: true }),
  })

  get lanes(): readonly Lane[] {
    return this.#states.lanes
  }

  set lanes(lanes: readonly Lane[]) {
    this.#states.replace(lanes)
    this.#schedule()
  }

  get active(): number {
    return this.#states.active
  }

  set active(index: number) {
    this.#states.active = index
    this.#schedule()
  }

  /** What is marked across the lanes; null: nothing. */
  set marks(marks: MarksIn | null) {
    this.#painter.marks = marks
    this.#schedule()
  }

  /** Milliseconds from the top of the view to its bottom. */
  get screenMs(): number {
    return this.#window.scale.screenMs
  }

  get follow(): boolean {
    return this.#window.follow
  }

  setFollow(follow: boolean): void {
    this.#window.setFollow(follow)
  }

  /** The time at the top of the view; null while it follows. */
  get topAt(): number | null {
    return this.follow ? null : this.#window.scale.topAt
  }

  /** The first frame in view of the active lane; null while it follows. */
  get anchorSeq(): number | null {
    const { topAt } = this
    return topAt === null ? null : this.#states.firstSeq(topAt)
  }

  /** The time in view. */
  get span(): TimeSpan {
    return this.#window.span
  }

  /** Shows the time as it was left; `topAt` as the getter tells it. */
  restore(topAt: number | null, screenMs = usualScreenMs): void {
    this.#window.restore(topAt, screenMs)
    this.#states.leaveSelected()
    this.#schedule()
  }

  focusRows(options?: FocusOptions): void {
    this.#parts.viewport.focus(options)
  }

  /** Brings a time into view. */
  show(at: number): void {
    this.#window.show(at, this.#time())
  }

  /** Puts a time at the top of the view, or into its middle. */
  putAt(at: number, where: 'top' | 'middle'): void {
    this.#window.putAt(at, where, this.#time())
  }

  /** 1 shows less time, −1 more: around the selected frame where it is in view, or else around the middle. */
  zoomBy(
    way: 1 | -1,
    aroundPx = this.#window.middlePx(this.#states.current?.selected()?.at),
  ): void {
    this.#window.zoom(zoomed(this.screenMs, way), aroundPx, this.#time())
    this.#fire('zoomed')
  }

  connectedCallback(): void {
    this.#schedule()
    const { all, viewport, jump } = this.#parts
    if (this.contains(viewport)) return
    this.prepend(...all)
    jump.addEventListener('click', () => {
      this.setFollow(true)
      this.focusRows()
    })
    viewport.addEventListener('keydown', this.#steps.handleKey)
    for (const type of ['focus', 'blur']) viewport.addEventListener(type, this.#schedule)
    this.#followPointer()
    this.#painter.watchTheme(this.#schedule)
    keepWidth(viewport, this.#schedule)
  }

  disconnectedCallback(): void {
    this.#states.rest()
    this.#window.rest()
  }

  #followPointer(): void {
    followLanesPointer(this.#parts.viewport, {
      lanes: () => this.#states.all,
      layout: () => this.#painter.layout,
      scale: () => this.#window.scale,
      activate: (index) => this.#activate(index),
      scroll: (px) => {
        this.#window.scroll(px, this.#time())
        this.#fire('scrolled')
      },
      zoomBy: (way, y) => this.zoomBy(way, y),
      fill: (fromAt, untilAt) => {
        this.#window.fill(fromAt, untilAt)
        this.#fire('zoomed')
      },
      open: () => this.#fire('open-detail', { focus: false }),
    })
  }

  #fire(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }))
  }

  #activate(index: number): void {
    if (index === this.active || !this.lanes[index]) return
    this.active = index
    this.#fire('activate-lane', index)
  }

  #time(): LanesTime {
    return this.#states.time(this.#window.stoppedAt)
  }

  #draw(): void {
    const { viewport, sideways } = this.#parts
    const { clientHeight } = viewport
    if (!this.isConnected || clientHeight === 0 || this.lanes.length === 0) return
    this.#states.showSelected((at) => this.show(at))
    const time = this.#time()
    this.#window.update(clientHeight, time)
    if (this.#isStale || this.#window.hasMoved(window.devicePixelRatio)) {
      this.#isStale = false
      this.#painter.paint(time, sideways.clientWidth)
      this.dispatchEvent(new Event('drawn'))
    }
    if (time.isLive && this.follow && !this.#window.isPaused) this.#runOn()
  }
}

customElements.define('lifeline-lanes', LanesView)
