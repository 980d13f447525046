// A payload as hex: offset, bytes, characters; what is selected is read as numbers and text below.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { hexRows } from '../../../shared/text/hexRows.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { PayloadBytes } from '../../model/payloadBytes.ts'
import { byteAfterKey, byteAtColumn, type PerRow, perRowOf } from './hexPlaces.ts'
import './linesView.ts'
import type { LinesView } from './linesView.ts'
import { numberBytes, readNumbers } from './readNumbers.ts'
import type { TextMark } from './textView.ts'

/** `<lifeline-hex>`: fires `copy-bytes` with the selection where it is to be copied. */
export class HexView extends LightElement {
  static override properties = {
    bytes: { attribute: false },
    size: { attribute: false },
    marksIn: { attribute: false },
    perRow: { state: true },
  }
  declare bytes: PayloadBytes
  declare size: number
  declare marksIn: (from: number, end: number) => readonly TextMark[]
  declare perRow: PerRow
  /** Where the selection began, and where it goes on. */
  #anchor = 0
  #caret = 0
  #letterPx = 7

  constructor() {
    super()
    this.perRow = 16
    this.marksIn = () => []
  }

  get #from(): number {
    return Math.min(this.#anchor, this.#caret)
  }

  /** The byte after the last one that is selected. */
  get #end(): number {
    return Math.min(this.size, Math.max(this.#anchor, this.#caret) + 1)
  }

  get #view(): LinesView | null {
    return this.querySelector<LinesView>('lifeline-lines')
  }

  /** Selects bytes and brings them into sight. */
  select(from: number, end: number): void {
    this.#anchor = end - 1
    this.#caret = from
    this.#view?.reveal(Math.floor(from / this.perRow))
    this.requestUpdate()
  }

  protected override firstUpdated(): void {
    new ResizeObserver(() => this.#measure()).observe(this)
    this.addEventListener('copy', (event) => {
      event.preventDefault()
      this.dispatchEvent(
        new CustomEvent('copy-bytes', { detail: { from: this.#from, end: this.#end } }),
      )
    })
    this.#measure()
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('bytes')) return
    this.#anchor = 0
    this.#caret = 0
  }

  #measure(): void {
    const probe = this.querySelector<HTMLElement>('.probe')
    if (!probe || probe.offsetWidth === 0) return
    this.#letterPx = probe.offsetWidth / probeChars
    this.perRow = perRowOf((this.clientWidth - edgesPx) / this.#letterPx)
  }

  override render(): TemplateResult {
    const rows = Math.ceil(this.size / this.perRow)
    return html`<span class="probe" aria-hidden="true">${'0'.repeat(probeChars)}</span>
      <lifeline-lines class=${hexClasses[this.perRow]} tabindex="0" role="group" aria-label="Payload as hex"
        aria-description="Arrow keys move, with Shift they select" .lines=${rows} .line=${(index: number) => this.#row(index)}
        @keydown=${this.#handleKey} @pointerdown=${this.#handleDown} @pointermove=${this.#handleMove}></lifeline-lines>
      ${this.#inspector()}`
  }

  #row(index: number): TemplateResult {
    const from = index * this.perRow
    const bytes = this.bytes.slice(from, from + this.perRow)
    const [row] = bytes === null ? [] : hexRows(bytes, from, this.perRow)
    if (!row) return html`<span class="offset">${from.toString(16).padStart(8, '0')}</span>`
    const marks = this.marksIn(from, from + this.perRow)
    const classes = Array.from({ length: bytes?.length ?? 0 }, (_, i) =>
      this.#classOf(from + i, marks),
    )
    return html`<span class="offset">${row.offset}</span><span class="bytes">${spans(
      classes,
      (start, end) => row.hex.slice(digitsAt(start), digitsAt(end - 1) + 2),
      (end) => row.hex.slice(digitsAt(end - 1) + 2, digitsAt(end)),
    )}</span><span class="ascii">${spans(
      classes,
      (start, end) => row.text.slice(start, end),
      () => '',
    )}</span>`
  }

  #classOf(byte: number, marks: readonly TextMark[]): string {
    const mark = marks.find(({ from, end }) => from <= byte && byte < end)
    const found = mark ? (mark.current ? 'found current' : 'found') : ''
    return byte >= this.#from && byte < this.#end ? `${found} chosen`.trim() : found
  }

  #inspector(): TemplateResult | typeof nothing {
    if (this.size === 0) return nothing
    const [from, end] = [this.#from, this.#end]
    const start = this.bytes.slice(from, from + numberBytes)
    const text = this.bytes.slice(from, Math.min(end, from + textBytes))
    const count = end - from
    return html`<details class="inspector" open>
      <summary>Offset ${formatCount(from)} (0x${from.toString(16)}) · ${formatCount(count)} ${count === 1 ? 'byte' : 'bytes'}</summary>
      <table><thead><tr><td></td><th scope="col">little-endian</th><th scope="col">big-endian</th></tr></thead>
        <tbody>${(start ? readNumbers(start) : []).map(
          ({ name, little, big }) =>
            html`<tr><th scope="row">${name}</th><td>${little}</td><td>${big}</td></tr>`,
        )}<tr><th scope="row">text</th><td colspan="2">${text ? visibleLine(new TextDecoder().decode(text)) : ''}</td></tr></tbody></table>
    </details>`
  }

  #handleKey(event: KeyboardEvent): void {
    const { perRow, size } = this
    const all = event.key === 'a' && (event.ctrlKey || event.metaKey)
    const pageRows = this.#view?.pageLines ?? 1
    const next = all ? size - 1 : byteAfterKey(event, this.#caret, { perRow, pageRows, size })
    if (next === null) return
    event.preventDefault()
    // VS Code would select the text of the page.
    if (all) event.stopPropagation()
    this.#caret = next
    if (all) this.#anchor = 0
    else {
      if (!event.shiftKey) this.#anchor = next
      this.#view?.reveal(Math.floor(next / perRow))
    }
    this.requestUpdate()
  }

  #handleDown(event: PointerEvent): void {
    const byte = this.#byteAt(event)
    if (byte === null || event.button !== 0) return
    this.#caret = byte
    if (!event.shiftKey) this.#anchor = byte
    this.requestUpdate()
  }

  #handleMove(event: PointerEvent): void {
    const byte = (event.buttons & 1) === 0 ? null : this.#byteAt(event)
    if (byte === null || byte === this.#caret) return
    this.#caret = byte
    this.requestUpdate()
  }

  #byteAt({ target, clientX }: PointerEvent): number | null {
    const line = target instanceof Element ? target.closest<HTMLElement>('.text-line') : null
    const [digits, ascii] = ['.bytes', '.ascii'].map((name) => line?.querySelector(name))
    if (!line || !digits || !ascii) return null
    const inAscii = clientX >= ascii.getBoundingClientRect().left
    const { left } = (inAscii ? ascii : digits).getBoundingClientRect()
    const column = (clientX - left) / this.#letterPx
    const byte = inAscii ? Math.floor(column) : byteAtColumn(column, this.perRow)
    const at = Number(line.dataset.line) * this.perRow + Math.min(byte, this.perRow - 1)
    return Math.min(at, this.size - 1)
  }
}

const hexClasses: Readonly<Record<PerRow, string>> = {
  16: 'hex',
  8: 'hex narrow',
  4: 'hex narrow narrowest',
}
const probeChars = 50
/** The scroll bar, and the room beside the offsets. */
const edgesPx = 30
/** Of a longer selection the beginning is read as text. */
const textBytes = 400

/** The column of a byte's two digits in its line. */
function digitsAt(byte: number): number {
  return byte * 3 + (byte >= 8 ? 1 : 0)
}

/** Neighbours of one class as one element; `between` is what stands behind it, before the next. */
function spans(
  classes: readonly string[],
  text: (start: number, end: number) => string,
  between: (end: number) => string,
): readonly (TemplateResult | string)[] {
  const parts: (TemplateResult | string)[] = []
  for (let start = 0; start < classes.length; ) {
    let end = start + 1
    while (end < classes.length && classes[end] === classes[start]) end++
    const name = classes[start] ?? ''
    const words = text(start, end)
    parts.push(name === '' ? words : html`<span class=${name}>${words}</span>`, between(end))
    start = end
  }
  return parts
}

customElements.define('lifeline-hex', HexView)
