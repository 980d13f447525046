// A request beside the stream: method, URL, headers, body. Its answer becomes a row, and is selected.

import '@vscode-elements/elements/dist/vscode-button/index.js'
import '@vscode-elements/elements/dist/vscode-option/index.js'
import '@vscode-elements/elements/dist/vscode-single-select/index.js'
import { html, type TemplateResult } from 'lit'
import { parseHeaderLines } from './headerLines.ts'
import { looksLikeJson, parseJson } from './jsonDocument.ts'
import { LightElement } from './lightElement.ts'
import type { TimelineModel } from './timelineModel.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/** `<lifeline-companion>`: one line until it is opened. */
export class CompanionForm extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  #open = false
  #busy = false
  #problem = ''
  #request = 'POST'
  #url = ''
  #headers = 'Content-Type: application/json'
  #body = ''

  /** Opens the form and puts the focus into it. */
  open(): void {
    this.#toggle(true)
  }

  override render(): TemplateResult {
    return html`<section class="companion" aria-label="Request beside the stream">
      <button type="button" class="opener" aria-expanded=${String(this.#open)}
        @click=${() => this.#toggle(!this.#open)}>
        <i class="codicon codicon-chevron-${this.#open ? 'down' : 'right'}" aria-hidden="true"></i>Send a request beside this stream
      </button>
      ${this.#open ? this.#form() : ''}
    </section>`
  }

  #form(): TemplateResult {
    const wrong = this.#bodyProblem()
    return html`<form @submit=${this.#handleSubmit} @keydown=${this.#handleKey}>
      <div class="target">
        <vscode-single-select .label=${'Method'} .value=${this.#request}
          @change=${(event: Event) => {
            this.#request = (event.target as HTMLElement & { value: string }).value
          }}>${methods.map(
            (name) =>
              html`<vscode-option value=${name} ?selected=${name === this.#request}>${name}</vscode-option>`,
          )}</vscode-single-select>
        <input type="text" class="url" aria-label="URL" placeholder="URL, or a path on the same server: /publish"
          spellcheck="false" .value=${this.#url} @input=${(event: Event) => {
            this.#url = typed(event)
            this.requestUpdate()
          }}>
        <vscode-button ?disabled=${this.#busy || this.#url.trim() === ''} @click=${() => void this.#send()}>Send<span class="keys">Ctrl+Enter</span></vscode-button>
      </div>
      <div class="parts">
        <label>Headers<textarea rows="3" spellcheck="false" placeholder="Name: value" .value=${this.#headers}
          @input=${(event: Event) => {
            this.#headers = typed(event)
          }}></textarea></label>
        <label>Body<textarea rows="3" spellcheck="false" .value=${this.#body} @input=${(
          event: Event,
        ) => {
          this.#body = typed(event)
          this.requestUpdate()
        }}></textarea></label>
      </div>
      <p class="hint ${this.#problem === '' ? 'warning' : 'error'}" role="status">${this.#problem || wrong}</p>
    </form>`
  }

  #bodyProblem(): string {
    if (!looksLikeJson(this.#body)) return ''
    const parsed = parseJson(this.#body)
    if (parsed.ok) return ''
    const { line, column, message } = parsed.problem
    return `Body, line ${line}, column ${column}: ${message}. It can still be sent.`
  }

  #toggle(open: boolean): void {
    this.#open = open
    this.requestUpdate()
    if (open) {
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('.url')?.focus())
    }
  }

  #handleSubmit(event: Event): void {
    event.preventDefault()
    void this.#send()
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void this.#send()
  }

  async #send(): Promise<void> {
    const headers = parseHeaderLines(this.#headers)
    if (this.#busy || this.#url.trim() === '') return
    if (!headers.ok) {
      this.#problem = headers.message
      this.requestUpdate()
      return
    }
    this.#busy = true
    this.#problem = ''
    this.requestUpdate()
    try {
      const seq = await this.model.api.request({
        request: this.#request,
        url: this.#url.trim(),
        headers: headers.headers,
        body: this.#body === '' ? null : this.#body,
      })
      await this.model.selectSeq(seq)
      this.dispatchEvent(
        new CustomEvent('open-detail', { bubbles: true, detail: { focus: false } }),
      )
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error)
    } finally {
      this.#busy = false
      this.requestUpdate()
    }
  }
}

function typed(event: Event): string {
  return (event.target as HTMLInputElement | HTMLTextAreaElement).value
}

customElements.define('lifeline-companion', CompanionForm)
