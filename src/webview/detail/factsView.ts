// The facts of a frame: in full where it has nothing else, otherwise in a line that unfolds, with what leads on from it.

import { html, nothing, type TemplateResult } from 'lit'
import { describe } from '../../shared/frame/describe.ts'
import type { Packet } from '../../shared/frame/packet.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { Related } from '../../shared/session/related.ts'
import { formatCount, formatDelay } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { LightElement } from '../elements/lightElement.ts'
import { previousAtOf } from '../model/rowFilters.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { answersWords, factLine } from './factLine.ts'
import type { Fact } from './facts/fact.ts'
import { factList } from './facts/factList.ts'
import { packetFacts } from './facts/packetFacts.ts'
import { afterWords, frameFacts } from './frameFacts.ts'

/** `<lifeline-facts>`: of `row`. `related`: null until it is read. `whole`: nothing is to be folded. */
export class FactsView extends LightElement {
  static override properties = {
    model: { attribute: false },
    row: { attribute: false },
    packets: { attribute: false },
    related: { attribute: false },
    whole: { attribute: false },
  }
  declare model: TimelineModel
  declare row: Row
  /** Those that are told here. */
  declare packets: readonly Packet[]
  declare related: Related | null
  declare whole: boolean
  /** Unfolded by the user. Static, because the element goes when the detail closes. */
  static #open = false

  override render(): TemplateResult {
    const { frame } = this.row
    const previousAt = this.#previousAt()
    const facts = [
      ...frameFacts(frame, previousAt),
      ...packetFacts(frame, this.packets),
      ...this.#firstAfter(),
    ]
    if (this.whole) return this.#list(facts)
    const open = FactsView.#open
    const told = facts.filter(({ seq, tone }) => seq !== undefined || tone !== undefined)
    const rest = told.filter(({ seq }) => seq === undefined || seq !== frame.replyTo)
    const name = open ? 'Fold the facts' : 'Show all facts'
    return html`<div class="fact-line" @click=${this.#handleClick}><span class="words">${this.#line()}</span>${this.#answers()}
        <button type="button" class="icon" aria-expanded=${String(open)} aria-label="All facts" title=${name}
          @click=${this.#toggle}><i class="codicon codicon-chevron-${open ? 'down' : 'right'}" aria-hidden="true"></i></button>
      </div>${open ? this.#list(facts) : rest.length === 0 ? nothing : this.#list(rest)}`
  }

  #line(): TemplateResult {
    const { number, words } = factLine(this.row)
    return html`<b>${number}</b> ${visibleLine(words)}`
  }

  /** What the frame answers or is about. */
  #answers(): TemplateResult | typeof nothing {
    const { replyTo } = this.row.frame
    if (replyTo === null) return nothing
    const { answered } = this.related ?? {}
    const words = answersWords(this.row.frame, answered?.frame.at ?? null)
    const title = answered ? describe(answered.frame, answered.preview, answered.decoded).text : ''
    return html`<button type="button" class="link" title=${visibleLine(title)}
      @click=${() => void this.model.selection.selectSeq(replyTo)}>${words}</button>`
  }

  #handleClick({ target }: Event): void {
    const onButton = target instanceof Element && target.closest('button') !== null
    // A click that ends a selection of text is none.
    if (!onButton && getSelection()?.isCollapsed !== false) this.#toggle()
  }

  #toggle(): void {
    FactsView.#open = !FactsView.#open
    this.requestUpdate()
  }

  #previousAt(): number | null {
    const { shown, selected } = this.model
    const row = selected.index === null ? undefined : shown.rows.row(selected.index)
    return row ? previousAtOf(row, shown.filter) : null
  }

  /** What a companion request may have caused. */
  #firstAfter(): readonly Fact[] {
    const after = this.model.firstAfter(this.row.frame)
    if (after === null) return []
    const value = `#${formatCount(after.seq)} · after ${formatDelay(after.afterMs)}`
    return [{ name: 'First frame after', value, seq: after.seq }]
  }

  #list(facts: readonly Fact[]): TemplateResult {
    return factList(
      facts,
      (seq) => void this.model.selection.selectSeq(seq),
      (seq) => (seq === this.row.frame.replyTo ? this.#answeredWords() : ''),
    )
  }

  /** What this frame answers, in words; until it is read the link has its number only. */
  #answeredWords(): string {
    const answered = this.related?.answered
    if (!answered) return ''
    const { text } = describe(answered.frame, answered.preview, answered.decoded, answered.label)
    const after = afterWords(this.row.frame, answered.frame.at)
    return after === '' ? ` ${text}` : ` · ${after} · ${text}`
  }
}

customElements.define('lifeline-facts', FactsView)
