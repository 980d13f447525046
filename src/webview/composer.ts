// At the bottom: the send box of a WebSocket, or the companion request of the other methods.

import '@vscode-elements/elements/dist/vscode-button/index.js'
import { html, type TemplateResult } from 'lit'
import './companionForm.ts'
import type { CompanionForm } from './companionForm.ts'
import { looksLikeJson, parseJson } from './jsonDocument.ts'
import { LightElement } from './lightElement.ts'
import { createSentHistory, type SentHistory } from './sentHistory.ts'
import type { TimelineModel } from './timelineModel.ts'

/** `<lifeline-composer>`: fires `composed` with the draft and the sent messages to keep. */
export class Composer extends LightElement {
  static override properties = {
    model: { attribute: false },
    draft: { attribute: false },
    sent: { attribute: false },
  }
  declare model: TimelineModel
  declare draft: string
  declare sent: readonly string[]
  #history: SentHistory | null = null
  #problem = ''

  focusInput(): void {
    this.querySelector<CompanionForm>('lifeline-companion')?.open()
    this.querySelector<HTMLTextAreaElement>('.send textarea')?.focus()
  }

  override render(): TemplateResult {
    if (this.model.status?.method !== 'websocket') {
      return html`<lifeline-companion .model=${this.model}></lifeline-companion>`
    }
    const canSend = this.model.status.canSend
    const hint = this.#hint(canSend)
    return html`<form class="send" aria-label="Send a message" @submit=${this.#handleSubmit}>
      <textarea aria-label="Message" aria-describedby="send-hint" rows="3" spellcheck="false"
        placeholder="Message to send" .value=${this.draft}
        @input=${this.#handleInput} @keydown=${this.#handleKey}></textarea>
      <div class="send-side">
        <vscode-button ?disabled=${!canSend || this.draft === ''} title="Send (Ctrl+Enter)"
          @click=${() => void this.#send()}>Send<span class="keys">Ctrl+Enter</span></vscode-button>
        <p id="send-hint" class="hint ${hint.tone}" role="status">${hint.text}</p>
      </div>
    </form>`
  }

  #hint(canSend: boolean): { readonly text: string; readonly tone: string } {
    if (this.#problem !== '') return { text: this.#problem, tone: 'error' }
    if (!canSend) return { text: this.#closedReason(), tone: '' }
    if (!looksLikeJson(this.draft)) return { text: '', tone: '' }
    const parsed = parseJson(this.draft)
    if (parsed.ok) return { text: 'Valid JSON', tone: 'good' }
    const { line, column, message } = parsed.problem
    const where = `Line ${line}, column ${column}`
    return { text: `${where}: ${message}. It can still be sent as text.`, tone: 'warning' }
  }

  #closedReason(): string {
    const state = this.model.status?.state
    return state === 'ended'
      ? 'The session has ended. Reconnect to send.'
      : 'Messages can be sent once the connection is open.'
  }

  #handleInput(event: InputEvent): void {
    this.#problem = ''
    this.#keep({ draft: (event.target as HTMLTextAreaElement).value })
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
    this.#keep({ draft: text })
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
    if (text === '' || this.model.status?.canSend !== true) return
    try {
      await this.model.api.send({ type: 'text', text })
      this.#history ??= createSentHistory(this.sent)
      this.#keep({ draft: '', sent: this.#history.add(text) })
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error)
      this.requestUpdate()
    }
  }

  #keep(detail: { readonly draft: string; readonly sent?: readonly string[] }): void {
    this.draft = detail.draft
    this.dispatchEvent(new CustomEvent('composed', { bubbles: true, detail }))
  }
}

function isOnFirstLine(box: HTMLTextAreaElement): boolean {
  return !box.value.slice(0, box.selectionStart).includes('\n')
}

function isOnLastLine(box: HTMLTextAreaElement): boolean {
  return !box.value.slice(box.selectionEnd).includes('\n')
}

customElements.define('lifeline-composer', Composer)
