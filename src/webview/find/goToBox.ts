// The go-to box over the rows: a frame's number, a time, or what to go to. Without the box, the sentence that there is nothing.

import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import { choiceForKey, choiceId } from '../elements/choice.ts'
import '../elements/choiceList.ts'
import { iconButton } from '../elements/iconButton.ts'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'
import { progressWords, SlowSearch } from '../model/slowSearch.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { createGoTo, type GoTo } from './goTo.ts'
import { type GoToChoice, goToChoices } from './goToChoices.ts'
import type { GoToSpan } from './parseGoTo.ts'

const listId = 'go-to-choices'
/** A sentence is read by then. */
const toldMs = 5000

/** `<lifeline-go-to>`: fires `perform` for an act that is chosen, `open-detail`, and `leave-find` when it is left. */
export class GoToBox extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  #isOpen = false
  #text = ''
  #active = 0
  #told = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #goTo: GoTo | null = null
  readonly #search = new SlowSearch()

  /** The ways of `model`. */
  get goTo(): GoTo {
    this.#goTo ??= createGoTo(this.model, {
      search: this.#search,
      searched: () => this.requestUpdate(),
      tell: (sentence) => this.#tell(sentence),
      openDetail: () => {
        this.dispatchEvent(
          new CustomEvent('open-detail', { bubbles: true, detail: { focus: false } }),
        )
      },
    })
    return this.#goTo
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Whatever has the focus.
    document.addEventListener('keydown', this.#handleEscape, { capture: true })
  }

  override disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#handleEscape, { capture: true })
    super.disconnectedCallback()
  }

  open(): void {
    this.#isOpen = true
    this.#type('')
    void this.updateComplete.then(() => this.querySelector('input')?.focus())
  }

  override render(): TemplateResult {
    return html`${this.#isOpen ? this.#box() : this.#progress()}
      <p class="told" role="status" ?hidden=${this.#isOpen || this.#search.isSlow || this.#told === ''}>${this.#told}</p>`
  }

  /** Of a search that takes long. */
  #progress(): TemplateResult | typeof nothing {
    if (!this.#search.isSlow) return nothing
    const stop = iconButton({
      icon: 'debug-stop',
      name: 'Stop the search (Escape)',
      press: () => this.#search.stop(),
    })
    return html`<div class="told searching"><span class="found">${progressWords(this.#search, this.model)}</span>${stop}</div>`
  }

  readonly #handleEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#isOpen || !this.#search.stop()) return
    event.preventDefault()
    event.stopPropagation()
  }

  #box(): TemplateResult {
    const choices = this.#choices
    const active = choices.length === 0 ? nothing : choiceId(listId, this.#active)
    return html`<div class="go-to" @focusout=${this.#handleFocusOut}>
      <input type="text" role="combobox" aria-label="Go to" aria-expanded="true" aria-autocomplete="list"
        aria-controls=${listId} aria-activedescendant=${active} spellcheck="false" autocomplete="off"
        placeholder="Number of a frame, 12.5s, 14:22:07 …" .value=${this.#text}
        @input=${(event: InputEvent) => this.#type(typedText(event))} @keydown=${this.#handleKey}>
      ${
        choices.length === 0
          ? html`<p role="status">Type the number of a frame (<code>1234</code>), a time since the start (<code>12.5s</code>, <code>1m 30s</code>, <code>2:05.120</code>) or a time of day (<code>14:22:07</code>).</p>`
          : html`<lifeline-choices .choices=${choices} .active=${this.#active} .listId=${listId} .name=${'Places to go to'}
              @choose=${({ detail }: CustomEvent<number>) => this.#go(detail)}></lifeline-choices>`
      }
    </div>`
  }

  get #choices(): readonly GoToChoice[] {
    return goToChoices(this.#text, this.#span, this.model.bookmarks.all)
  }

  get #span(): GoToSpan | null {
    const { status, clock } = this.model
    if (!status || status.startedAt === null) return null
    return { startedAt: status.startedAt, lastAt: status.endedAt ?? clock.now() }
  }

  #type(text: string): void {
    this.#text = text
    this.#active = 0
    this.requestUpdate()
  }

  #handleKey(event: KeyboardEvent): void {
    const { key } = event
    const active = choiceForKey(key, this.#active, this.#choices.length)
    if (active === null && key !== 'Enter' && key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (key === 'Enter') this.#go(this.#active)
    else if (key === 'Escape') this.#close()
    else {
      this.#active = active ?? 0
      this.requestUpdate()
    }
  }

  #handleFocusOut({ relatedTarget }: FocusEvent): void {
    // Another part of the window may have it for a while.
    if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.#hide()
  }

  #go(index: number): void {
    const goes = this.#choices[index]?.goes
    if (goes === undefined) return
    this.#close()
    if (goes.to === 'frame') void this.goTo.frame(goes.seq)
    else if (goes.to === 'time') void this.goTo.time(goes.elapsedMs)
    else this.#perform(goes.action)
  }

  #perform(detail: TimelineAction): void {
    this.dispatchEvent(new CustomEvent('perform', { bubbles: true, detail }))
  }

  #close(): void {
    this.#hide()
    this.dispatchEvent(new CustomEvent('leave-find', { bubbles: true }))
  }

  #hide(): void {
    this.#isOpen = false
    this.requestUpdate()
  }

  #tell(sentence: string): void {
    clearTimeout(this.#timer)
    this.#told = sentence
    this.#timer = setTimeout(() => this.#tell(''), toldMs)
    if (sentence === '') clearTimeout(this.#timer)
    this.requestUpdate()
  }
}

customElements.define('lifeline-go-to', GoToBox)
