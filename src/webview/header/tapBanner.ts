// The line under the header of a tap: where to point a program to, and what is recorded.

import { html, nothing, type TemplateResult } from 'lit'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { peerName } from '../../shared/url/names.ts'
import { CopiedNote } from '../elements/copiedNote.ts'
import { LightElement } from '../elements/lightElement.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** `<lifeline-tap-banner>`: of `model`; nothing where that is no tap. The page re-renders it when the model changes. */
export class TapBanner extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  readonly #copied = new CopiedNote<'here' | 'outside'>(this)
  #unsubscribe: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unsubscribe = this.model?.onChange(() => this.requestUpdate())
  }

  protected override firstUpdated(): void {
    this.#unsubscribe ??= this.model.onChange(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    this.#unsubscribe?.()
    this.#unsubscribe = undefined
    super.disconnectedCallback()
  }

  override render(): TemplateResult | typeof nothing {
    const { session } = this.model
    if (session?.status.method !== 'tap') return nothing
    const { listening, outside } = session.status
    const told = session.keepsCredentials
      ? 'Records real traffic; credentials are recorded.'
      : 'Records real traffic; credentials are hidden.'
    if (listening !== null)
      return html`<div class="tap-banner" role="region" aria-label="Where to point your program">
        ${this.#address({ listening, outside }, session.url)}
        ${this.#records(told)}</div>`
    // What is over needs no address: it is calm, and says what it is.
    if (!session.readOnly && session.status.state !== 'ended') return nothing
    const recorded = session.keepsCredentials
      ? 'Credentials were recorded.'
      : 'Credentials are hidden.'
    return html`<div class="tap-banner over" role="region" aria-label="Tap">
      <span>Recorded by a tap of <code>${visibleLine(peerName(session.url))}</code></span>
      ${this.#records(recorded)}</div>`
  }

  /** What is not hidden is to be seen. */
  #records(sentence: string): TemplateResult {
    if (!this.model.session?.keepsCredentials) return html`<span class="records">${sentence}</span>`
    return html`<span class="records warning"><i class="codicon codicon-warning" aria-hidden="true"></i>${sentence}</span>`
  }

  #address({ listening, outside }: Addresses, url: string): TemplateResult {
    return html`<span class="point">Point your program to ${ours(listening)} instead of <code>${visibleLine(url)}</code>
      ${this.#copy('here', listening)}</span>
      ${outside === undefined ? nothing : html`<span class="point">From your own machine: ${ours(outside)} ${this.#copy('outside', outside)}</span>`}`
  }

  #copy(which: 'here' | 'outside', address: string): TemplateResult {
    const copy = () => void this.#copied.tell(which, this.model.actions.copy(address))
    return html`<button type="button" class="link" title="Copy the address" aria-label="Copy the address ${visibleLine(address)}"
        @click=${copy}>${this.#copied.what === which ? 'Copied' : 'Copy'}</button>`
  }
}

function ours(address: string): TemplateResult {
  return html`<code class="ours">${visibleLine(address)}</code>`
}

interface Addresses {
  readonly listening: string
  readonly outside?: string | undefined
}

customElements.define('lifeline-tap-banner', TapBanner)
