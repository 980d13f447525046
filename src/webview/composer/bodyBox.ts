// The body of a request beside the stream: a text box with the help for JSON that the send box has.

import { html, nothing, type TemplateResult } from 'lit'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { JsonHelp } from './jsonHelp.ts'

/** `<lifeline-body>`: fires `typed` with the text. */
export class BodyBox extends LightElement {
  static override properties = {
    model: { attribute: false },
    text: { attribute: false },
    known: { attribute: false },
  }
  declare model: TimelineModel
  declare text: string
  /** Bodies of saved requests. */
  declare known: readonly string[]
  readonly #json = new JsonHelp({
    model: () => this.model,
    box: () => this.querySelector('textarea'),
    own: () => this.known,
    seen: { out: 'kind:request', in: '(kind:event or kind:response)' },
    applies: () => true,
    changed: () => this.requestUpdate(),
  })

  override render(): TemplateResult {
    return html`<div class="body-head"><label for="request-body">Body</label>${this.#json.button(this.text)}</div>
      <div class="json-box"><textarea id="request-body" rows="3" spellcheck="false" .value=${this.text} aria-describedby="request-hint"
          aria-autocomplete="list" aria-controls=${this.#json.listId ?? nothing} aria-activedescendant=${this.#json.activeId ?? nothing}
          @input=${this.#handleInput} @keydown=${this.#handleKey} @blur=${() => this.#json.close()}></textarea>
        ${this.#json.list()}${this.#json.mark(this.text)}</div>`
  }

  #handleInput(event: InputEvent): void {
    this.dispatchEvent(new CustomEvent('typed', { detail: typedText(event) }))
    this.#json.offer()
  }

  #handleKey(event: KeyboardEvent): void {
    if (!this.#json.press(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
}

customElements.define('lifeline-body', BodyBox)
