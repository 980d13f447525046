// The note of the selected frame's bookmark, in a box in which it is written.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { bookmarkLimits } from '../../shared/limits.ts'
import type { Bookmark } from '../../shared/session/bookmarks.ts'
import { toError } from '../../shared/unknown.ts'
import { withKey } from '../elements/keyHint.ts'
import { LightElement } from '../elements/lightElement.ts'
import { typedText } from '../elements/typedText.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** `<lifeline-note>`: draws `bookmark`. Enter and leaving keep what is typed, Escape does not; both keys fire `leave-find`. */
export class NoteLine extends LightElement {
  static override properties = {
    model: { attribute: false },
    bookmark: { attribute: false },
  }
  declare model: TimelineModel
  declare bookmark: Bookmark
  #typed: string | null = null
  /** Why what is typed was not kept. */
  #refused = ''

  override willUpdate(changed: PropertyValues<NoteLine>): void {
    const isOther = changed.has('bookmark') && changed.get('bookmark')?.seq !== this.bookmark.seq
    if (!isOther) return
    // The box stays, so that leaving does not tell.
    void this.#keep(changed.get('bookmark'))
    this.#typed = null
    this.#refused = ''
  }

  protected override updated(): void {
    const { bookmarks } = this.model
    if (bookmarks.wantedBox !== this.bookmark.seq) return
    bookmarks.wantedBox = null
    this.querySelector('input')?.select()
  }

  override render(): TemplateResult {
    const { seq, note } = this.bookmark
    const remove = withKey('Remove the bookmark', 'timeline.bookmark')
    return html`<div class="note-line"><i class="codicon codicon-bookmark" aria-hidden="true"></i>
        <input type="text" aria-label="Note of the bookmark" placeholder="Note (Enter keeps it)" autocomplete="off"
          maxlength=${bookmarkLimits.noteChars} .value=${this.#typed ?? note} aria-invalid=${this.#refused === '' ? nothing : 'true'}
          aria-describedby=${this.#refused === '' ? nothing : 'note-refused'}
          @input=${this.#handleInput} @keydown=${this.#handleKey} @blur=${() => void this.#keep()}>
        <button type="button" class="icon" title=${remove} aria-label=${remove}
          @click=${() => void this.model.bookmarks.change(seq, null)}><i class="codicon codicon-trash" aria-hidden="true"></i></button>
      </div>
      ${this.#refused === '' ? nothing : html`<p class="note-refused" id="note-refused" role="alert">${this.#refused}</p>`}`
  }

  #handleInput(event: InputEvent): void {
    this.#typed = typedText(event)
    this.#refused = ''
    this.requestUpdate()
  }

  #handleKey(event: KeyboardEvent): void {
    const { key } = event
    if (key !== 'Enter' && key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (key === 'Enter') void this.#keep().then((kept) => kept && this.#leave())
    else {
      this.#typed = null
      this.#refused = ''
      this.requestUpdate()
      this.#leave()
    }
  }

  #leave(): void {
    this.dispatchEvent(new CustomEvent('leave-find', { bubbles: true }))
  }

  /** Whether there is nothing that was not kept. A bookmark that was taken away meanwhile does not come back. */
  async #keep({ seq, note } = this.bookmark): Promise<boolean> {
    const typed = this.#typed
    if (typed === null || typed === note || !this.model.bookmarks.of(seq)) return true
    try {
      await this.model.bookmarks.set(seq, typed)
      if (this.#typed === typed) this.#typed = null
      return true
    } catch (error) {
      if (this.bookmark.seq !== seq) this.model.report(error)
      else this.#refused = toError(error).message
      return false
    } finally {
      this.requestUpdate()
    }
  }
}

customElements.define('lifeline-note', NoteLine)
