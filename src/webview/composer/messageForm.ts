// The send box of a WebSocket: messages of all types, saved and repeated ones, pings, and closing by hand.

import '@vscode-elements/elements/dist/vscode-button/index.js'
import { html, nothing, type TemplateResult } from 'lit'
import type { MessageToSend } from '../../shared/endpoint/endpoint.ts'
import { formatDelay } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { toError } from '../../shared/unknown.ts'
import { LightElement } from '../elements/lightElement.ts'
import { menuButton, openMenu } from '../elements/menu.ts'
import {
  type CheckedDraft,
  checkDraft,
  type DraftType,
  draftOf,
  draftTypeNames,
  savedAs,
  shortTypeNames,
} from './messageDraft.ts'
import './sendPanel.ts'
import { typedText } from '../elements/typedText.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { CloseWish, RepeatWish, SendPanelKind } from './sendPanel.ts'
import { createSentHistory, type SentHistory } from './sentHistory.ts'

/** [rfc6455] 5.5 */
const maxPingBytes = 125

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
  #history: SentHistory | null = null
  #problem = ''
  /** The saved message that was chosen last. */
  #saved: string | null = null
  #panel: SendPanelKind | null = null

  focusInput(): void {
    this.querySelector<HTMLTextAreaElement>('textarea')?.focus()
  }

  get #canSend(): boolean {
    return this.model.status?.canSend === true
  }

  override render(): TemplateResult {
    const ready = this.#ready()
    const hint = this.#hint(ready)
    return html`<form class="send" aria-label="Send a message" @submit=${this.#handleSubmit}>
      <textarea aria-label="Message" aria-describedby="send-hint" rows="3" spellcheck="false"
        placeholder="Message to send" .value=${this.draft} ?readonly=${this.draftType === 'file'}
        @input=${this.#handleInput} @keydown=${this.#handleKey}></textarea>
      <div class="send-side">
        ${this.#tools(ready)}
        <div class="send-row">
          <vscode-button ?disabled=${!this.#canSend || ready.message === null} title="Send (Ctrl+Enter)"
            @click=${() => void this.#send()}>Send<span class="keys">Ctrl+Enter</span></vscode-button>
          ${this.#repeating()}
        </div>
        <p id="send-hint" class="hint ${hint.tone}" role="status">${visibleLine(hint.text)}</p>
      </div>
      ${this.#sendPanel(ready)}
    </form>`
  }

  #tools(ready: Ready): TemplateResult {
    const { messages = [] } = this.model.session ?? {}
    return html`<div class="send-tools" role="toolbar" aria-label="Message">
      ${messages.length === 0 ? nothing : menuButton('Saved', 'Messages that the profile keeps', this.#chooseSaved)}
      ${menuButton(shortTypeNames[this.draftType], 'Type of the message', this.#chooseType)}
      <button type="button" class="tool" title="Send it again and again" aria-expanded=${String(this.#panel === 'repeat')} ?disabled=${this.model.status?.state === 'ended'}
        @click=${() => this.#toggle('repeat')}>Every…</button>
      <button type="button" class="tool" aria-haspopup="menu" title="Send a WebSocket ping; the pong tells the round trip" ?disabled=${!this.#canSend}
        @click=${(event: Event) => this.#ping(event, ready)}>Ping</button>
      <button type="button" class="tool" title="Close with a code and a reason" aria-expanded=${String(this.#panel === 'close')} ?disabled=${!this.#canSend}
        @click=${() => this.#toggle('close')}>Close…</button>
    </div>`
  }

  #repeating(): TemplateResult | typeof nothing {
    const every = this.model.status?.repeatMs ?? null
    if (every === null) return nothing
    return html`<span class="repeating"><i class="codicon codicon-sync" aria-hidden="true"></i>Every ${formatDelay(every)}</span>
      <button type="button" class="tool stop" title="Stop repeating" aria-label="Stop repeating" @click=${() => void this.#run(this.model.api.repeat(null, 0))}>Stop</button>`
  }

  #sendPanel(ready: Ready): TemplateResult | typeof nothing {
    const kind = this.#panel
    if (kind === null) return nothing
    const { api } = this.model
    return html`<lifeline-send-panel .kind=${kind} .sendable=${ready.message !== null}
      @leave=${() => this.#toggle(kind)}
      @repeat=${({ detail }: CustomEvent<RepeatWish>) => this.#finish(kind, api.repeat(ready.message, detail.everyMs))}
      @close-with=${({ detail }: CustomEvent<CloseWish>) => this.#finish(kind, api.closeWith(detail.code, detail.reason))}></lifeline-send-panel>`
  }

  /** The panel goes when what it asked for is done. */
  async #finish(panel: SendPanelKind, call: Promise<void>): Promise<void> {
    if ((await this.#run(call)) && this.#panel === panel) this.#toggle(panel)
  }

  /** What Send would send now. */
  #ready(): Ready {
    const { messages = [] } = this.model.session ?? {}
    const saved = savedAs(messages, this.#saved, this.draft, this.draftType)
    if (saved) {
      const message = { type: 'saved', name: saved.name } as const
      return { message, hint: `“${saved.name}”, as the profile has it`, tone: 'good', bytes: null }
    }
    const checked = checkDraft(this.draftType, this.draft)
    return { ...checked, bytes: bytesOf(checked.message) }
  }

  #hint(ready: Ready): { readonly text: string; readonly tone: string } {
    if (this.#problem !== '') return { text: this.#problem, tone: 'error' }
    if (!this.#canSend) return { text: this.#closedReason(), tone: '' }
    return { text: ready.hint, tone: ready.tone }
  }

  #closedReason(): string {
    const state = this.model.status?.state
    return state === 'ended'
      ? 'The session has ended. Reconnect to send.'
      : 'Messages can be sent once the connection is open.'
  }

  readonly #chooseSaved = (button: HTMLElement): void => {
    const { messages = [] } = this.model.session ?? {}
    openMenu(
      button,
      messages.map((message) => ({
        label: message.name,
        run: () => {
          this.#saved = message.name
          this.#problem = ''
          this.#keep(draftOf(message))
          this.focusInput()
        },
      })),
    )
  }

  readonly #chooseType = (button: HTMLElement): void => {
    const types = ['text', 'json', 'hex', 'base64'] as const
    openMenu(
      button,
      types.map((draftType) => ({
        label: draftTypeNames[draftType],
        checked: draftType === this.draftType,
        run: () => this.#keep({ draft: this.draft, draftType }),
      })),
    )
  }

  #ping(event: Event, { bytes }: Ready): void {
    const { api } = this.model
    const fits = bytes !== null && bytes.length <= maxPingBytes
    openMenu(event.currentTarget as HTMLElement, [
      { label: 'Empty ping', run: () => void this.#run(api.ping(new Uint8Array())) },
      {
        label: `Ping that carries the message (up to ${maxPingBytes} bytes)`,
        disabled: !fits,
        run: () => fits && void this.#run(api.ping(bytes)),
      },
    ])
  }

  #toggle(panel: SendPanelKind): void {
    this.#panel = this.#panel === panel ? null : panel
    this.requestUpdate()
    if (this.#panel === null) this.focusInput()
  }

  #handleInput(event: InputEvent): void {
    this.#problem = ''
    this.#keep({ draft: typedText(event), draftType: this.draftType })
  }

  #handleKey(event: KeyboardEvent): void {
    const box = event.target as HTMLTextAreaElement
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void this.#send()
      return
    }
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return
    const older = event.key === 'ArrowUp' && isOnFirstLine(box)
    const newer = event.key === 'ArrowDown' && isOnLastLine(box)
    if (!older && !newer) return
    this.#history ??= createSentHistory(this.sent)
    const text = older ? this.#history.older(box.value) : this.#history.newer()
    if (text === null) return
    event.preventDefault()
    this.#keep({ draft: text, draftType: this.draftType === 'file' ? 'text' : this.draftType })
    box.value = text
    // The caret goes where the next press of the same key leads on through the history.
    const caret = older ? 0 : text.length
    box.setSelectionRange(caret, caret)
  }

  #handleSubmit(event: Event): void {
    event.preventDefault()
  }

  async #send(): Promise<void> {
    const text = this.draft
    const { message } = this.#ready()
    if (message === null || !this.#canSend) return
    if (!(await this.#run(this.model.api.send(message)))) return
    // A saved one stays, to be sent again.
    if (message.type === 'saved') return
    this.#history ??= createSentHistory(this.sent)
    this.#keep({ draft: '', draftType: this.draftType, sent: this.#history.add(text) })
  }

  /** Whether the call succeeded; its failure stands under the box. */
  async #run(call: Promise<void>): Promise<boolean> {
    try {
      await call
      this.#problem = ''
      return true
    } catch (error) {
      this.#problem = toError(error).message
      return false
    } finally {
      this.requestUpdate()
    }
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

interface Ready extends Omit<CheckedDraft, 'message'> {
  readonly message: MessageToSend | null
  /** What a ping could carry; null where the page does not know it. */
  readonly bytes: Uint8Array | null
}

function bytesOf(message: CheckedDraft['message']): Uint8Array | null {
  if (message === null) return null
  return message.type === 'text' ? new TextEncoder().encode(message.text) : message.bytes
}

function isOnFirstLine(box: HTMLTextAreaElement): boolean {
  return !box.value.slice(0, box.selectionStart).includes('\n')
}

function isOnLastLine(box: HTMLTextAreaElement): boolean {
  return !box.value.slice(box.selectionEnd).includes('\n')
}

customElements.define('lifeline-message', MessageForm)
