// A list of choices under a text box that keeps the focus: the list box of a combo box.

import { html, nothing, type TemplateResult } from 'lit'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { type Choice, choiceId } from './choice.ts'
import { LightElement } from './lightElement.ts'

/**
 * `<lifeline-choices>`: draws `choices`, `active` among them (-1: none); fires `choose` with the index of one that is
 * clicked. The box names it by `listId`, and the active one by `choiceId`.
 */
export class ChoiceList extends LightElement {
  static override properties = {
    choices: { attribute: false },
    active: { attribute: false },
    listId: { attribute: false },
    name: { attribute: false },
  }
  declare choices: readonly Choice[]
  declare active: number
  declare listId: string
  /** For screen readers. */
  declare name: string

  protected override updated(): void {
    this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }

  override render(): TemplateResult {
    return html`<ul role="listbox" id=${this.listId} aria-label=${this.name}>
      ${this.choices.map((choice, index) => this.#choice(choice, index))}
    </ul>`
  }

  #choice({ label, detail, group }: Choice, index: number): TemplateResult {
    // The box keeps the focus.
    const keep = (event: Event) => event.preventDefault()
    const choose = () => this.dispatchEvent(new CustomEvent('choose', { detail: index }))
    return html`${group === undefined ? nothing : html`<li class="group" role="presentation">${group}</li>`}
      <li role="option" id=${choiceId(this.listId, index)} aria-selected=${String(index === this.active)}
        @pointerdown=${keep} @click=${choose}>
        <span class="label">${visibleLine(label)}</span>
        ${detail === undefined ? nothing : html`<span class="detail">${visibleLine(detail)}</span>`}
      </li>`
  }
}

customElements.define('lifeline-choices', ChoiceList)
