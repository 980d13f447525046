// The merged list of several sessions: what is visible, scrolling, keys and clicks.

import { withNextPicture } from '../../elements/withNextPicture.ts'
import type { Lane, TimeSpan } from '../../lanes/lane.ts'
import { createRowsScrollBar } from '../../rows/rowsScrollBar.ts'
import { createSteadyTop } from '../../rows/steadyTop.ts'
import {
  clampTop,
  type Extent,
  isAtTail,
  maxTop,
  revealRow,
  rowPx,
  visibleRows,
} from '../../rows/virtualWindow.ts'
import { followAll, followsAll, isAnyPaused } from './allLanes.ts'
import { copyMerged } from './copyMerged.ts'
import { createMergedGrid } from './mergedGrid.ts'
import { heedInput } from './mergedInput.ts'
import { MergedList } from './mergedList.ts'
import { createMergedPool } from './mergedPool.ts'
import { MergedSelection } from './mergedSelection.ts'
import type { CopyFormat } from './mergedText.ts'

/** Rows read beyond the viewport on either side. */
const readMargin = 60
/** While the newest are followed, rows read above them. */
const tailMargin = 8

/** `<lifeline-merged>`. Set `lanes` and `active`; fires `activate-lane` (detail: its number), `open-detail`, and `drawn` after each picture. */
export class MergedView extends HTMLElement {
  #lanes: readonly Lane[] = []
  #active = 0
  #topPx = 0
  #unheard: readonly (() => void)[] = []
  readonly #schedule = withNextPicture(() => this.#draw())
  readonly #list = new MergedList(() => this.#schedule())
  readonly #selection = new MergedSelection({
    list: this.#list,
    lanes: () => this.#lanes,
    active: () => this.#active,
    activate: (lane) => this.#activate(lane),
    changed: () => this.#schedule(),
  })
  readonly #grid = createMergedGrid({
    copy: (format) => void this.copyRows(format),
    jump: () => {
      this.setFollow(true)
      this.focusRows()
    },
  })
  readonly #viewport = this.#grid.viewport
  readonly #paint = createMergedPool(this.#grid.layer)
  readonly #steady = createSteadyTop(() => this.#schedule())
  readonly #bar = createRowsScrollBar(
    () => this.#extent(),
    (topPx) => this.#userScroll(topPx),
  )

  get lanes(): readonly Lane[] {
    return this.#lanes
  }

  set lanes(lanes: readonly Lane[]) {
    if (lanes === this.#lanes) return
    for (const end of this.#unheard) end()
    this.#lanes = lanes
    this.#unheard = lanes.map(({ model }) => model.onChange(() => this.#schedule()))
    this.#list.setLanes(lanes)
    this.#selection.renumbered()
    this.#schedule()
  }

  /** The lane that has the keyboard. */
  get active(): number {
    return this.#active
  }

  set active(lane: number) {
    this.#active = lane
    this.#schedule()
  }

  /** Whether all of them are followed. */
  get follow(): boolean {
    return followsAll(this.#lanes)
  }

  setFollow(follow: boolean): void {
    followAll(this.#lanes, follow)
    this.#schedule()
  }

  /** The time in view, by the common axis; null where it is not read. */
  get span(): TimeSpan | null {
    return spanOf(this.#list, this.#topPx, this.#extent())
  }

  focusRows(options?: FocusOptions): void {
    this.#viewport.focus(options)
  }

  /** Brings that time, in epoch ms of the common axis, into view. Nothing where it cannot be told. */
  async show(at: number): Promise<void> {
    const { numbering } = this.#list
    const index = await this.#list.rowAt(at).catch(() => null)
    if (index === null || numbering !== this.#list.numbering) return
    this.setFollow(false)
    this.#reveal(index)
  }

  /** Copies the selected rows where several are, or else all of them. Faults are reported to the active lane's model. */
  async copyRows(format: CopyFormat): Promise<void> {
    const model = this.#lanes[this.#active]?.model
    const rows = this.#selection.many ?? { from: this.#list.end.map(() => 0), to: this.#list.end }
    if (model) await copyMerged(this.#list.lanes, rows, format, model)
  }

  /** Several rows are selected. */
  get hasMany(): boolean {
    return this.isConnected && this.#selection.many !== null
  }

  connectedCallback(): void {
    if (this.#viewport.isConnected) return
    const { parts, viewport } = this.#grid
    viewport.append(this.#bar.root)
    this.prepend(...parts)
    heedInput(this.#grid, {
      ...{ list: this.#list, selection: this.#selection },
      model: () => this.#lanes[this.#active]?.model,
      extent: () => this.#extent(),
      topPx: () => this.#topPx,
      drawnPx: () => this.#steady.drawnPx,
      scroll: (topPx) => this.#userScroll(topPx),
      select: (index, extend) => this.#select(index, extend),
      open: (focus) => openDetail(this, focus),
      copy: () => void this.copyRows('markdown'),
    })
    new ResizeObserver(() => this.#schedule()).observe(viewport)
  }

  #extent(): Extent {
    return { total: this.#list.total, viewportPx: this.#viewport.clientHeight }
  }

  #draw(): void {
    const { viewportPx } = this.#extent()
    if (viewportPx === 0 || this.#lanes.length === 0) return
    const [list, selection, follow] = [this.#list, this.#selection, this.follow]
    const { numbering } = list
    list.refresh(follow ? Math.ceil(viewportPx / rowPx) + tailMargin : null)
    if (numbering !== list.numbering) selection.renumbered()
    const extent = this.#extent()
    this.#topPx = follow ? maxTop(extent) : clampTop(this.#topPx, extent)
    const isRead = (topPx: number) => follow || hasRows(list, topPx, extent)
    const wantedPx = this.#steady.next(this.#topPx, list.numbering, isRead)
    const wanted = visibleRows(wantedPx, extent, readMargin)
    list.see(wanted.first, wanted.end)
    selection.resolve()
    this.#showForeign()
    const topPx = this.#steady.drawnPx
    const picture = { list, selection, extent, lanes: this.#lanes, active: this.#active }
    const activeId = this.#paint({ ...picture, topPx })
    this.#bar.paint(this.#topPx, extent)
    this.#grid.paint({ ...picture, topPx: this.#topPx, activeId })
    this.dispatchEvent(new Event('drawn'))
  }

  /** Somebody else has selected another frame: it comes into view. */
  #showForeign(): void {
    const chosen = this.#selection.foreign()
    const lane = chosen && this.#lanes[chosen.lane]
    if (!lane) return
    const { row } = lane.model.selected
    if (this.#selection.index !== null) this.#reveal()
    else if (row) void this.show(row.frame.at - lane.shiftMs)
  }

  #activate(lane: number): void {
    if (lane === this.#active) return
    this.#active = lane
    this.dispatchEvent(new CustomEvent('activate-lane', { bubbles: true, detail: lane }))
  }

  #select(index: number, extend: boolean): void {
    this.#selection.select(index, extend)
    this.#reveal()
  }

  #userScroll(topPx: number): void {
    const extent = this.#extent()
    const target = clampTop(topPx, extent)
    const follow = target >= this.#topPx && isAtTail(target, extent)
    if (!isAnyPaused(this.#lanes) && follow !== this.follow) this.setFollow(follow)
    this.#scrollTo(target)
  }

  #reveal(index = this.#selection.index ?? 0): void {
    this.#scrollTo(revealRow(index, this.#topPx, this.#extent()))
  }

  #scrollTo(topPx: number): void {
    this.#topPx = topPx
    this.#schedule()
  }
}

/** Whether any of the rows in view there is here. */
function hasRows(list: MergedList, topPx: number, extent: Extent): boolean {
  const { first, end } = visibleRows(topPx, extent, 0)
  for (let index = first; index < end; index++) if (list.row(index)) return true
  return first === end
}

function spanOf(list: MergedList, topPx: number, extent: Extent): TimeSpan | null {
  const { first, end } = visibleRows(topPx, extent, 0)
  const [top, last] = [list.row(first), list.row(end - 1)]
  return top && last ? { fromAt: top.at, untilAt: last.at } : null
}

function openDetail(view: MergedView, focus: boolean): void {
  view.dispatchEvent(new CustomEvent('open-detail', { bubbles: true, detail: { focus } }))
}

customElements.define('lifeline-merged', MergedView)
