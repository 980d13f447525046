// The rows between two lifelines: what is visible, scrolling, keys and clicks.

import { formatCount } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { peerName } from '../../shared/url/names.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { emptySentence } from './emptySentence.ts'
import { createLiveRow } from './liveRow.ts'
import { createRowPool } from './rowPool.ts'
import { createRowsScrollBar } from './rowsScrollBar.ts'
import {
  clampTop,
  type Extent,
  isAtTail,
  maxTop,
  revealRow,
  rowPx,
  rowsPerPage,
  visibleRows,
} from './virtualWindow.ts'

/** Rows read beyond the viewport on either side. */
const readMargin = 60
const menuContext = JSON.stringify({ webviewSection: 'rows', preventDefaultContextMenuItems: true })
/** The live row shows tenths of a second. */
const tickMs = 100

/** `<lifeline-rows>`. Set `model` once; fires `open-detail` when a row is to be opened. */
export class RowsView extends HTMLElement {
  #model: TimelineModel | null = null
  #topPx = 0
  #frameRequested = false
  #tick: ReturnType<typeof setTimeout> | undefined
  readonly #heads = part('div', 'heads')
  readonly #client = part('span', 'head client')
  readonly #server = part('span', 'head server')
  readonly #viewport = part('div', 'viewport')
  readonly #layer = part('div', 'layer')
  readonly #pool = createRowPool(this.#layer)
  readonly #live = createLiveRow()
  readonly #bar = createRowsScrollBar(
    () => this.#extent(),
    (topPx) => this.#handleBar(topPx),
  )
  readonly #jump = document.createElement('button')
  readonly #empty = part('p', 'empty')

  set model(model: TimelineModel) {
    this.#model = model
    model.attach({
      rowsVisible: () => Math.ceil(this.#viewport.clientHeight / rowPx),
      reveal: (index) => this.#scrollTo(revealRow(index, this.#topPx, this.#extent())),
      scrollTo: (index) => this.#scrollTo(index * rowPx),
    })
    model.onChange(() => this.#schedule())
    this.#schedule()
  }

  /** The frame in the first visible row; null while following. */
  get anchorSeq(): number | null {
    const model = this.#model
    if (!model || model.follow) return null
    return model.rows.row(Math.floor(this.#topPx / rowPx))?.frame.seq ?? null
  }

  connectedCallback(): void {
    if (this.childElementCount > 0) return
    this.#heads.ariaHidden = 'true'
    this.#client.textContent = 'Client'
    this.#heads.append(this.#client, this.#server)
    const lines = part('div', 'lines')
    lines.ariaHidden = 'true'
    lines.append(part('i', 'client'), part('i', 'server'))
    this.#layer.setAttribute('role', 'rowgroup')
    this.#layer.append(this.#live.root)
    this.#viewport.setAttribute('role', 'grid')
    this.#viewport.tabIndex = 0
    this.#viewport.ariaLabel = 'Frames'
    // VS Code's menu: what package.json has for the rows, without its Cut and Paste.
    this.#viewport.dataset.vscodeContext = menuContext
    this.#viewport.append(lines, this.#layer, this.#bar.root)
    this.#jump.type = 'button'
    this.#jump.className = 'jump'
    this.#jump.hidden = true
    this.append(this.#heads, this.#viewport, this.#empty, this.#jump)
    this.#viewport.addEventListener('wheel', (event) => this.#handleWheel(event), {
      passive: false,
    })
    this.#viewport.addEventListener('keydown', (event) => this.#handleKey(event))
    this.#layer.addEventListener('click', (event) => this.#handleClick(event))
    this.#layer.addEventListener('contextmenu', (event) => this.#handleMenu(event))
    this.#jump.addEventListener('click', () => {
      this.#model?.setFollow(true)
      this.focusRows()
    })
    new ResizeObserver(() => this.#schedule()).observe(this.#viewport)
  }

  focusRows(options?: FocusOptions): void {
    this.#viewport.focus(options)
  }

  #extent(): Extent {
    return { total: this.#model?.total ?? 0, viewportPx: this.#viewport.clientHeight }
  }

  #schedule(): void {
    if (this.#frameRequested) return
    this.#frameRequested = true
    requestAnimationFrame(() => {
      this.#frameRequested = false
      this.#draw()
    })
  }

  #draw(): void {
    const model = this.#model
    if (!model) return
    const extent = this.#extent()
    if (extent.viewportPx === 0) return
    this.#topPx = model.follow ? maxTop(extent) : clampTop(this.#topPx, extent)
    this.#bar.paint(this.#topPx, extent)
    this.#drawRows(model, extent)
    this.#drawLive(model)
    this.#drawRest(model)
    const { first, end } = visibleRows(this.#topPx, extent, readMargin)
    model.need(first, end)
  }

  #drawRows(model: TimelineModel, extent: Extent): void {
    const active = this.#pool.paint(model, this.#topPx, extent)
    this.#viewport.ariaRowCount = String(extent.total)
    if (active === '') this.#viewport.removeAttribute('aria-activedescendant')
    else this.#viewport.setAttribute('aria-activedescendant', active)
  }

  #drawLive(model: TimelineModel): void {
    clearTimeout(this.#tick)
    const status = model.pausedSeq === null ? model.status : null
    const runs = this.#live.paint(status, model.total * rowPx - this.#topPx, Date.now())
    if (runs) this.#tick = setTimeout(() => this.#schedule(), tickMs)
  }

  #drawRest(model: TimelineModel): void {
    this.#server.textContent = visibleLine(peerName(model.session?.url ?? ''))
    const away = !isAtTail(this.#topPx, this.#extent())
    this.#jump.hidden = model.follow || model.pausedSeq !== null || !away
    this.#jump.textContent =
      model.newRows > 0 ? `Jump to newest (${formatCount(model.newRows)} new)` : 'Jump to newest'
    const sentence = emptySentence(model)
    this.#empty.textContent = sentence
    this.#empty.hidden = sentence === ''
  }

  #handleBar(topPx: number): void {
    // When the view grows, the browser itself moves the bar; at the tail that is no user's move.
    if (this.#model?.follow && isAtTail(topPx, this.#extent())) this.#schedule()
    else this.#userScroll(topPx)
  }

  #handleWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowPx : 1
    this.#userScroll(this.#topPx + event.deltaY * step)
  }

  #userScroll(topPx: number): void {
    const model = this.#model
    if (!model) return
    const extent = this.#extent()
    const target = clampTop(topPx, extent)
    const towardsTail = target >= this.#topPx
    this.#topPx = target
    if (model.pausedSeq === null) model.setFollow(towardsTail && isAtTail(target, extent))
    this.#schedule()
    this.dispatchEvent(new CustomEvent('scrolled', { bubbles: true }))
  }

  #scrollTo(topPx: number): void {
    this.#topPx = topPx
    this.#schedule()
  }

  #indexAt({ clientY }: MouseEvent): number {
    const y = clientY - this.#viewport.getBoundingClientRect().top
    return Math.floor((y + this.#topPx) / rowPx)
  }

  /** The menu is about the row that it opens on. */
  #handleMenu(event: MouseEvent): void {
    const index = this.#indexAt(event)
    if (index < (this.#model?.total ?? 0)) this.#model?.selection.selectIndex(index)
  }

  #handleClick(event: MouseEvent): void {
    const model = this.#model
    if (!model) return
    const index = this.#indexAt(event)
    if (index >= model.total) return
    const on = (selector: string) =>
      event.target instanceof Element && event.target.closest(selector) !== null
    const row = model.rows.row(index)
    const after = row && on('.lane-link') ? model.firstAfter(row.frame) : null
    this.focusRows()
    if (after) {
      void model.selection.selectSeq(after.seq)
      return
    }
    model.selection.selectIndex(index)
    const fold = row?.fold
    if (fold && (!fold.open || on('.fold-mark'))) model.setFolded(fold.firstSeq, fold.open)
    else this.#openDetail(false)
  }

  #handleKey(event: KeyboardEvent): void {
    const model = this.#model
    if (!model || event.ctrlKey || event.metaKey || event.altKey) return
    const page = rowsPerPage(this.#viewport.clientHeight)
    // Without a selection the first key selects what is in view, at the end that it points to.
    const range = visibleRows(this.#topPx, this.#extent(), 0)
    const at = model.selected.index
    const moves: Record<string, () => number> = {
      ArrowDown: () => (at === null ? range.first : at + 1),
      ArrowUp: () => (at === null ? range.end - 1 : at - 1),
      PageDown: () => (at ?? range.first) + page,
      PageUp: () => (at ?? range.end - 1) - page,
      Home: () => 0,
      End: () => model.total - 1,
    }
    const move = moves[event.key]
    if (move) {
      event.preventDefault()
      model.selection.selectIndex(move())
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (at !== null && !this.#toggleFold(at, 'open')) this.#openDetail(true)
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const toggled =
        at !== null && this.#toggleFold(at, event.key === 'ArrowLeft' ? 'fold' : 'open')
      if (toggled) event.preventDefault()
    }
  }

  /** Whether the row stands for a run, or is part of one, that was not so already. */
  #toggleFold(index: number, wanted: 'open' | 'fold'): boolean {
    const fold = this.#model?.rows.row(index)?.fold
    if (!fold || fold.open === (wanted === 'open')) return false
    this.#model?.setFolded(fold.firstSeq, wanted === 'fold')
    return true
  }

  #openDetail(focus: boolean): void {
    this.dispatchEvent(new CustomEvent('open-detail', { bubbles: true, detail: { focus } }))
  }
}

function part(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  return made
}

customElements.define('lifeline-rows', RowsView)
