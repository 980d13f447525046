// Lines of one height in a box that scrolls: those that are seen are drawn, out of any number.

import { html, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { LightElement } from '../../elements/lightElement.ts'
import {
  barOfTop,
  type LineBox,
  maxTop,
  seenLines,
  spacerPx,
  topAfterMove,
  topToReveal,
} from './lineScroll.ts'

/** `<lifeline-lines>`: fires `lines-seen` with the lines that it has drawn after each move. */
export class LinesView extends LightElement {
  static override properties = {
    lines: { attribute: false },
    line: { attribute: false },
    kept: { attribute: false },
    columns: { attribute: false },
  }
  declare lines: number
  declare line: (index: number) => TemplateResult
  /** Stay drawn wherever the box is: those in which a selection begins and ends. */
  declare kept: readonly number[]
  /** Of the longest line, in characters; 0 where they all fit. */
  declare columns: number
  #topPx = 0
  #barPx = 0
  #viewPx = 0
  #linePx = defaultLinePx

  constructor() {
    super()
    this.kept = []
    this.columns = 0
  }

  get #box(): LineBox {
    return { lines: this.lines, linePx: this.#linePx, viewPx: this.#viewPx }
  }

  protected override firstUpdated(): void {
    new ResizeObserver(() => this.#measure()).observe(this)
    this.addEventListener('scroll', () => this.#handleScroll(), { passive: true })
    this.#measure()
  }

  /** Shows a line, in the middle where it was out of sight. */
  reveal(index: number): void {
    const box = this.#box
    const top = topToReveal(index, this.#topPx, box)
    if (top === this.#topPx) return
    const far = Math.abs(top - this.#topPx) > box.linePx
    const wanted = far ? index * box.linePx - box.viewPx / 2 : top
    this.#go(Math.min(Math.max(0, wanted), maxTop(box)))
  }

  scrollByPages(pages: number): void {
    const { viewPx, linePx } = this.#box
    this.#go(Math.min(Math.max(0, this.#topPx + pages * (viewPx - linePx)), maxTop(this.#box)))
  }

  /** Lines that fit whole. */
  get pageLines(): number {
    return Math.max(1, Math.floor(this.#viewPx / this.#linePx))
  }

  #go(topPx: number): void {
    this.#topPx = topPx
    this.#putBar()
    this.requestUpdate()
  }

  #putBar(): void {
    this.scrollTop = barOfTop(this.#topPx, this.#box)
    // The browser rounds it. What it became is remembered, to know our own move from the user's.
    this.#barPx = this.scrollTop
  }

  #handleScroll(): void {
    const bar = this.scrollTop
    if (Math.abs(bar - this.#barPx) < 1) return
    this.#topPx = topAfterMove(bar, this.#barPx, this.#topPx, this.#box)
    this.#barPx = bar
    if (spacerPx(this.#box) < this.lines * this.#linePx) this.#putBar()
    this.requestUpdate()
  }

  #measure(): void {
    this.#viewPx = this.clientHeight
    const px = Number.parseFloat(getComputedStyle(this).lineHeight)
    if (px > 0) this.#linePx = px
    this.requestUpdate()
  }

  override willUpdate(changed: PropertyValues): void {
    // Of fewer lines the end is seen rather than nothing.
    if (changed.has('lines')) this.#topPx = Math.min(this.#topPx, maxTop(this.#box))
  }

  override render(): TemplateResult {
    const { first, end } = seenLines(this.#topPx, this.#box)
    const seen = Array.from({ length: end - first }, (_, i) => first + i)
    const kept = this.kept.filter((line) => line < this.lines && (line < first || line >= end))
    const drawn = [...seen, ...kept].sort((one, other) => one - other)
    return html`<div class="spacer"></div>${repeat(
      drawn,
      (index) => index,
      (index) => html`<div class="text-line" data-line=${index}>${this.line(index)}</div>`,
    )}`
  }

  protected override updated(changed: PropertyValues): void {
    const spacer = this.querySelector<HTMLElement>('.spacer')
    if (spacer) {
      spacer.style.height = `${spacerPx(this.#box)}px`
      spacer.style.width = this.columns === 0 ? '' : `${this.columns}ch`
    }
    const { first, end } = seenLines(this.#topPx, this.#box)
    // Of a bar that is scaled the lines follow the box.
    const shift = spacerPx(this.#box) < this.lines * this.#linePx ? this.#barPx - this.#topPx : 0
    for (const line of this.querySelectorAll<HTMLElement>('.text-line')) {
      const index = Number(line.dataset.line)
      const isSeen = index >= first && index < end
      // One that is kept elsewhere is in nobody's way above all others.
      const top = isSeen ? index * this.#linePx + shift : outOfSightPx
      line.style.transform = `translateY(${top}px)`
    }
    if (changed.has('lines')) this.#putBar()
    this.dispatchEvent(new CustomEvent('lines-seen', { detail: { first, end } }))
  }
}

const defaultLinePx = 18
const outOfSightPx = -10_000

customElements.define('lifeline-lines', LinesView)
