// A payload as a picture, with its size. The browser draws it from the page's own memory: nothing in it is run or fetched.

import { html, type PropertyValues, type TemplateResult } from 'lit'
import { LightElement } from '../../elements/lightElement.ts'
import { lacksEnd } from './imageEnd.ts'
import { type PictureType, sizeWords } from './imageHead.ts'

/** `<lifeline-picture>`: draws `bytes`, all of them. */
export class PictureView extends LightElement {
  static override properties = {
    bytes: { attribute: false },
    type: { attribute: false },
    words: { state: true },
  }
  declare bytes: readonly Uint8Array[]
  declare type: PictureType
  declare words: string
  #url = ''

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('bytes') && this.#url !== '') return
    this.#forget()
    this.words = ''
    const parts = this.bytes.map((piece) => new Uint8Array(piece))
    this.#url = URL.createObjectURL(new Blob(parts, { type: this.type }))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#forget()
  }

  #forget(): void {
    if (this.#url !== '') URL.revokeObjectURL(this.#url)
    this.#url = ''
  }

  override render(): TemplateResult {
    return html`<p class="sentence" role="status">${this.words}</p>
      <img class="picture" src=${this.#url} alt="The payload as a picture" @load=${this.#handleLoad}
        @error=${() => {
          this.words = 'The browser cannot draw it: it is damaged or incomplete.'
        }}>`
  }

  #handleLoad({ target }: Event): void {
    if (!(target instanceof HTMLImageElement)) return
    const { naturalWidth: width, naturalHeight: height } = target
    const format = this.type.replace(/^image\/|\+xml$/g, '').toUpperCase()
    const end = lacksEnd(this.type, joined(this.bytes)) ? ' · incomplete: its end is missing' : ''
    this.words = `${format} · ${sizeWords({ width, height })}${end}`
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

customElements.define('lifeline-picture', PictureView)
