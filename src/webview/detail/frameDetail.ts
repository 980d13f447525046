// The detail of the selected frame: facts on top; payload, headers and timing in tabs.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { Frame } from '../../shared/frame/frame.ts'
import type { Fold, Row } from '../../shared/session/captureRows.ts'
import type { Handshake, Related } from '../../shared/session/related.ts'
import { LightElement } from '../elements/lightElement.ts'
import { differenceView } from './differenceView.ts'
import { headersView, headText, sizeTimingBars, timingView } from './exchangeViews.ts'
import './factsView.ts'
import { factText, foldFacts, frameFacts } from './frameFacts.ts'
import './failureView.ts'
import './payloadView.ts'
import type { JsonTree } from '../json/jsonTree.ts'
import { failureOf } from '../model/failure.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { hasWireTab, wireFacts, wireView } from './wireView.ts'

type Tab = 'payload' | 'headers' | 'timing' | 'wire'
const tabNames: Readonly<Record<Tab, string>> = {
  payload: 'Payload',
  headers: 'Headers',
  timing: 'Timing',
  wire: 'Wire',
}

/** `<lifeline-detail>`: draws `row`; fires `close-detail`, and `move-detail` where its place can be chosen. */
export class FrameDetail extends LightElement {
  static override properties = {
    model: { attribute: false },
    row: { attribute: false },
    stacked: { attribute: false },
  }
  declare model: TimelineModel
  declare row: Row
  /** It is below the rows; null where the page leaves no choice. */
  declare stacked: boolean | null
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

  /** Nothing where no tree is drawn. */
  async copyFromTree(what: 'activeValue' | 'activePath' | 'activeAccess'): Promise<void> {
    const tree = this.querySelector<JsonTree>('lifeline-json')
    if (tree) await this.model.actions.copy(tree[what])
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
        <div role="tablist" aria-label="Detail">${tabs.map((name) => this.#tabButton(name, tab, tabs, frame))}</div>
        <div class="actions">
          ${
            tab === 'timing'
              ? nothing
              : actionButton(
                  this.#copied ? 'check' : 'copy',
                  this.#copied ? 'Copied' : 'Copy',
                  copyTitles[tab],
                  () => void this.#copy(tab),
                )
          }
          ${
            frame.sizeBytes > 0
              ? actionButton(
                  'go-to-file',
                  'Open',
                  'Open the payload in an editor',
                  () => void this.model.actions.openPayload(frame.seq),
                )
              : nothing
          }
          ${this.#placeButtons()}
        </div>
      </div>
      <div class="detail-body" role="tabpanel" id="detail-panel" aria-labelledby="tab-${tab}">
        ${this.#hiddenNote()}
        <lifeline-facts .model=${this.model} .row=${this.row} .related=${this.#related}
          .whole=${tab === 'payload' && frame.sizeBytes === 0}></lifeline-facts>
        ${this.#offers()}
        ${tab === 'payload' ? differenceView(frame) : nothing}
        ${tab === 'payload' && frame.sizeBytes > 0 ? html`<lifeline-payload .model=${this.model} .row=${this.row}></lifeline-payload>` : nothing}
        ${tab === 'headers' ? headersView(frame) : nothing}
        ${tab === 'timing' ? timingView(frame) : nothing}
        ${tab === 'wire' ? wireView(frame, this.#handshake, this.#related?.fragments ?? []) : nothing}
      </div>
    </section>`
  }

  /** Of an error that does not stand below the rows. */
  #offers(): TemplateResult | typeof nothing {
    const { session, failure } = this.model
    if (!session || !this.#related || failure?.seq === this.row.frame.seq) return nothing
    const own = failureOf(this.#related, session)
    return html`<lifeline-failure .model=${this.model} .failure=${own} .bare=${true}></lifeline-failure>`
  }

  #foldDetail(fold: Fold): TemplateResult {
    return html`<section class="detail" aria-label="Unchanged polls">
      <div class="detail-head">
        <div role="tablist" aria-label="Detail"><button type="button" role="tab" aria-selected="true" aria-controls="detail-panel">Polls</button></div>
        <div class="actions">${this.#placeButtons()}</div>
      </div>
      <div class="detail-body" role="tabpanel" id="detail-panel">
        <dl class="facts">${foldFacts(fold, this.row.frame.at).map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
        <p class="fold-action"><button type="button" class="link" @click=${() => this.model.setFolded(fold.firstSeq, false)}>Show each of them</button></p>
      </div>
    </section>`
  }

  #hiddenNote(): TemplateResult | typeof nothing {
    const { selected, selection } = this.model
    if (selected.hidden !== true) return nothing
    return html`<p class="hidden-row" role="status">The row of this frame is not shown.
      <button type="button" class="link" @click=${() => void selection.unhide()}>Show it</button></p>`
  }

  #placeButtons(): TemplateResult {
    const move = this.stacked ? 'Move the detail to the right' : 'Move the detail below the rows'
    const icon = this.stacked ? 'layout-sidebar-right' : 'layout-panel'
    return html`${
      this.stacked === null
        ? nothing
        : html`<button type="button" class="icon" title=${move} aria-label=${move}
      @click=${() => this.dispatchEvent(new CustomEvent('move-detail'))}><i class="codicon codicon-${icon}" aria-hidden="true"></i></button>`
    }<button type="button" class="icon" title="Close the detail (Escape)" aria-label="Close the detail"
      @click=${() => this.dispatchEvent(new CustomEvent('close-detail'))}><i class="codicon codicon-close" aria-hidden="true"></i></button>`
  }

  #tabButton(name: Tab, chosen: Tab, all: readonly Tab[], frame: Frame): TemplateResult {
    const selected = name === chosen
    const words = name === 'payload' && frame.sizeBytes === 0 ? 'Frame' : tabNames[name]
    return html`<button type="button" role="tab" id="tab-${name}" aria-controls="detail-panel"
      aria-selected=${String(selected)} tabindex=${selected ? 0 : -1}
      @click=${() => this.#show(name)}
      @keydown=${(event: KeyboardEvent) => this.#handleTabKey(event, name, all)}>${words}</button>`
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

  #show(tab: Tab): void {
    this.#tab = tab
    this.#copied = false
    this.requestUpdate()
  }
}

/** A word, or an icon where there is little room. */
function actionButton(icon: string, name: string, title: string, run: () => void): TemplateResult {
  return html`<button type="button" class="text" title=${title} aria-label=${name} @click=${run}>
    <i class="codicon codicon-${icon}" aria-hidden="true"></i><span class="name">${name}</span></button>`
}

const copyTitles: Readonly<Record<Tab, string>> = {
  payload: 'Copy the payload, or the facts of a frame that has none',
  headers: 'Copy the head',
  timing: '',
  wire: 'Copy what the tab says',
}

function tabsOf(frame: Frame): readonly Tab[] {
  if (frame.kind === 'request') return ['payload', 'headers']
  if (frame.kind === 'response') return ['payload', 'headers', 'timing']
  if (frame.kind === 'record' && frame.detail.headers) return ['payload', 'headers']
  return hasWireTab(frame) ? ['payload', 'wire'] : ['payload']
}

customElements.define('lifeline-detail', FrameDetail)
