// The Difference tab: the changed paths between a frame and the one before of its kind, or one that the user chose.

import { html, nothing, type TemplateResult } from 'lit'
import type { FrameWithPreview } from '../../../shared/frame/frame.ts'
import { formatCount, formatLimit } from '../../../shared/text/units.ts'
import { toError } from '../../../shared/unknown.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { RowPair } from '../../model/manyRows.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { type Comparison, compareJson, countWords } from './compareJson.ts'
import { differenceLines, linesView } from './differenceLines.ts'
import { maxComparedBytes, readText } from './readText.ts'

/** So many are listed at first. */
const shownLines = 20

/**
 * `<lifeline-difference>`: between the two rows that are selected, or between `row` and `earlier` or the frame that the user
 * chose, in the order of their numbers.
 */
export class DifferenceTab extends LightElement {
  static override properties = {
    model: { attribute: false },
    row: { attribute: false },
    earlier: { attribute: false },
    pair: { attribute: false },
  }
  declare model: TimelineModel
  declare row: FrameWithPreview
  /** The one before of its kind. */
  declare earlier: FrameWithPreview | null
  /** The two rows that are selected, which come first. */
  declare pair: RowPair | null
  /** With which the user compares others. Static, because the element goes with frames that carry nothing. */
  static #kept: { readonly model: TimelineModel; readonly row: FrameWithPreview } | null = null
  #compares = ''
  #compared: Comparison | null = null
  #whole = false

  get #chosen(): FrameWithPreview | null {
    const chosen = DifferenceTab.#kept
    return chosen?.model === this.model ? chosen.row : null
  }

  #choose(row: FrameWithPreview | null): void {
    DifferenceTab.#kept = row && { model: this.model, row }
    this.requestUpdate()
  }

  get #ends(): readonly [FrameWithPreview, FrameWithPreview] | null {
    const { row } = this
    if (this.pair !== null) return this.pair
    const base = this.#chosen ?? this.earlier
    if (base === null || base.frame.seq === row.frame.seq) return null
    return base.frame.seq < row.frame.seq ? [base, row] : [row, base]
  }

  override willUpdate(): void {
    const ends = this.#ends
    const pair = ends ? ends.map(({ frame }) => frame.seq).join() : ''
    if (pair === this.#compares) return
    this.#compares = pair
    this.#compared = null
    this.#whole = false
    if (ends) void this.#compare(pair, ...ends)
  }

  async #compare(pair: string, from: FrameWithPreview, to: FrameWithPreview): Promise<void> {
    const compared = await this.#read(from, to)
    if (pair !== this.#compares) return
    this.#compared = compared
    this.requestUpdate()
  }

  async #read(from: FrameWithPreview, to: FrameWithPreview): Promise<Comparison> {
    const { api } = this.model
    try {
      const [before, after] = await Promise.all([
        readText(api, from.frame),
        readText(api, to.frame),
      ])
      if (before !== null && after !== null) return compareJson(before, after)
    } catch (error) {
      return { kind: 'refused', why: toError(error).message }
    }
    const why = `Texts of up to ${formatLimit(maxComparedBytes)} are compared here. The diff editor takes others.`
    return { kind: 'refused', why }
  }

  override render(): TemplateResult {
    const ends = this.#ends
    return html`<div class="difference-head">${ends ? this.#between(...ends) : this.#none()}</div>
      ${ends ? this.#result() : nothing}`
  }

  #between(from: FrameWithPreview, to: FrameWithPreview): TemplateResult {
    const { model } = this
    const open = () =>
      void model.actions.run(model.api.openDifference(from.frame.seq, to.frame.seq))
    return html`<p><b>${this.#count()}</b> from ${this.#link(from)} to ${this.#link(to)}</p>
      <p class="offers"><button type="button" class="link" @click=${open}>Open in Diff Editor</button>
      ${this.pair === null ? this.#pick() : nothing}
      ${this.#chosen && this.pair === null ? html`<button type="button" class="link" @click=${() => this.#choose(null)}>Compare with the one before</button>` : nothing}</p>`
  }

  #none(): TemplateResult {
    const chosen = this.#chosen
    const words = chosen
      ? `Select another row: it is compared with #${formatCount(chosen.frame.seq)}.`
      : 'No frame of its kind is near before it.'
    return html`<p role="status">${words}</p><p class="offers">${
      chosen
        ? html`<button type="button" class="link" @click=${() => this.#choose(null)}>Cancel</button>`
        : this.#pick()
    }</p>`
  }

  #pick(): TemplateResult {
    return html`<button type="button" class="link" title="Then select the other row"
      @click=${() => this.#choose(this.row)}>Compare with…</button>`
  }

  #count(): string {
    const compared = this.#compared
    if (compared === null) return 'Comparing'
    return compared.kind === 'refused' ? 'Not compared' : countWords(compared.count)
  }

  /** To the other frame. */
  #link({ frame }: FrameWithPreview): TemplateResult {
    const words = `#${formatCount(frame.seq)}`
    if (frame.seq === this.row.frame.seq) return html`${words}`
    const { selection } = this.model
    const go = () =>
      void (this.pair ? selection.activateSeq(frame.seq) : selection.selectSeq(frame.seq))
    return html`<button type="button" class="link" @click=${go}>${words}</button>`
  }

  #result(): TemplateResult | typeof nothing {
    const compared = this.#compared
    if (compared === null) return nothing
    if (compared.kind === 'refused') return html`<p class="sentence">${compared.why}</p>`
    const lines = differenceLines(compared.difference)
    const shown = this.#whole ? lines : lines.slice(0, shownLines)
    const { more = 0 } = compared.difference
    return html`${linesView(shown)}${
      shown.length < lines.length
        ? html`<button type="button" class="link more" @click=${() => this.#showWhole()}>Show all ${formatCount(lines.length)}</button>`
        : nothing
    }${more > 0 && this.#whole ? html`<p class="sentence">And ${formatCount(more)} more.</p>` : nothing}`
  }

  #showWhole(): void {
    this.#whole = true
    this.requestUpdate()
  }
}

customElements.define('lifeline-difference', DifferenceTab)
