// The form of a request beside the stream: method, URL, headers, body. The row of its answer is selected.

import '@vscode-elements/elements/dist/vscode-option/index.js'
import { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js'
import { html, type TemplateResult } from 'lit'
import type { RequestToSend } from '../../shared/endpoint/endpoint.ts'
import { methods as methodRows } from '../../shared/endpoint/methods.ts'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'
import { type Failure, failureOf } from '../model/failure.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { createFormCalls } from './formCalls.ts'
import { hintLine, isSendKey, savedButton, sendButton } from './formParts.ts'
import { parseHeaderLines } from './headerLines.ts'
import { type Hint, problemHint } from './hint.ts'
import './jsonBox.ts'
import {
  freshRequest,
  type RequestDraft,
  requestDraftOf,
  requestHint,
  savedRequestIn,
} from './requestDraft.ts'

/** A recorded request may have another. */
function methodNames(chosen: string): readonly string[] {
  return methods.includes(chosen) ? methods : [...methods, chosen]
}

/** Bodies that were sent and came. */
const bodiesSeen = { out: 'kind:request', in: '(kind:event or kind:response)' } as const

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/** `<lifeline-companion>`: one line until it is opened. */
export class CompanionForm extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  readonly #calls = createFormCalls(() => this.requestUpdate())
  #open = false
  #draft = freshRequest
  /** The name of the saved request that was chosen last. */
  #saved: string | null = null
  /** The frame that was put into the form. */
  #of: number | null = null
  /** Null where the last answer is none that refuses. */
  #answer: Failure | null = null

  /** Opens the form and puts the focus into it. */
  open(): void {
    this.#toggle(true)
  }

  focusOpener(): void {
    this.querySelector<HTMLElement>('.opener')?.focus()
  }

  override render(): TemplateResult {
    const { session } = this.model
    const polls = session !== null && methodRows[session.status.method].polls
    return html`<section class="companion" aria-label="Request beside the stream">
      <button type="button" class="opener" aria-expanded=${String(this.#open)}
        @click=${() => this.#toggle(!this.#open)}>
        <i class="codicon codicon-chevron-${this.#open ? 'down' : 'right'}" aria-hidden="true"></i>Send a request beside ${polls ? 'these polls' : 'this stream'}
      </button>
      ${this.#open ? this.#form() : ''}
    </section>`
  }

  #form(): TemplateResult {
    const { httpMethod, url, headers, body } = this.#draft
    return html`<form @submit=${this.#handleSubmit} @keydown=${this.#handleKey}>
      <div class="target">
        ${savedButton(this.#requests, 'Requests saved in the profile', (saved) => this.#fill(requestDraftOf(saved), saved.name, saved.of))}
        <vscode-single-select .label=${'Method'} .value=${httpMethod}
          @change=${({ target }: Event) => {
            if (target instanceof VscodeSingleSelect) this.#change({ httpMethod: target.value })
          }}>${methodNames(httpMethod).map(
            (name) =>
              html`<vscode-option value=${name} ?selected=${name === httpMethod}>${name}</vscode-option>`,
          )}</vscode-single-select>
        <input type="text" class="url" aria-label="URL" placeholder="URL, or a path on the same server: /publish"
          spellcheck="false" .value=${url} @input=${(event: Event) => this.#change({ url: typedText(event) })}>
        ${sendButton(this.#calls.busy || url.trim() === '', () => void this.#send())}
      </div>
      <div class="parts">
        <label>Headers<textarea rows="3" spellcheck="false" placeholder="Name: value" .value=${headers}
          @input=${(event: Event) => this.#change({ headers: typedText(event) })}></textarea></label>
        <lifeline-json-box .model=${this.model} .label=${'Body'} .name=${'request-body'} .hint=${'request-hint'} .text=${body} .seen=${bodiesSeen} .known=${this.#requests.map((saved) => saved.body ?? '')}
          @typed=${({ detail }: CustomEvent<string>) => this.#change({ body: detail })}></lifeline-json-box>
      </div>
      ${hintLine('request-hint', this.#hint())}
    </form>`
  }

  get #requests() {
    return this.model.session?.requests ?? []
  }

  #hint(): Hint {
    const { problem } = this.#calls
    if (problem !== null) return problemHint(problem, this.model)
    if (this.#answer !== null) return this.#answerHint(this.#answer)
    return requestHint(
      this.#draft,
      savedRequestIn(this.#draft, this.#requests, this.#saved),
      this.#of,
    )
  }

  /** What refuses the request that was sent last, with what can be done about it. */
  #answerHint({ seq, sentence, advice, actions, cameSeq }: Failure): Hint {
    const text = advice === null ? sentence : `${sentence} ${advice}`
    const offers = actions
      .filter(({ name }) => name !== 'show-what-came')
      .map(({ name, label }) => ({
        name: label,
        run: () => this.model.actions.run(this.model.api.act(name, seq ?? 0)),
      }))
    const came = { name: 'Show what came', run: () => this.#show(cameSeq ?? seq) }
    return { text, tone: 'error', offers: [...offers, came] }
  }

  async #show(seq: number | null): Promise<void> {
    if (seq === null) return
    await this.model.selection.selectSeq(seq)
    const detail = { focus: false }
    this.dispatchEvent(new CustomEvent('open-detail', { bubbles: true, detail }))
  }

  #change(part: Partial<RequestDraft>): void {
    this.#answer = null
    this.#draft = { ...this.#draft, ...part }
    this.requestUpdate()
  }

  /** Opens the form with the request of a frame in it. */
  give(draft: RequestDraft, of: number): void {
    this.#open = true
    this.#fill(draft, null, of)
  }

  #fill(draft: RequestDraft, name: string | null, of: number | undefined): void {
    this.#draft = draft
    this.#saved = name
    this.#of = of ?? null
    this.#answer = null
    this.#calls.forget()
    this.#focusUrl()
  }

  #toggle(open: boolean): void {
    this.#open = open
    this.requestUpdate()
    if (open) this.#focusUrl()
  }

  #focusUrl(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.url')?.focus())
  }

  #handleSubmit(event: Event): void {
    event.preventDefault()
    void this.#send()
  }

  #handleKey(event: KeyboardEvent): void {
    if (!isSendKey(event)) return
    event.preventDefault()
    void this.#send()
  }

  async #send(): Promise<void> {
    if (this.#calls.busy || this.#draft.url.trim() === '') return
    const saved = savedRequestIn(this.#draft, this.#requests, this.#saved)
    if (saved && saved.of === undefined) return this.#request({ saved: saved.name })
    const { httpMethod, url, body } = this.#draft
    const headers = parseHeaderLines(this.#draft.headers)
    if (!headers.ok) return this.#calls.report(headers.message)
    const request = {
      request: httpMethod,
      url: url.trim(),
      headers: headers.headers,
      body: body === '' ? null : body,
    }
    const of = this.#of
    return this.#request(of === null ? request : { edited: request, of })
  }

  async #request(request: RequestToSend): Promise<void> {
    const answered = async () => {
      const seq = await this.model.api.request(request)
      await this.#show(seq)
      const { session, actions } = this.model
      const related = await actions.related(seq)
      this.#answer = related && session && failureOf(related, session)
    }
    this.#answer = null
    this.#calls.forget()
    await this.#calls.run(answered())
  }
}

customElements.define('lifeline-companion', CompanionForm)
