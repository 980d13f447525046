// The boxes of one held message or answer, in which it is changed before it passes.

import { html, nothing, type TemplateResult } from 'lit'
import { hasReference } from '../../../shared/endpoint/references.ts'
import type { HeldContent, HeldItem, HoldVerdict } from '../../../shared/session/tapHolds.ts'
import { cutText, visibleLine } from '../../../shared/text/visibleText.ts'
import { createFormCalls } from '../../composer/formCalls.ts'
import { hintLine, isSendKey } from '../../composer/formParts.ts'
import { type Hint, problemHint } from '../../composer/hint.ts'
import '../../composer/jsonBox.ts'
import type { JsonBox } from '../../composer/jsonBox.ts'
import { checkDraft } from '../../composer/messageDraft.ts'
import { LightElement } from '../../elements/lightElement.ts'
import { typedText } from '../../elements/typedText.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { type HeldDraft, heldDraftOf, type ReadHeld, readHeld, replacedPart } from './heldDraft.ts'
import { keepDraft, keptDraft } from './keptDrafts.ts'

/** Of what stood there before. UTF-16 units. */
const wasChars = 60

/** Of an answer to HEAD, of 204 and of 304. */
const noBody = 'It has no body. What you write goes on where its status can have one.'

/** `<lifeline-held>`: of `model` and its held `item`; fires `decided` when the user has decided, and `undecided` where that could not be. */
export class HeldEditor extends LightElement {
  static override properties = { model: { attribute: false }, item: { attribute: false } }
  declare model: TimelineModel
  declare item: HeldItem
  readonly #calls = createFormCalls(() => this.requestUpdate())
  #content: HeldContent | null = null
  /** As it came; null where it cannot be changed. */
  #before: HeldDraft | null = null
  #draft: HeldDraft | null = null
  #isRead = false
  #takesFocus = false

  /** Goes to what is to be changed, once it is there. */
  takeFocus(): void {
    this.#takesFocus = true
    this.requestUpdate()
  }

  protected override firstUpdated(): void {
    void this.#read()
  }

  protected override updated(): void {
    if (this.#takesFocus && this.#isRead) this.#focus()
  }

  #focus(): void {
    this.#takesFocus = false
    const box = this.querySelector<JsonBox>('lifeline-json-box')
    if (box) void box.focusBox().then(() => this.scrollIntoView({ block: 'nearest' }))
    else this.querySelector<HTMLElement>('.acts button')?.focus()
  }

  async #read(): Promise<void> {
    const read = async () => {
      this.#content = await this.model.api.heldContent(this.item.id)
      this.#before = heldDraftOf(this.#content)
      this.#draft = this.#before && (keptDraft(this.model, this.item) ?? this.#before)
    }
    await this.#calls.run(read())
    this.#isRead = true
    this.requestUpdate()
  }

  override render(): TemplateResult {
    const read = this.#readDraft()
    const isChanged = !read.ok || read.verdict.kind === 'change'
    return html`<form class="tap-form held-form" @submit=${(event: Event) => event.preventDefault()} @keydown=${this.#handleKey}>
      ${this.#boxes()}
      ${hintLine(this.#hintId, this.#hint(read))}
      <div class="acts"><button type="submit" ?disabled=${!this.#isRead || !read.ok} title="Ctrl+Enter" @click=${() => this.#pass()}>${isChanged ? 'Pass changed' : 'Let pass'}</button>
        <button type="button" title="It goes nowhere" @click=${() => this.#decide({ kind: 'drop' })}>Drop</button>
        ${this.#was()}</div>
    </form>`
  }

  #boxes(): TemplateResult | typeof nothing {
    const content = this.#content
    const draft = this.#draft
    if (content === null || draft === null) return nothing
    if (content.kind === 'message') {
      const isBinary = content.message.type === 'binary'
      return this.#textBox(isBinary ? 'Message in hex' : 'Message', draft.text, isBinary)
    }
    return html`<label>Status <input type="text" name="status" spellcheck="false" autocomplete="off" .value=${draft.status} @input=${(event: Event) => this.#change({ status: typedText(event) })}></label>
      <label class="over">Header fields <textarea name="fields" rows="2" spellcheck="false" .value=${draft.fields} @input=${(event: Event) => this.#change({ fields: typedText(event) })}></textarea></label>
      ${content.body === null && !content.bodiless ? nothing : this.#textBox('Body', draft.text, false)}`
  }

  #textBox(label: string, text: string, plain: boolean): TemplateResult {
    return html`<lifeline-json-box .model=${this.model} .label=${label} .name=${`held-${this.item.id}`} .hint=${this.#hintId}
      .text=${text} .plain=${plain} @typed=${({ detail }: CustomEvent<string>) => this.#change({ text: detail })}></lifeline-json-box>`
  }

  get #hintId(): string {
    return `held-hint-${this.item.id}`
  }

  #readDraft(): ReadHeld {
    return this.#content === null || this.#before === null || this.#draft === null
      ? { ok: true, verdict: { kind: 'pass' } }
      : readHeld(this.#content, this.#before, this.#draft)
  }

  #hint(read: ReadHeld): Hint {
    const { problem } = this.#calls
    if (problem !== null) return problemHint(problem, this.model)
    if (!read.ok) return { text: read.message, tone: 'error' }
    const content = this.#content
    if (content === null) return { text: '', tone: '' }
    if (this.#draft === null)
      return { text: 'It is too large to be changed here. Let it pass, or drop it.', tone: '' }
    const { fields, text } = this.#draft
    if (content.kind === 'answer' && content.body === null && text === '')
      return {
        text: content.bodiless ? noBody : 'The body is no text and stays as it is.',
        tone: '',
      }
    if ([fields, text].some(hasReference))
      return { text: 'References stand for their values again when it passes.', tone: '' }
    const isBinary = content.kind === 'message' && content.message.type === 'binary'
    const { hint, tone } = checkDraft(isBinary ? 'hex' : 'text', text)
    return { text: hint, tone }
  }

  #was(): TemplateResult | typeof nothing {
    const before = this.#before
    const draft = this.#draft
    if (before === null || draft === null) return nothing
    const parts = (['status', 'fields', 'text'] as const)
      .map((part) => replacedPart(before[part], draft[part]))
      .filter((part) => part !== '')
    if (parts.length === 0) return nothing
    const words = parts.map((part) => cutText(visibleLine(part), wasChars)).join(' · ')
    return html`<span class="was">was ${words}</span>`
  }

  #change(part: Partial<HeldDraft>): void {
    if (this.#draft) {
      this.#draft = { ...this.#draft, ...part }
      keepDraft(this.model, this.item, this.#draft)
    }
    this.#calls.forget()
  }

  #handleKey(event: KeyboardEvent): void {
    if (!isSendKey(event)) return
    event.preventDefault()
    event.stopPropagation()
    // The key that is still down meant the one before.
    if (!event.repeat) this.#pass()
  }

  #pass(): void {
    const read = this.#readDraft()
    if (this.#isRead && read.ok && !this.#calls.busy) void this.#decide(read.verdict)
  }

  async #decide(verdict: HoldVerdict): Promise<void> {
    this.dispatchEvent(new CustomEvent('decided'))
    if (!(await this.#calls.run(this.model.api.decide(this.item.id, verdict))))
      this.dispatchEvent(new CustomEvent('undecided'))
  }
}

customElements.define('lifeline-held', HeldEditor)
