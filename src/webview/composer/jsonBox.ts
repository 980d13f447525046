// A text box under its label with the help for JSON that the send box has.

import { html, nothing, type TemplateResult } from 'lit'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { JsonHelp } from './jsonHelp.ts'
import type { SeenFilters } from './readSeen.ts'

/** `<lifeline-json-box>`: fires `typed` with the text. */
export class JsonBox extends LightElement {
  static override properties = {
    model: { attribute: false },
    text: { attribute: false },
    known: { attribute: false },
    seen: { attribute: false },
    label: { attribute: false },
    name: { attribute: false },
    hint: { attribute: false },
    plain: { attribute: false },
  }
  declare model: TimelineModel
  declare text: string
  declare label: string
  /** Of the box on the page, so another for each. */
  declare name: string
  /** The id of the line that says what is wrong. */
  declare hint: string
  /** Texts that are offered before any that were seen. */
  declare known: readonly string[] | undefined
  /** Messages when it is left out. */
  declare seen: SeenFilters | undefined
  /** What is in it is not read as JSON. */
  declare plain: boolean | undefined
  readonly #json = new JsonHelp({
    model: () => this.model,
    box: () => this.querySelector('textarea'),
    own: () => this.known ?? [],
    seen: () => this.seen,
    applies: () => this.plain !== true,
    changed: () => this.requestUpdate(),
  })

  async focusBox(): Promise<void> {
    await this.updateComplete
    this.querySelector('textarea')?.focus()
  }

  override render(): TemplateResult {
    return html`<div class="body-head"><label for=${this.name}>${this.label}</label>${this.#json.button(this.text)}</div>
      <div class="json-box"><textarea id=${this.name} rows="3" spellcheck="false" .value=${this.text} aria-describedby=${this.hint}
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

customElements.define('lifeline-json-box', JsonBox)
