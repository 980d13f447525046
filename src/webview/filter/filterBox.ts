// The filter box: what is typed in colours, its mistakes underlined, and a list under it of what may be typed.

import { html, nothing, type TemplateResult } from 'lit'
import type { Row } from '../../shared/session/captureRows.ts'
import { choiceForKey, choiceId } from '../elements/choice.ts'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'
import { stopSearch } from '../model/stopSearch.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { alignColours } from './alignColours.ts'
import { filterCounts } from './filterCounts.ts'
import { FilterDraft } from './filterDraft.ts'
import { FilterOffers } from './filterOffers.ts'
import { filterPopup, listId } from './filterPopup.ts'
import { filterParts } from './filterTokens.ts'
import { withLastFilter } from './lastFilters.ts'

/** `<lifeline-filter>`: acts on `model`, whose changes its owner has it draw; fires `leave-filter`. */
export class FilterBox extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  readonly #draft = new FilterDraft({
    apply: (text) => this.model.shown.setText(text),
    changed: () => this.requestUpdate(),
  })
  readonly #offers = new FilterOffers({
    text: () => this.#draft.text,
    caret: () => this.#box?.selectionStart ?? this.#draft.text.length,
    rows: () => rowsInView(this.model),
    connections: () => this.model.connections.rows,
    saved: () => this.model.session?.filters ?? [],
    last: () => this.model.habits.current.lastFilters,
    changed: () => this.requestUpdate(),
  })
  #hasFocus = false

  focusBox(): void {
    this.#box?.focus()
    this.#box?.select()
  }

  get #box(): HTMLInputElement | null {
    return this.querySelector('input')
  }

  protected override willUpdate(): void {
    this.#draft.see(this.model.shown.filter.text)
  }

  protected override firstUpdated(): void {
    const colours = this.querySelector<HTMLElement>('.colours > span')
    if (this.#box && colours) alignColours(this.#box, colours)
  }

  override render(): TemplateResult {
    const { text, mistakes } = this.#draft
    const { choices, active, kind } = this.#offers
    const open = choices.length > 0
    const looks = `${mistakes.length > 0 ? 'mistaken' : ''} ${text === '' ? '' : 'filled'}`
    return html`<div class="filter ${looks}" @focusout=${this.#handleFocusOut}>
      <i class="codicon codicon-filter" aria-hidden="true"></i>
      <div class="typed">
        <input type="text" role="combobox" aria-label="Filter" placeholder=${this.#placeholder} title="Filter (/)"
          spellcheck="false" autocomplete="off" autocapitalize="off"
          aria-autocomplete="list" aria-expanded=${String(open)} aria-controls=${open ? listId : nothing}
          aria-activedescendant=${open && active >= 0 ? choiceId(listId, active) : nothing}
          aria-invalid=${mistakes.length > 0 ? 'true' : nothing} aria-describedby="filter-told"
          .value=${text} @input=${this.#handleInput} @keydown=${this.#handleKey} @focus=${this.#handleFocus}
>
        <div class="colours" aria-hidden="true"><span>${filterParts(text, mistakes).map(
          ({ text: part, look, mistaken }) =>
            html`<i class="${look} ${mistaken ? 'mistake' : ''}">${part}</i>`,
        )}</span></div>
      </div>
      ${this.#counts()}
      <button type="button" class="icon examples" title="Examples" aria-label="Examples of filters" aria-expanded=${String(kind === 'examples')}
        @click=${this.#toggleExamples}><i class="codicon codicon-question" aria-hidden="true"></i></button>
      ${filterPopup(this.#draft, this.#offers, (index) => this.#choose(index))}
    </div>`
  }

  /** Says how to come to filters that were used, where the keys are. */
  get #placeholder(): string {
    return this.#hasFocus && this.#offers.hasUsed ? 'Filter (↓ for saved and last ones)' : 'Filter'
  }

  #counts(): TemplateResult | typeof nothing {
    if (this.#draft.text === '') return nothing
    return filterCounts({ model: this.model, draft: this.#draft, empty: () => this.#empty() })
  }

  #handleInput(event: InputEvent): void {
    this.#draft.type(typedText(event))
    this.#offers.offer('completion')
  }

  #handleFocus(): void {
    this.#hasFocus = true
    this.requestUpdate()
  }

  #handleFocusOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && this.contains(relatedTarget)) return
    this.#hasFocus = false
    this.#offers.offer('none')
    if (this.#draft.apply()) this.#remember()
  }

  #toggleExamples(): void {
    this.#box?.focus()
    this.#offers.offer(this.#offers.kind === 'examples' ? 'none' : 'examples')
  }

  #handleKey(event: KeyboardEvent): void {
    if (this.#performKey(event)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  /** Whether the key means something here. */
  #performKey({ key, ctrlKey, altKey, isComposing }: KeyboardEvent): boolean {
    if (isComposing) return false
    const next = choiceForKey(key, this.#offers.active, this.#offers.choices.length)
    if (key === 'ArrowDown' && altKey) this.#offers.offer('used')
    else if (key === ' ' && ctrlKey) this.#offers.offer('completion', true)
    else if (next !== null) this.#offers.activate(next)
    else if ((key === 'Enter' || key === 'Tab') && this.#offers.active >= 0)
      this.#choose(this.#offers.active)
    else if (key === 'Escape') this.#escape()
    else if (this.#opensUsed(key)) this.#offers.activate(0)
    else if (key === 'Enter' || key === 'ArrowDown') this.#leave()
    else return false
    return true
  }

  /** As in VS Code's own boxes, up and down lead to what was there before; none of them opens by itself. */
  #opensUsed(key: string): boolean {
    if (!/^Arrow(Up|Down)$/.test(key) || this.#draft.text !== '' || !this.#offers.hasUsed)
      return false
    this.#offers.offer('used')
    return true
  }

  #choose(index: number): void {
    const choice = this.#offers.choices[index]
    const box = this.#box
    if (!choice || !box) return
    const { from, to, insert } = choice
    const { text } = this.#draft
    this.#draft.type(text.slice(0, from) + insert + text.slice(to))
    // Drawn only when the model changes.
    box.value = this.#draft.text
    box.setSelectionRange(from + insert.length, from + insert.length)
    box.focus()
    if (this.#offers.kind === 'completion') this.#offers.offer('completion')
    else this.#offers.offer('none')
  }

  /** Closes the list, empties the box, leaves it: the first of these that there is to do. */
  #escape(): void {
    if (this.#offers.choices.length > 0) this.#offers.offer('none')
    else if (this.#draft.text === '') this.#leave()
    else if (!stopSearch(this.model)) this.#empty()
  }

  #leave(): void {
    if (!this.#draft.applyOrTell()) return
    this.dispatchEvent(new CustomEvent('leave-filter', { bubbles: true }))
  }

  #empty(): void {
    this.#remember()
    this.#draft.type('')
    this.#draft.apply()
    this.focusBox()
    this.#offers.offer('none')
  }

  #remember(): void {
    const { habits, shown } = this.model
    const lastFilters = withLastFilter(habits.current.lastFilters, shown.filter.text)
    if (lastFilters[0] !== habits.current.lastFilters[0]) habits.change({ lastFilters })
  }
}

function rowsInView({ jump, shown }: TimelineModel): readonly Row[] {
  const { first, end } = jump.seen()
  const rows = Array.from({ length: end - first }, (_, at) => shown.rows.row(first + at))
  return rows.filter((row) => row !== undefined)
}

customElements.define('lifeline-filter', FilterBox)
