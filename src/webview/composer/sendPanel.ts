// The panel under the send box: the time between repeats, or the code and reason to close with.

import { html, type PropertyValues, type TemplateResult } from 'lit'
import { checkClose } from '../../shared/frame/closeCodes.ts'
import { parseDuration } from '../../shared/text/duration.ts'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'

export type SendPanelKind = 'repeat' | 'close'

export interface RepeatWish {
  readonly everyMs: number
}

export interface CloseWish {
  readonly code: number
  readonly reason: string
}

/**
 * `<lifeline-send-panel>`: fires `repeat` with a `RepeatWish`, `close-with` with a `CloseWish`, and `leave`
 * on Escape. What was typed stays while the element is there.
 */
export class SendPanel extends LightElement {
  static override properties = { kind: { attribute: false }, sendable: { attribute: false } }
  declare kind: SendPanelKind
  /** Whether there is a message that could be repeated. */
  declare sendable: boolean
  #every = '2s'
  #code = '1000'
  #reason = ''

  protected override updated(changed: PropertyValues): void {
    if (changed.has('kind')) this.querySelector<HTMLInputElement>('input')?.select()
  }

  override render(): TemplateResult {
    return this.kind === 'repeat' ? this.#repeat() : this.#close()
  }

  #repeat(): TemplateResult {
    const everyMs = parseDuration(this.#every.trim())
    const problem =
      everyMs === null
        ? 'Write a time such as “2s”, “500ms” or “1m”.'
        : this.sendable
          ? ''
          : 'Write the message first.'
    const start = () => {
      if (problem === '' && everyMs !== null) this.#fire('repeat', { everyMs })
    }
    return html`<div class="send-panel" role="group" aria-label="Repeat the message" @keydown=${this.#keys(start)}>
      <label>Send the message every ${this.#input('every', this.#every, (text) => {
        this.#every = text
      })}</label>
      <button type="button" class="tool" ?disabled=${problem !== ''} @click=${start}>Start</button>
      <span class="hint error" role="status">${problem}</span>
    </div>`
  }

  #close(): TemplateResult {
    const code = /^\d{1,5}$/.test(this.#code.trim()) ? Number(this.#code) : Number.NaN
    const problem = checkClose(code, this.#reason)
    const close = () => {
      if (problem === null) this.#fire('close-with', { code, reason: this.#reason })
    }
    return html`<div class="send-panel" role="group" aria-label="Close the connection" @keydown=${this.#keys(close)}>
      <label>Code ${this.#input('code', this.#code, (text) => {
        this.#code = text
      })}</label>
      <label class="reason">Reason ${this.#input(
        'words',
        this.#reason,
        (text) => {
          this.#reason = text
        },
        'Optional',
      )}</label>
      <button type="button" class="tool" ?disabled=${problem !== null} @click=${close}>Close the connection</button>
      <span class="hint ${problem === null ? '' : 'error'}" role="status">${problem ?? 'This ends the session.'}</span>
    </div>`
  }

  #input(
    name: string,
    value: string,
    keep: (text: string) => void,
    placeholder = '',
  ): TemplateResult {
    return html`<input type="text" class=${name} spellcheck="false" placeholder=${placeholder} .value=${value}
      @input=${(event: Event) => {
        keep(typedText(event))
        this.requestUpdate()
      }}>`
  }

  #keys(confirm: () => void): (event: KeyboardEvent) => void {
    return (event) => {
      if (event.key === 'Escape') this.#fire('leave', null)
      else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) confirm()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
  }

  #fire(name: string, detail: RepeatWish | CloseWish | null): void {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }
}

customElements.define('lifeline-send-panel', SendPanel)
