// A payload as text: lines with their numbers, coloured where they are JSON or XML, wrapped or not.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { formatCount } from '../../../shared/text/units.ts'
import { type VisiblePart, visibleParts } from '../../../shared/text/visibleText.ts'
import { LightElement } from '../../elements/lightElement.ts'
import { lineTokens, type Syntax, type Token } from './lineTokens.ts'
import './linesView.ts'
import type { LinesView } from './linesView.ts'
import { createTextLines, maxLines, type TextLine, type TextLines } from './textLines.ts'
import { createTextSelection, type TextSelection } from './textSelection.ts'

/** A piece of the text that is marked: what was sought. */
export interface TextMark {
  readonly from: number
  readonly end: number
  readonly current: boolean
}

/** `<lifeline-text>`: fires `text-wanted` when the end of what was read comes into sight. */
export class TextView extends LightElement {
  static override properties = {
    text: { attribute: false },
    share: { attribute: false },
    syntax: { attribute: false },
    wrap: { attribute: false },
    marksIn: { attribute: false },
    columns: { state: true },
  }
  /** It may grow at its end; another one has another `key`. */
  declare text: string
  /** How much of the payload `text` is, 0 to 1. */
  declare share: number
  declare syntax: Syntax | null
  declare wrap: boolean
  /** Those that touch the characters `from` to `end - 1`, in order. */
  declare marksIn: (from: number, end: number) => readonly TextMark[]
  declare columns: number
  #lines: TextLines | null = null
  #grown = ''
  readonly #selection: TextSelection = createTextSelection(
    this,
    (line) => this.#line(line)?.from ?? 0,
  )

  constructor() {
    super()
    this.columns = 0
    this.marksIn = () => []
  }

  /** Brings a character into sight. */
  reveal(offset: number): void {
    if (this.#lines) this.#view?.reveal(this.#lines.lineOf(offset))
  }

  get #view(): LinesView | null {
    return this.querySelector<LinesView>('lifeline-lines')
  }

  protected override firstUpdated(): void {
    new ResizeObserver(() => this.#measure()).observe(this)
    this.addEventListener('copy', (event) => this.#selection.copy(event, this.text))
    this.addEventListener('keydown', (event) => this.#handleKey(event))
    this.#measure()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#selection.listen()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#selection.leave()
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key !== 'a' || !(event.ctrlKey || event.metaKey) || !this.#view) return
    event.preventDefault()
    event.stopPropagation()
    getSelection()?.selectAllChildren(this.#view)
  }

  /** How many characters fit beside the line numbers. */
  #measure(): void {
    const probe = this.querySelector<HTMLElement>('.probe')
    if (!probe || probe.offsetWidth === 0) return
    const letterPx = probe.offsetWidth / probeChars
    const fit =
      Math.floor((this.clientWidth - scrollBarPx) / letterPx) - numberChars(this.#lines) - 1
    if (fit > 0 && fit !== this.columns) this.columns = fit
  }

  override willUpdate(changed: PropertyValues): void {
    const other = changed.has('text') && !this.text.startsWith(this.#grown)
    if (other || changed.has('wrap') || (changed.has('columns') && this.wrap)) this.#lines = null
    const isNew = this.#lines === null
    this.#lines ??= createTextLines(this.wrap ? this.columns || null : null)
    if (isNew || this.text.length !== this.#grown.length) this.#lines.grow(this.text)
    this.#grown = this.text
  }

  #line(index: number): TextLine | null {
    return this.#lines && index < this.#lines.count ? this.#lines.line(index) : null
  }

  override render(): TemplateResult {
    const lines = this.#lines
    const read = lines?.count ?? 0
    const total = this.share >= 1 ? read : Math.ceil(read / Math.max(this.share, 1e-6))
    return html`<span class="probe" aria-hidden="true">${'0'.repeat(probeChars)}</span>
      <lifeline-lines class="text-lines" tabindex="0" role="group" aria-label="Payload as text" .lines=${total}
        .columns=${this.wrap ? 0 : (lines?.columns ?? 0) + numberChars(lines) + 1} .kept=${this.#selection.lines}
        .line=${(index: number) => this.#drawn(index)} @lines-seen=${this.#handleSeen}></lifeline-lines>
      ${read >= maxLines ? html`<p class="sentence">The first ${formatCount(maxLines)} lines are shown. Open it in an editor.</p>` : nothing}`
  }

  #handleSeen({ detail: { end } }: CustomEvent<{ readonly end: number }>): void {
    if (this.share < 1 && end >= (this.#lines?.count ?? 0)) {
      this.dispatchEvent(new CustomEvent('text-wanted'))
    }
  }

  #drawn(index: number): TemplateResult {
    const line = this.#line(index)
    if (!line) return html`<span class="no"></span>`
    const { from, end, number } = line
    const tokens = this.syntax === null ? [] : lineTokens(this.syntax, this.text, from, end)
    const parts = partsOf({ from, end }, tokens, this.marksIn(from, end))
    return html`<span class="no" .style=${`width: ${numberChars(this.#lines)}ch`}>${number ?? ''}</span><span class="chars">${parts.map(
      ({ from: start, end: last, className }) => {
        const shown = visibleParts(this.text.slice(start, last)).map(textPart)
        return className === '' ? shown : html`<span class=${className}>${shown}</span>`
      },
    )}</span>`
  }
}

const probeChars = 50
const scrollBarPx = 16

/** Room for the numbers of the lines, and a space. */
function numberChars(lines: TextLines | null): number {
  return Math.max(2, String(lines?.numbers ?? 1).length) + 1
}

interface Part {
  readonly from: number
  readonly end: number
  readonly className: string
}

/** A line in parts of one look: cut where a token or a mark begins or ends. */
function partsOf(
  line: { readonly from: number; readonly end: number },
  tokens: readonly Token[],
  marks: readonly TextMark[],
): readonly Part[] {
  const edges = [line, ...tokens, ...marks].flatMap(({ from, end }) => [from, end])
  const cuts = [...new Set(edges.map((at) => Math.min(Math.max(at, line.from), line.end)))]
  cuts.sort((one, other) => one - other)
  return cuts.slice(0, -1).map((from, i) => {
    const end = cuts[i + 1] ?? line.end
    const holds = (one: Token | TextMark) => one.from <= from && end <= one.end
    const token = tokens.find(holds)
    const mark = marks.find(holds)
    const found = mark && (mark.current ? 'found current' : 'found')
    return {
      from,
      end,
      className: [token && `token-${token.kind}`, found].filter(Boolean).join(' '),
    }
  })
}

/** A hidden character stands in the text as it came, so that a selection copies it; its sign is drawn beside it. */
function textPart({ shown, hidden }: VisiblePart): TemplateResult | string {
  if (hidden === null) return shown
  return html`<span class="unseen" data-shown=${shown} title="Invisible characters"><span>${hidden}</span></span>`
}

customElements.define('lifeline-text', TextView)
