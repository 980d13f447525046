// A request beside the stream: method, URL, headers, body. Its answer becomes a row, and is selected.

import '@vscode-elements/elements/dist/vscode-button/index.js'
import '@vscode-elements/elements/dist/vscode-option/index.js'
import { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js'
import { html, nothing, type TemplateResult } from 'lit'
import type { SavedRequest } from '../../shared/endpoint/endpoint.ts'
import { hasReference } from '../../shared/endpoint/references.ts'
import { looksLikeJson } from '../../shared/text/jsonText.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { toError } from '../../shared/unknown.ts'
import { LightElement } from '../elements/lightElement.ts'
import { menuButton, openMenu } from '../elements/menu.ts'
import { typedText } from '../elements/typedText.ts'
import { parseJson } from '../json/jsonDocument.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { formatHeaderLines, parseHeaderLines } from './headerLines.ts'
import { unfilledReferences } from './messageDraft.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/** `<lifeline-companion>`: one line until it is opened. */
export class CompanionForm extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  #open = false
  #busy = false
  /** The saved request that was chosen last. */
  #saved: string | null = null
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
    const hint = this.#hint()
    return html`<form @submit=${this.#handleSubmit} @keydown=${this.#handleKey}>
      <div class="target">
        ${this.#savedButton()}
        <vscode-single-select .label=${'Method'} .value=${this.#request}
          @change=${({ target }: Event) => {
            if (target instanceof VscodeSingleSelect) this.#request = target.value
            this.requestUpdate()
          }}>${methods.map(
            (name) =>
              html`<vscode-option value=${name} ?selected=${name === this.#request}>${name}</vscode-option>`,
          )}</vscode-single-select>
        <input type="text" class="url" aria-label="URL" placeholder="URL, or a path on the same server: /publish"
          spellcheck="false" .value=${this.#url} @input=${(event: Event) => {
            this.#url = typedText(event)
            this.requestUpdate()
          }}>
        <vscode-button ?disabled=${this.#busy || this.#url.trim() === ''} @click=${() => void this.#send()}>Send<span class="keys">Ctrl+Enter</span></vscode-button>
      </div>
      <div class="parts">
        <label>Headers<textarea rows="3" spellcheck="false" placeholder="Name: value" .value=${this.#headers}
          @input=${(event: Event) => {
            this.#headers = typedText(event)
            this.requestUpdate()
          }}></textarea></label>
        <label>Body<textarea rows="3" spellcheck="false" .value=${this.#body} @input=${(
          event: Event,
        ) => {
          this.#body = typedText(event)
          this.requestUpdate()
        }}></textarea></label>
      </div>
      <p class="hint ${hint.tone}" role="status">${visibleLine(hint.text)}</p>
    </form>`
  }

  #savedButton(): TemplateResult | typeof nothing {
    const { requests = [] } = this.model.session ?? {}
    if (requests.length === 0) return nothing
    return menuButton('Saved', 'Requests that the profile keeps', this.#chooseSaved)
  }

  readonly #chooseSaved = (button: HTMLElement): void => {
    const { requests = [] } = this.model.session ?? {}
    openMenu(
      button,
      requests.map((saved) => ({
        label: saved.name,
        run: () => {
          this.#saved = saved.name
          this.#request = saved.request
          this.#url = saved.url
          this.#headers = formatHeaderLines(saved.headers)
          this.#body = saved.body ?? ''
          this.#problem = ''
          this.requestUpdate()
          void this.updateComplete.then(() => this.querySelector<HTMLElement>('.url')?.focus())
        },
      })),
    )
  }

  /** The saved request as it stands in the form; undefined when it was changed. */
  #savedAs(): SavedRequest | undefined {
    const saved = this.model.session?.requests.find(({ name }) => name === this.#saved)
    const same =
      saved?.request === this.#request &&
      saved.url === this.#url &&
      formatHeaderLines(saved.headers) === this.#headers &&
      (saved.body ?? '') === this.#body
    return same ? saved : undefined
  }

  #hint(): { readonly text: string; readonly tone: string } {
    if (this.#problem !== '') return { text: this.#problem, tone: 'error' }
    const saved = this.#savedAs()
    if (saved) return { text: `“${saved.name}”, as the profile has it`, tone: 'good' }
    if ([this.#url, this.#headers, this.#body].some(hasReference)) {
      return { text: unfilledReferences('request'), tone: 'warning' }
    }
    return { text: this.#bodyProblem(), tone: 'warning' }
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
    const saved = this.#savedAs()
    if (this.#busy || this.#url.trim() === '') return
    if (!saved && !headers.ok) {
      this.#problem = headers.message
      this.requestUpdate()
      return
    }
    this.#busy = true
    this.#problem = ''
    this.requestUpdate()
    try {
      const seq = await this.model.api.request(
        saved
          ? { saved: saved.name }
          : {
              request: this.#request,
              url: this.#url.trim(),
              headers: headers.ok ? headers.headers : [],
              body: this.#body === '' ? null : this.#body,
            },
      )
      await this.model.selection.selectSeq(seq)
      this.dispatchEvent(
        new CustomEvent('open-detail', { bubbles: true, detail: { focus: false } }),
      )
    } catch (error) {
      this.#problem = toError(error).message
    } finally {
      this.#busy = false
      this.requestUpdate()
    }
  }
}

customElements.define('lifeline-companion', CompanionForm)
