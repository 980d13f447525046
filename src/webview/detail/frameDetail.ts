// The detail of the selected frame: facts on top; payload, headers and timing in tabs.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { describe } from '../../shared/frame/describe.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import type { Packet } from '../../shared/frame/packet.ts'
import { shownLimits } from '../../shared/limits.ts'
import type { Fold, Row } from '../../shared/session/captureRows.ts'
import type { Handshake, Related } from '../../shared/session/related.ts'
import { formatCount, formatDelay } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { LightElement } from '../elements/lightElement.ts'
import { differenceView } from './differenceView.ts'
import { headersView, headText, sizeTimingBars, timingView } from './exchangeViews.ts'
import type { Fact } from './fact.ts'
import { afterWords, factText, foldFacts, frameFacts } from './frameFacts.ts'
import { packetFacts } from './packetFacts.ts'
import './payloadView.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { hasWireTab, wireFacts, wireView } from './wireView.ts'

type Tab = 'payload' | 'headers' | 'timing' | 'wire'
const tabNames: Readonly<Record<Tab, string>> = {
  payload: 'Payload',
  headers: 'Headers',
  timing: 'Timing',
  wire: 'Wire',
}

/** `<lifeline-detail>`: draws `row`; fires `close-detail`. */
export class FrameDetail extends LightElement {
  static override properties = { model: { attribute: false }, row: { attribute: false } }
  declare model: TimelineModel
  declare row: Row
  #tab: Tab = 'payload'
  #copied = false
  #related: Related | null = null
  /** Kept while the connection is the same. */
  #handshake: Handshake | null = null

  override willUpdate(changed: PropertyValues<FrameDetail>): void {
    if (!changed.has('row')) return
    this.#copied = false
    this.#related = null
    const before = changed.get('row')
    if (this.row.frame.connection !== before?.frame.connection) this.#handshake = null
    void this.#readRelated(this.row.frame)
  }

  protected override updated(): void {
    sizeTimingBars(this)
  }

  focusTabs(): void {
    this.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()
  }

  /** What the tab shows; of a frame without a payload its facts. */
  async #copy(tab: Tab): Promise<void> {
    const { frame } = this.row
    if (tab === 'wire') await this.model.actions.copy(factText(wireFacts(frame, this.#handshake)))
    else if (tab === 'headers') await this.model.actions.copy(headText(frame))
    else if (frame.sizeBytes > 0) await this.model.actions.copyPayload(frame)
    else await this.model.actions.copy(factText(frameFacts(frame, null)))
    this.#copied = true
    this.requestUpdate()
  }

  override render(): TemplateResult {
    const { frame, fold } = this.row
    if (fold && !fold.open) return this.#foldDetail(fold)
    const tabs = tabsOf(frame)
    const tab = tabs.includes(this.#tab) ? this.#tab : 'payload'
    return html`<section class="detail" aria-label="Frame ${frame.seq}">
      <div class="detail-head">
        <div role="tablist" aria-label="Detail">${tabs.map((name) => this.#tabButton(name, tab, tabs))}</div>
        <div class="actions">
          ${
            tab === 'timing'
              ? nothing
              : html`<button type="button" class="text" @click=${() => void this.#copy(tab)}>${this.#copied ? 'Copied' : 'Copy'}</button>`
          }
          ${
            frame.sizeBytes > 0
              ? html`<button type="button" class="text" title="Open the payload in an editor" aria-label="Open in editor"
                  @click=${() => void this.model.actions.openPayload(frame.seq)}>Open</button>`
              : nothing
          }
          ${this.#closeButton()}
        </div>
      </div>
      <div class="detail-body" role="tabpanel" id="detail-panel" aria-labelledby="tab-${tab}">
        ${this.#facts(frame)}
        ${tab === 'payload' ? differenceView(frame) : nothing}
        ${tab === 'payload' ? html`<lifeline-payload .model=${this.model} .row=${this.row}></lifeline-payload>` : nothing}
        ${tab === 'headers' ? headersView(frame) : nothing}
        ${tab === 'timing' ? timingView(frame) : nothing}
        ${tab === 'wire' ? wireView(frame, this.#handshake, this.#related?.fragments ?? []) : nothing}
      </div>
    </section>`
  }

  #foldDetail(fold: Fold): TemplateResult {
    return html`<section class="detail" aria-label="Unchanged polls">
      <div class="detail-head">
        <div role="tablist" aria-label="Detail"><button type="button" role="tab" aria-selected="true" aria-controls="detail-panel">Polls</button></div>
        <div class="actions">${this.#closeButton()}</div>
      </div>
      <div class="detail-body" role="tabpanel" id="detail-panel">
        <dl class="facts">${foldFacts(fold, this.row.frame.at).map((fact) => this.#fact(fact))}</dl>
        <p class="fold-action"><button type="button" class="link" @click=${() => this.model.setFolded(fold.firstSeq, false)}>Show each of them</button></p>
      </div>
    </section>`
  }

  #closeButton(): TemplateResult {
    return html`<button type="button" class="icon" title="Close the detail (Escape)" aria-label="Close the detail"
      @click=${() => this.dispatchEvent(new CustomEvent('close-detail'))}><i class="codicon codicon-close" aria-hidden="true"></i></button>`
  }

  #tabButton(name: Tab, chosen: Tab, all: readonly Tab[]): TemplateResult {
    const selected = name === chosen
    return html`<button type="button" role="tab" id="tab-${name}" aria-controls="detail-panel"
      aria-selected=${String(selected)} tabindex=${selected ? 0 : -1}
      @click=${() => this.#show(name)}
      @keydown=${(event: KeyboardEvent) => this.#handleTabKey(event, name, all)}>${tabNames[name]}</button>`
  }

  #handleTabKey(event: KeyboardEvent, name: Tab, all: readonly Tab[]): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = all[(all.indexOf(name) + step + all.length) % all.length]
    if (step === 0 || !next) return
    event.preventDefault()
    this.#show(next)
    void this.updateComplete.then(() => this.focusTabs())
  }

  async #readRelated(frame: Frame): Promise<void> {
    const related = await this.model.actions.related(frame.seq)
    if (frame.seq !== this.row.frame.seq) return
    this.#related = related
    this.#handshake = related?.handshake ?? this.#handshake
    this.requestUpdate()
  }

  /** What this frame answers, in words; until it is read the link has its number only. */
  #answeredWords(): string {
    const answered = this.#related?.answered
    if (!answered) return ''
    const { text } = describe(answered.frame, answered.preview, answered.decoded)
    return ` ${text} · ${afterWords(this.row.frame, answered.frame.at)}`
  }

  #show(tab: Tab): void {
    this.#tab = tab
    this.#copied = false
    this.requestUpdate()
  }

  #facts(frame: Frame): TemplateResult {
    const { index } = this.model.selected
    const previousAt =
      index === null ? null : (this.model.shown.rows.row(index)?.previousAt ?? null)
    return html`<dl class="facts">${frameFacts(frame, previousAt).map((fact) => this.#fact(fact))}${packetFacts(
      frame,
      this.#packets(),
    ).map((fact) => this.#fact(fact))}${this.#firstAfter(frame)}</dl>`
  }

  /** As they are known now: the answer may have come since the row was read. */
  #packets(): readonly Packet[] {
    return this.#related?.row.decoded ?? this.row.decoded ?? []
  }

  /** What a companion request may have caused. */
  #firstAfter(frame: Frame): TemplateResult | typeof nothing {
    const after = this.model.firstAfter(frame)
    if (after === null) return nothing
    return html`<dt>First frame after</dt><dd><button type="button" class="link"
      @click=${() => void this.model.selection.selectSeq(after.seq)}>#${formatCount(after.seq)} · after ${formatDelay(after.afterMs)}</button></dd>`
  }

  #fact({ name, value, seq, tone }: Fact): TemplateResult {
    const text = visibleLine(value, shownLimits.valueChars)
    const words = seq === this.row.frame.replyTo ? this.#answeredWords() : ''
    return html`<dt>${name}</dt><dd class=${tone ?? ''}>${
      seq === undefined
        ? text
        : html`<button type="button" class="link" @click=${() => void this.model.selection.selectSeq(seq)}>${text}${words}</button>`
    }</dd>`
  }
}

function tabsOf(frame: Frame): readonly Tab[] {
  if (frame.kind === 'request') return ['payload', 'headers']
  if (frame.kind === 'response') return ['payload', 'headers', 'timing']
  return hasWireTab(frame) ? ['payload', 'wire'] : ['payload']
}

customElements.define('lifeline-detail', FrameDetail)
