// The rows between two lifelines: what is visible, scrolling, keys and clicks.

import { withNextPicture } from '../elements/withNextPicture.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { createBelowRows } from './belowRows.ts'
import { clickRow } from './clickRow.ts'
import { showClickedFinding } from './findingFlag.ts'
import { createLiveRow } from './liveRow.ts'
import { handleCopy } from './manyKeys.ts'
import { type OpenSilence, openSilence } from './openSilence.ts'
import { createColumnPlacer } from './placeColumns.ts'
import { handleRowKey } from './pressKey.ts'
import { chooseForMenu, rowMenu } from './rowMenu.ts'
import { createRowPool } from './rowPool.ts'
import { createRowsGrid } from './rowsGrid.ts'
import { createRowsScrollBar } from './rowsScrollBar.ts'
import { showTimeHint } from './showTimeHint.ts'
import { createSteadyTop } from './steadyTop.ts'
import {
  clampTop,
  type Extent,
  isAtTail,
  maxTop,
  revealRow,
  rowPx,
  snapTop,
  tailPx,
  topAfterResize,
  visibleRows,
} from './virtualWindow.ts'

/** Rows read beyond the viewport on either side. */
const readMargin = 60

/** `<lifeline-rows>`. Set `model` once; fires `open-detail` when a row is to be opened, and `drawn` after each picture. */
export class RowsView extends HTMLElement {
  #model: TimelineModel | null = null
  #topPx = 0
  /** The view's height when it was drawn last. */
  #drawnPx = 0
  /** While rows are drawn: to measure the view once they are painted would lay the page out for it. */
  #drawing: Extent | null = null
  readonly #schedule = withNextPicture(() => this.#draw())
  readonly #grid = createRowsGrid()
  readonly #viewport = this.#grid.viewport
  readonly #pool = createRowPool(this.#grid.layer, () => this.#schedule())
  readonly #steady = createSteadyTop(() => this.#schedule())
  readonly #place = createColumnPlacer({ root: this, ...this.#grid }, () => this.#schedule())
  readonly #live = createLiveRow(() => this.#schedule())
  readonly #below = createBelowRows((event) => this.#handleWheel(event))
  readonly #bar = createRowsScrollBar(
    () => this.#extent(),
    (topPx) => this.#userScroll(topPx),
  )

  set model(model: TimelineModel) {
    this.#model = model
    model.attach({
      rowsVisible: () => Math.ceil(this.#viewport.clientHeight / rowPx),
      reveal: (index) => this.#scrollTo(revealRow(index, this.#topPx, this.#extent())),
      scrollTo: (index, height = 0) => this.#scrollTo((index - height) * rowPx),
      top: () => clampTop(this.#topPx, this.#extent()) / rowPx,
      isInTail: (index) => index * rowPx >= maxTop(this.#extent()),
    })
    model.onChange(() => this.#schedule())
    this.#schedule()
  }

  /** Puts the element under the last row. `onDrawn`: the rows above it are as they are. */
  hold(element: HTMLElement, onDrawn: () => void): void {
    this.#below.hold(element, () => this.#schedule(), onDrawn)
  }

  /** As `RowPool.shows`. */
  shows(seq: number | null, words: string): boolean {
    return this.#model !== null && this.#pool.shows(this.#model, seq, words)
  }

  /** The frame in the first visible row; null while following. */
  get anchorSeq(): number | null {
    const { shown } = this.#model ?? {}
    if (!shown || shown.follow) return null
    return shown.rows.row(Math.floor(this.#topPx / rowPx))?.frame.seq ?? null
  }

  connectedCallback(): void {
    if (this.childElementCount > 0) return
    const { parts, viewport, layer, jump } = this.#grid
    layer.append(this.#live.root)
    viewport.append(this.#bar.root)
    this.append(...parts, this.#below.root)
    viewport.addEventListener('wheel', (event) => this.#handleWheel(event), { passive: false })
    viewport.addEventListener('keydown', (event) => this.#handleKey(event))
    layer.addEventListener('click', (event) => this.#handleClick(event))
    layer.addEventListener('pointermove', (event) => {
      if (this.#model) showTimeHint(event, this.#model, this.#indexAt(event))
    })
    viewport.addEventListener('contextmenu', (event) => this.#handleMenu(event))
    viewport.addEventListener('copy', (event) => handleCopy(this.#model, event))
    this.addEventListener('leave-selection', () => this.focusRows())
    jump.addEventListener('click', () => {
      this.#model?.shown.setFollow(true)
      this.focusRows()
    })
    new ResizeObserver(() => this.#schedule()).observe(viewport)
  }

  focusRows(options?: FocusOptions): void {
    this.#viewport.focus(options)
  }

  #extent(): Extent {
    if (this.#drawing !== null) return this.#drawing
    const { clientHeight: viewportPx } = this.#viewport
    const belowPx = this.#below.heightPx()
    return { total: this.#model?.shown.total ?? 0, viewportPx, belowPx }
  }

  #draw(): void {
    const model = this.#model
    this.#drawing = null
    if (!model || model.place.holds) return
    const extent = this.#extent()
    if (extent.viewportPx === 0) return
    const { offsetTop } = this.#viewport
    this.#drawing = extent
    this.#topPx = model.shown.follow
      ? maxTop(extent)
      : topAfterResize(model.selected.index, this.#topPx, extent, this.#drawnPx)
    this.#drawnPx = extent.viewportPx
    this.#bar.paint(this.#topPx, extent)
    const isRead = (topPx: number) => hasRows(model, topPx, extent)
    const wantedPx = this.#steady.next(this.#topPx, model.shown.filter, isRead)
    const { drawnPx } = this.#steady
    const active = this.#pool.paint(model, drawnPx, extent)
    this.#place(model, this.#pool.needs)
    const endPx = extent.total * rowPx - drawnPx
    this.#grid.endLines(isOver(model) ? endPx : null)
    this.#live.paint(
      isLive(model) ? model.status : null,
      silenceOf(model),
      model.clock.now(),
      endPx,
    )
    this.#below.paint(endPx + (this.#live.root.hidden ? 0 : tailPx), offsetTop)
    this.#grid.paint(model, active, !isAtTail(this.#topPx, extent), this.#pool.heads)
    const { first, end } = visibleRows(wantedPx, extent, readMargin)
    model.shown.need(first, end, visibleRows(drawnPx, extent, 0).end)
    this.dispatchEvent(new Event('drawn'))
    this.#drawing = null
  }

  #handleWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowPx : 1
    // A wheel with notches goes from row to row; two fingers go as they like.
    const target = this.#topPx + event.deltaY * step
    this.#userScroll(
      Math.abs(event.deltaY * step) < rowPx ? target : snapTop(target, this.#extent()),
    )
  }

  #userScroll(topPx: number): void {
    const model = this.#model
    if (!model) return
    const extent = this.#extent()
    const target = clampTop(topPx, extent)
    const towardsTail = target >= this.#topPx
    this.#topPx = target
    if (model.shown.pausedSeq === null)
      model.shown.setFollow(towardsTail && isAtTail(target, extent))
    this.#schedule()
    this.dispatchEvent(new CustomEvent('scrolled', { bubbles: true }))
  }

  #scrollTo(topPx: number): void {
    this.#topPx = topPx
    this.#schedule()
  }

  #indexAt({ clientY }: MouseEvent): number {
    return Math.floor(
      (clientY - this.#viewport.getBoundingClientRect().top + this.#steady.drawnPx) / rowPx,
    )
  }

  #handleClick(event: MouseEvent): void {
    const index = this.#indexAt(event)
    if (!this.#model || this.#model.place.holds || index >= this.#model.shown.total) return
    if (showClickedFinding(event, 0)) return
    this.focusRows()
    // The second click of two goes into the detail.
    if (clickRow(this.#model, index, event)) openDetail(this, event.detail > 1)
  }

  /** The menu is about the row that it opens on, with the keyboard about the selected one. */
  #handleMenu(event: MouseEvent): void {
    const isOnRow = event.target instanceof Node && this.#grid.layer.contains(event.target)
    if (this.#model && isOnRow) chooseForMenu(this.#model, this.#indexAt(event))
    if (this.#model) this.#viewport.dataset.vscodeContext = rowMenu(this.#model)
  }

  #handleKey(event: KeyboardEvent): void {
    const view = () => ({ topPx: this.#topPx, extent: this.#extent() })
    const open = () => openDetail(this, true)
    if (!this.#model || !handleRowKey(this.#model, event, { view, open })) return
    // The page and VS Code would do what the key means there.
    event.preventDefault()
    event.stopPropagation()
  }
}

/** Whether any of the rows in view there is here; of those that are followed the view waits itself. */
function hasRows({ shown }: TimelineModel, topPx: number, extent: Extent): boolean {
  const { first, end } = visibleRows(topPx, extent, 0)
  for (let index = first; index < end; index++) if (shown.rows.row(index)) return true
  return first === end || shown.follow
}

/** Whether the time of what is waited for runs on. */
function isLive({ shown, hostSilentSince }: TimelineModel): boolean {
  return shown.pausedSeq === null && hostSilentSince === null
}

function silenceOf({ status, shown }: TimelineModel): OpenSilence | null {
  return status && openSilence(status, shown.filter, shown.rows.row(shown.total - 1))
}

/** Nothing will come any more. */
function isOver({ session, status }: TimelineModel): boolean {
  return session?.readOnly === true || status?.state === 'ended'
}

function openDetail(view: RowsView, focus: boolean): void {
  view.dispatchEvent(new CustomEvent('open-detail', { bubbles: true, detail: { focus } }))
}

customElements.define('lifeline-rows', RowsView)
