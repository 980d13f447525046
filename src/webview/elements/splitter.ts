// The bar between rows and detail: moved with the pointer or the arrow keys.

import { clampShare, leastShare, mostShare } from './detailShare.ts'

const keyStep = 0.03

/** `<lifeline-splitter>`: set `share` and `stacked`; fires `share` with the new share of the detail. */
export class Splitter extends HTMLElement {
  #share = 0.32
  #stacked = false
  #sizesLeft = false

  connectedCallback(): void {
    this.setAttribute('role', 'separator')
    this.tabIndex = 0
    this.ariaLabel ??= 'Size of the detail'
    this.addEventListener('pointerdown', this.#handleDown)
    this.addEventListener('keydown', this.#handleKey)
  }

  set share(share: number) {
    this.#share = share
    this.ariaValueNow = String(Math.round(share * 100))
    this.ariaValueMin = String(leastShare * 100)
    this.ariaValueMax = String(mostShare * 100)
  }

  /** The detail is below the rows, not beside them. */
  set stacked(stacked: boolean) {
    this.#stacked = stacked
    this.ariaOrientation = stacked ? 'horizontal' : 'vertical'
  }

  /** What it sizes is to its left. */
  set sizesLeft(sizesLeft: boolean) {
    this.#sizesLeft = sizesLeft
  }

  #handleDown = (event: PointerEvent): void => {
    event.preventDefault()
    this.focus()
    this.setPointerCapture(event.pointerId)
    const move = (moved: PointerEvent): void => this.#change(this.#shareAt(moved))
    this.addEventListener('pointermove', move)
    this.addEventListener(
      'lostpointercapture',
      () => this.removeEventListener('pointermove', move),
      { once: true },
    )
  }

  #handleKey = (event: KeyboardEvent): void => {
    const [left, right] = this.#sizesLeft
      ? ['ArrowRight', 'ArrowLeft']
      : ['ArrowLeft', 'ArrowRight']
    const grow = this.#stacked ? 'ArrowUp' : left
    const shrink = this.#stacked ? 'ArrowDown' : right
    if (event.key !== grow && event.key !== shrink) return
    event.preventDefault()
    this.#change(this.#share + (event.key === grow ? keyStep : -keyStep))
  }

  #shareAt(event: PointerEvent): number {
    const box = this.parentElement?.getBoundingClientRect()
    if (!box) return this.#share
    if (this.#sizesLeft) return (event.clientX - box.left) / box.width
    return this.#stacked
      ? (box.bottom - event.clientY) / box.height
      : (box.right - event.clientX) / box.width
  }

  #change(share: number): void {
    this.dispatchEvent(new CustomEvent('share', { bubbles: true, detail: clampShare(share) }))
  }
}

customElements.define('lifeline-splitter', Splitter)
