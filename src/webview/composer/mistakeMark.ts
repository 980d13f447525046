// The line under a mistake in a text box. A box draws its letters itself, so its text stands over it once more, unseen.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { LightElement } from '../elements/lightElement.ts'
import { type MistakeSpan, mistakeSpan } from './mistakeSpan.ts'

/** `<lifeline-mistake>`: lies in the same cell of a grid as the text box before it, whose `text` it is given. */
export class MistakeMark extends LightElement {
  static override properties = { text: { attribute: false } }
  declare text: string
  #span: MistakeSpan | null = null
  #resized: ResizeObserver | null = null
  readonly #align = () => this.#lieOver()

  override connectedCallback(): void {
    super.connectedCallback()
    const box = this.#box
    if (!box) return
    box.addEventListener('scroll', this.#align)
    this.#resized = new ResizeObserver(this.#align)
    this.#resized.observe(box)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#resized?.disconnect()
  }

  get #box(): HTMLTextAreaElement | null {
    return this.parentElement?.querySelector('textarea') ?? null
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('text')) this.#span = mistakeSpan(this.text)
  }

  override render(): TemplateResult | typeof nothing {
    if (this.#span === null) return nothing
    const { from, to } = this.#span
    const parts = [this.text.slice(0, from), this.text.slice(from, to), this.text.slice(to)]
    return html`<span aria-hidden="true">${parts[0]}<i class="mistake">${parts[1]}</i>${parts[2]}</span>`
  }

  protected override updated(): void {
    this.#lieOver()
  }

  /** As wide as the box without its scroll bar, so that lines break alike, and scrolled as it is. */
  #lieOver(): void {
    const box = this.#box
    const drawn = this.querySelector('span')
    if (!box || !drawn) return
    this.style.width = `${box.clientWidth}px`
    this.style.height = `${box.clientHeight}px`
    drawn.style.padding = getComputedStyle(box).padding
    drawn.style.translate = `${-box.scrollLeft}px ${-box.scrollTop}px`
  }
}

customElements.define('lifeline-mistake', MistakeMark)
