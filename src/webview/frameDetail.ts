// The detail of the selected frame: facts on top; payload, headers and timing in tabs.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { Frame, FrameWithPreview, HeaderPairs } from '../shared/frame.ts'
import { formatDelay } from '../shared/units.ts'
import { visibleText } from '../shared/visibleText.ts'
import { type Fact, frameFacts } from './frameFacts.ts'
import { LightElement } from './lightElement.ts'
import './payloadView.ts'
import type { PayloadView } from './payloadView.ts'
import type { TimelineModel } from './timelineModel.ts'
import { timingBars } from './timingBars.ts'

type Tab = 'payload' | 'headers' | 'timing'
const tabNames: Readonly<Record<Tab, string>> = {
  payload: 'Payload',
  headers: 'Headers',
  timing: 'Timing',
}

/** `<lifeline-detail>`: draws `row`; fires `close-detail`. */
export class FrameDetail extends LightElement {
  static override properties = { model: { attribute: false }, row: { attribute: false } }
  declare model: TimelineModel
  declare row: FrameWithPreview
  #tab: Tab = 'payload'
  #copied = false

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('row')) this.#copied = false
  }

  protected override updated(): void {
    // Set through CSSOM: the page's CSP allows no style attributes.
    for (const bar of this.querySelectorAll<HTMLElement>('.timing .fill')) {
      bar.style.marginLeft = `${Number(bar.dataset.start) * 100}%`
      bar.style.width = `${Number(bar.dataset.share) * 100}%`
    }
  }

  focusTabs(): void {
    this.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()
  }

  async openInEditor(): Promise<void> {
    await this.#try(this.model.api.openPayload(this.row.frame.seq))
  }

  async copyPayload(): Promise<void> {
    const view = this.querySelector<PayloadView>('lifeline-payload')
    const text = view ? await view.wholeText() : headerText(this.row.frame)
    await this.#try(this.model.api.copy(text))
    this.#copied = true
    this.requestUpdate()
  }

  override render(): TemplateResult {
    const { frame } = this.row
    const tabs = tabsOf(frame)
    const tab = tabs.includes(this.#tab) ? this.#tab : 'payload'
    return html`<section class="detail" aria-label="Frame ${frame.seq}">
      <div class="detail-head">
        <div role="tablist" aria-label="Detail">${tabs.map((name) => this.#tabButton(name, tab, tabs))}</div>
        <div class="actions">
          <button type="button" class="text" @click=${() => void this.copyPayload()}>${this.#copied ? 'Copied' : 'Copy'}</button>
          ${
            frame.sizeBytes > 0
              ? html`<button type="button" class="text" title="Open the payload in an editor" aria-label="Open in Editor"
                  @click=${() => void this.openInEditor()}>Open</button>`
              : nothing
          }
          <button type="button" class="icon" title="Close the detail (Escape)" aria-label="Close the detail"
            @click=${() => this.dispatchEvent(new CustomEvent('close-detail'))}><i class="codicon codicon-close" aria-hidden="true"></i></button>
        </div>
      </div>
      <div class="detail-body" role="tabpanel" id="detail-panel" aria-labelledby="tab-${tab}">
        ${this.#facts(frame)}
        ${tab === 'payload' ? html`<lifeline-payload .model=${this.model} .row=${this.row}></lifeline-payload>` : nothing}
        ${tab === 'headers' ? headersView(frame) : nothing}
        ${tab === 'timing' ? timingView(frame) : nothing}
      </div>
    </section>`
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

  #show(tab: Tab): void {
    this.#tab = tab
    this.requestUpdate()
  }

  #facts(frame: Frame): TemplateResult {
    const { index } = this.model.selected
    const previousAt = index === null ? null : (this.model.rows.row(index)?.previousAt ?? null)
    return html`<dl class="facts">${frameFacts(frame, previousAt).map((fact) => this.#fact(fact))}</dl>`
  }

  #fact({ name, value, seq, tone }: Fact): TemplateResult {
    return html`<dt>${name}</dt><dd class=${tone ?? ''}>${
      seq === undefined
        ? visibleText(value)
        : html`<button type="button" class="link" @click=${() => void this.model.selectSeq(seq)}>${value}</button>`
    }</dd>`
  }

  async #try(call: Promise<void>): Promise<void> {
    await call.catch((error) => this.model.report(error))
  }
}

function tabsOf(frame: Frame): readonly Tab[] {
  if (frame.kind === 'request') return ['payload', 'headers']
  if (frame.kind === 'response') return ['payload', 'headers', 'timing']
  return ['payload']
}

function headersOf(frame: Frame): HeaderPairs {
  return frame.kind === 'request' || frame.kind === 'response' ? frame.detail.headers : []
}

function headerText(frame: Frame): string {
  return headersOf(frame)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

function headersView(frame: Frame): TemplateResult {
  const trailers = frame.kind === 'response' ? (frame.detail.trailers ?? []) : []
  return html`<p class="start-line">${startLine(frame)}</p>
    ${headerTable(headersOf(frame), 'Headers')}
    ${trailers.length > 0 ? html`<h2>Trailers</h2>${headerTable(trailers, 'Trailers')}` : nothing}`
}

function headerTable(headers: HeaderPairs, label: string): TemplateResult {
  if (headers.length === 0) return html`<p class="sentence">There are none.</p>`
  return html`<dl class="headers" aria-label=${label}>${headers.map(
    ([name, value]) => html`<dt>${visibleText(name)}</dt><dd>${visibleText(value)}</dd>`,
  )}</dl>`
}

/** The first line of the head, as it crossed the wire. */
function startLine(frame: Frame): string {
  if (frame.kind === 'request') {
    const { method, target, httpVersion } = frame.detail
    return visibleText(`${method} ${target} HTTP/${httpVersion}`)
  }
  if (frame.kind === 'response') {
    const { status, statusText, httpVersion } = frame.detail
    return visibleText(`HTTP/${httpVersion} ${status} ${statusText}`)
  }
  return ''
}

function timingView(frame: Frame): TemplateResult | typeof nothing {
  if (frame.kind !== 'response') return nothing
  const { timings, reused, remoteAddress, holdMs } = frame.detail
  const bars = timingBars(timings)
  return html`<div class="timing">
      ${bars.map(
        ({ name, ms, start, share }) => html`<div class="phase ${name.toLowerCase()}">
          <span class="name">${name}</span>
          <span class="track"><i class="fill" data-start=${start} data-share=${share}></i></span>
          <span class="ms">${formatDelay(ms)}</span></div>`,
      )}
      ${bars.length === 0 ? html`<p class="sentence">No times were recorded.</p>` : nothing}
    </div>
    <dl class="facts">
      ${holdMs === undefined ? nothing : html`<dt>Held</dt><dd>${formatDelay(holdMs)}</dd>`}
      <dt>Connection</dt><dd>${reused ? 'reused' : 'new'}</dd>
      ${remoteAddress === undefined ? nothing : html`<dt>Server</dt><dd>${remoteAddress}</dd>`}
    </dl>`
}

customElements.define('lifeline-detail', FrameDetail)
