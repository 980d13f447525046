// The find bar over the rows: what is sought, how many rows match, and the way from one to the next.

import { html, nothing, type TemplateResult } from 'lit'
import { formatFilter } from '../../shared/filter/formatFilter.ts'
import { parseFilter } from '../../shared/filter/parseFilter.ts'
import { iconButton, searchButton } from '../elements/iconButton.ts'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'
import type { Finder } from './finder.ts'
import { findWords, spokenWords } from './findWords.ts'
import type { Direction } from './nextMatch.ts'

const typingMs = 150
/** A longer selection is not meant to be found. */
const maxSeedChars = 200

/** `<lifeline-find>`: draws nothing while `finder` is closed; fires `leave-find` when it is closed by hand. */
export class FindBar extends LightElement {
  static override properties = { finder: { attribute: false } }
  declare finder: Finder
  #typing: ReturnType<typeof setTimeout> | undefined
  #said = ''

  /** Opens it, and seeks what is selected on the page. */
  open(): void {
    const selected = getSelection()?.toString().trim() ?? ''
    const isSeed = selected !== '' && selected.length <= maxSeedChars && !/\n/.test(selected)
    this.finder.open()
    if (isSeed) this.finder.type(formatFilter({ kind: 'word', text: selected }))
    this.requestUpdate()
    void this.updateComplete.then(() => {
      this.#box?.focus()
      this.#box?.select()
    })
  }

  /** To the next match, or the one before; opens the bar where nothing has been sought yet. */
  step(direction: Direction): void {
    const { finder } = this
    if (finder.typed === '') this.open()
    else if (!finder.isOpen) finder.open()
    if (!this.#takeTyped()) finder.step(direction)
  }

  get #box(): HTMLInputElement | null {
    return this.querySelector('input')
  }

  override render(): TemplateResult | typeof nothing {
    const { finder } = this
    if (!finder.isOpen) return nothing
    const [mistake] = parseFilter(finder.typed).mistakes
    const idle = finder.text === ''
    const words = idle ? '' : findWords(finder.findings, finder.wrapped, finder.progress)
    const { isSlow, isStopped } = finder.search
    return html`<div class="find-bar" role="search" aria-label="Find">
      <input type="text" placeholder="Find" aria-label="Find" spellcheck="false" autocomplete="off"
        aria-invalid=${mistake === undefined ? nothing : 'true'}
        title="Finds rows and leaves the others; written as a filter is"
        .value=${finder.typed} @input=${this.#handleInput} @keydown=${this.#handleKey}>
      <span class="found" title=${mistake?.message ?? words}>${mistake?.message ?? words}</span>
      ${searchButton({ isSlow, isStopped, stop: () => finder.stop(), goOn: () => finder.searchOn() })}
      ${iconButton({ icon: 'arrow-up', name: 'Previous match (Shift+Enter)', idle, press: () => this.step('previous') })}
      ${iconButton({ icon: 'arrow-down', name: 'Next match (Enter)', idle, press: () => this.step('next') })}
      ${iconButton({ icon: 'close', name: 'Close (Escape)', press: () => this.#close() })}
      <span class="sr" role="status">${this.#spoken()}</span>
    </div>`
  }

  #spoken(): string {
    const { findings, wrapped, text, search, progress } = this.finder
    if (search.isStopped) this.#said = findWords(findings, wrapped, progress)
    else this.#said = text === '' ? '' : spokenWords(this.#said, findings, wrapped)
    return this.#said
  }

  #handleInput(event: InputEvent): void {
    const text = typedText(event)
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => this.finder.type(text), typingMs)
  }

  /** What stands in the box is sought from now on. False where it is already. */
  #takeTyped(): boolean {
    const text = this.#box?.value ?? this.finder.typed
    clearTimeout(this.#typing)
    if (text === this.finder.typed) return false
    this.finder.type(text)
    return true
  }

  #handleKey(event: KeyboardEvent): void {
    const { key, shiftKey } = event
    if (key !== 'Enter' && key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (key === 'Enter') this.step(shiftKey ? 'previous' : 'next')
    else this.stepBack()
  }

  /** Stops a long search, or else closes and gives the keys back to the rows. False where nothing is open. */
  stepBack(): boolean {
    if (!this.finder.isOpen) return false
    if (!this.finder.stop()) this.#close()
    return true
  }

  #close(): void {
    clearTimeout(this.#typing)
    this.finder.typed = this.#box?.value ?? ''
    this.finder.close()
    this.dispatchEvent(new CustomEvent('leave-find', { bubbles: true }))
  }
}

customElements.define('lifeline-find', FindBar)
