// The send box of a WebSocket: messages of all types, saved and repeated ones, pings, and closing by hand.

import { html, nothing, type TemplateResult } from 'lit'
import type { OfferedMessage } from '../../shared/calls/messages.ts'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { createFormCalls } from './formCalls.ts'
import { hintLine, isSendKey, savedButton, sendButton } from './formParts.ts'
import { type Hint, problemHint } from './hint.ts'
import { JsonHelp } from './jsonHelp.ts'
import {
  type DraftOrigin,
  type DraftType,
  draftOf,
  mayBeJson,
  type ReadyMessage,
  readyMessage,
  savedAs,
  typedDraft,
} from './messageDraft.ts'
import { pingButton, typeButton } from './messageMenus.ts'
import { closedReason, panelButton, repeating } from './messageTools.ts'
import { replaceText } from './replaceText.ts'
import type { GivenDraft } from './sendActs.ts'
import './sendPanel.ts'
import type { CloseWish, RepeatWish, SendPanelKind } from './sendPanel.ts'
import { createSentHistory, type SentHistory } from './sentHistory.ts'
import { showSent } from './sentKeys.ts'
import { createSentNotice, type SentNotice } from './sentNotice.ts'

/** `<lifeline-message>`: fires `composed` with the draft, its type and the sent messages to keep. */
export class MessageForm extends LightElement {
  static override properties = {
    model: { attribute: false },
    draft: { attribute: false },
    draftType: { attribute: false },
    sent: { attribute: false },
  }
  declare model: TimelineModel
  declare draft: string
  declare draftType: DraftType
  declare sent: readonly string[]
  readonly #calls = createFormCalls(() => this.requestUpdate())
  #history: SentHistory | null = null
  #origin: DraftOrigin = typedDraft
  #panel: SendPanelKind | null = null
  /** It keeps the room for its sentence once it was used: a box that grows and shrinks would move the rows. */
  #used = false
  #notice: SentNotice | null = null
  readonly #json = new JsonHelp({
    model: () => this.model,
    box: () => this.querySelector('textarea'),
    own: () => [...this.sent.toReversed(), ...this.#messages.map(({ value }) => value)],
    applies: () => mayBeJson(this.draftType),
    changed: () => this.requestUpdate(),
  })

  focusInput(): void {
    this.querySelector<HTMLTextAreaElement>('textarea')?.focus()
  }

  get #canSend() {
    return this.model.status?.canSend === true
  }

  get #over() {
    return this.model.status?.state === 'ended'
  }

  override render(): TemplateResult {
    const ready = this.#ready()
    const over = this.#over
    if (this.draft !== '') this.#used = true
    return html`<form class="send ${this.#used ? 'used' : ''} ${over ? 'over' : ''}" aria-label="Send a message" @submit=${(event: Event) => event.preventDefault()}>
      <textarea aria-label="Message" aria-describedby="message-hint" rows="1" spellcheck="false"
        placeholder=${this.#canSend || (this.#used && !over) ? 'Message to send' : closedReason(over)} .value=${this.draft} ?readonly=${over || this.draftType === 'file'}
        aria-autocomplete="list" aria-controls=${this.#json.listId ?? nothing} aria-activedescendant=${this.#json.activeId ?? nothing}
        @focus=${this.#use} @input=${this.#handleInput} @keydown=${this.#handleKey} @blur=${() => this.#json.close()}></textarea>
      ${this.#json.list()}${this.#json.mark(this.draft)}
      ${hintLine('message-hint', this.#hint(ready))}
      ${over ? nothing : [this.#json.button(this.draft), this.#side(ready)]}
    </form>`
  }

  #side(ready: ReadyMessage): TemplateResult {
    const { api, status } = this.model
    return html`<div class="send-side">
        ${repeating(status?.repeatMs ?? null, () => void this.#calls.run(api.repeat(null, 0)))}
        ${this.#tools(ready)}
        ${sendButton(!this.#canSend || ready.message === null, () => void this.#send())}
      </div>
      ${this.#sendPanel(ready)}`
  }

  #tools(ready: ReadyMessage): TemplateResult {
    const panel = (kind: SendPanelKind, disabled: boolean) =>
      panelButton({ kind, open: this.#panel === kind, disabled, toggle: () => this.#toggle(kind) })
    return html`<div class="send-tools" role="toolbar" aria-label="Message">
      ${savedButton(this.#messages, 'Messages saved in the profile', (saved) => this.#fill(saved))}
      ${typeButton(this.draftType, (draftType) => this.#keep({ draft: this.draft, draftType }))}
      ${panel('repeat', false)}
      ${pingButton(ready.bytes, !this.#canSend, (carried) => void this.#calls.run(this.model.api.ping(carried)))}
      ${panel('close', !this.#canSend)}
    </div>`
  }

  #sendPanel(ready: ReadyMessage): TemplateResult | typeof nothing {
    const kind = this.#panel
    if (kind === null) return nothing
    const { api } = this.model
    return html`<lifeline-send-panel .kind=${kind} .sendable=${ready.message !== null}
      @leave=${() => this.#toggle(kind)}
      @repeat=${({ detail }: CustomEvent<RepeatWish>) => this.#finish(kind, api.repeat(ready.message, detail.everyMs))}
      @close-with=${({ detail }: CustomEvent<CloseWish>) => this.#finish(kind, api.closeWith(detail.code, detail.reason))}></lifeline-send-panel>`
  }

  /** The panel closes once its call has succeeded. */
  async #finish(panel: SendPanelKind, call: Promise<void>): Promise<void> {
    if ((await this.#calls.run(call)) && this.#panel === panel) this.#toggle(panel)
  }

  get #messages() {
    return this.model.session?.messages ?? []
  }

  #ready(): ReadyMessage {
    return readyMessage(this.#messages, this.#origin, this.draft, this.draftType)
  }

  #hint({ hint }: ReadyMessage): Hint {
    const { problem } = this.#calls
    if (problem !== null) return problemHint(problem, this.model)
    if (this.#notice?.hint) return this.#notice.hint
    if (this.#canSend) return hint
    // An empty box says it in itself.
    const told = this.draft === '' && (this.#over || !this.#used)
    return { text: told ? '' : closedReason(this.#over), tone: '' }
  }

  #use(): void {
    this.#used = true
    this.requestUpdate()
  }

  #fill(saved: OfferedMessage): void {
    this.#take({ saved: saved.name, of: saved.of ?? null }, draftOf(saved))
  }

  /** Puts what a frame carries into the box; undo brings back what was written there. */
  give({ of, ...draft }: Extract<GivenDraft, { kind: 'message' }>): void {
    this.#take({ saved: null, of }, draft)
  }

  #take(origin: DraftOrigin, { draft, draftType }: Composed): void {
    this.#origin = origin
    this.#calls.forget()
    const box = this.querySelector('textarea')
    if (box) replaceText(box, draft)
    this.#keep({ draft, draftType })
    this.focusInput()
  }

  #toggle(panel: SendPanelKind): void {
    this.#panel = this.#panel === panel ? null : panel
    this.requestUpdate()
    if (this.#panel === null) this.focusInput()
  }

  #handleInput(event: InputEvent): void {
    this.#calls.forget()
    this.#notice?.forget()
    this.#keep({ draft: typedText(event), draftType: this.draftType })
    this.#json.offer()
  }

  #handleKey(event: KeyboardEvent): void {
    if (isSendKey(event)) void this.#send()
    if (isSendKey(event) || this.#json.press(event)) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    this.#history ??= createSentHistory(this.sent)
    const draft = showSent(event, event.target as HTMLTextAreaElement, this.#history)
    if (draft === null) return
    this.#origin = typedDraft
    this.#keep({ draft, draftType: this.draftType === 'file' ? 'text' : this.draftType })
  }

  async #send(): Promise<void> {
    const text = this.draft
    const { message } = this.#ready()
    if (message === null || !this.#canSend) return
    this.#notice ??= createSentNotice(this.model, () => this.requestUpdate())
    const told = this.#notice.begin()
    if (!(await this.#calls.run(this.model.api.send(message)))) return
    void told()
    // A saved message stays in the box, to be sent again.
    if (savedAs(this.#messages, this.#origin.saved, text, this.draftType)) return
    this.#origin = typedDraft
    this.#history ??= createSentHistory(this.sent)
    this.#keep({ draft: '', draftType: this.draftType, sent: this.#history.add(text) })
  }

  #keep(detail: Composed): void {
    this.draft = detail.draft
    this.draftType = detail.draftType
    this.dispatchEvent(new CustomEvent('composed', { bubbles: true, detail }))
  }
}

export interface Composed {
  readonly draft: string
  readonly draftType: DraftType
  readonly sent?: readonly string[]
}

customElements.define('lifeline-message', MessageForm)
