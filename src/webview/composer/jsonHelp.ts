// JSON in the send box: completion of names and words that were seen, and formatting.

import { html, nothing, type TemplateResult } from 'lit'
import { looksLikeJson } from '../../shared/text/jsonText.ts'
import { choiceForKey, choiceId } from '../elements/choice.ts'
import '../elements/choiceList.ts'
import { offsetOf } from '../json/jsonProblem.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { completeJson, type JsonChoice } from './completeJson.ts'
import { formatDraft } from './formatDraft.ts'
import './mistakeMark.ts'
import { readSeen, type SeenFilters } from './readSeen.ts'
import { replaceText } from './replaceText.ts'
import type { SeenJson } from './seenJson.ts'

const listId = 'json-choices'
/** Of a session that goes on: what is typed meanwhile is completed by what is known. */
const readEveryMs = 2000

export interface JsonHelpOptions {
  readonly model: () => TimelineModel
  readonly box: () => HTMLTextAreaElement | null
  /** Texts that are known without asking, the newest first. */
  readonly own: () => readonly string[]
  /** What is looked at besides; messages when it is left out. */
  readonly seen?: () => SeenFilters | undefined
  /** What is in the box is read as text or JSON. */
  readonly applies: () => boolean
  readonly changed: () => void
}

export class JsonHelp {
  #choices: readonly JsonChoice[] = []
  #active = -1
  #seen: SeenJson | null = null
  /** The number of frames when it was read. */
  #seenFrames = -1
  #readAgainAt = 0
  readonly #options: JsonHelpOptions

  constructor(options: JsonHelpOptions) {
    this.#options = options
  }

  /** For the box: the choice that has the focus. */
  get activeId(): string | null {
    return this.#active < 0 ? null : choiceId(listId, this.#active)
  }

  get listId(): string | null {
    return this.#choices.length === 0 ? null : listId
  }

  /** Above the box. */
  list(): TemplateResult | typeof nothing {
    if (this.#choices.length === 0) return nothing
    return html`<div class="json-choices"><lifeline-choices .choices=${this.#choices} .active=${this.#active} .listId=${listId} .name=${'Completions'}
      @choose=${({ detail }: CustomEvent<number>) => this.#choose(detail)}></lifeline-choices></div>`
  }

  /** Over the box: the line under a mistake. */
  mark(text: string): TemplateResult {
    return html`<lifeline-mistake .text=${this.#options.applies() ? text : ''}></lifeline-mistake>`
  }

  button(text: string): TemplateResult | typeof nothing {
    if (!this.#options.applies() || !looksLikeJson(text)) return nothing
    return html`<button type="button" class="link format" title="Format the JSON (Shift+Alt+F)"
      @click=${() => this.format()}>Format</button>`
  }

  /** After something was typed. */
  offer(all = false): void {
    const box = this.#options.box()
    if (box === null || !this.#options.applies() || !/^\s*[{[]/.test(box.value)) {
      this.close()
      return
    }
    if (this.#seen) this.#show(box, all)
    void this.#read(box, all)
  }

  /** Reads what was seen where that is old by now, and shows what fits then. */
  async #read(box: HTMLTextAreaElement, all: boolean): Promise<void> {
    const model = this.#options.model()
    const frames = model.status?.frames ?? 0
    if (this.#seenFrames === frames || performance.now() < this.#readAgainAt) return
    this.#seenFrames = frames
    this.#readAgainAt = performance.now() + readEveryMs
    this.#seen = await readSeen(model, this.#options.own(), this.#options.seen?.())
    if (document.activeElement === box) this.#show(box, all)
  }

  close(): void {
    if (this.#choices.length === 0) return
    this.#choices = []
    this.#active = -1
    this.#options.changed()
  }

  /** Whether the key meant something here. */
  press({ key, code, ctrlKey, shiftKey, altKey, isComposing }: KeyboardEvent): boolean {
    if (isComposing) return false
    if (code === 'KeyF' && shiftKey && altKey && !ctrlKey) return this.format()
    if (key === ' ' && ctrlKey) {
      this.offer(true)
      return this.#options.applies()
    }
    if (this.#choices.length === 0 || ctrlKey || altKey || shiftKey) return false
    const next = choiceForKey(key, this.#active, this.#choices.length)
    if (next !== null) {
      this.#active = next
      this.#options.changed()
    } else if ((key === 'Enter' || key === 'Tab') && this.#active >= 0) this.#choose(this.#active)
    else if (key === 'Escape') this.close()
    else {
      if (key !== 'Shift' && key.length > 1 && key !== 'Backspace') this.close()
      return false
    }
    return true
  }

  /** Sets out the lines; a mistake is selected instead, and said in the hint. */
  format(): boolean {
    const box = this.#options.box()
    if (box === null || !this.#options.applies() || box.readOnly || box.value.trim() === '')
      return false
    const done = formatDraft(box.value, box.selectionStart)
    box.focus()
    if (done.ok) replaceText(box, done.text, done.caret)
    else {
      const at = Math.min(offsetOf(box.value, done.problem), box.value.length)
      const from = Math.min(at, Math.max(0, box.value.length - 1))
      box.setSelectionRange(from, Math.max(at + done.problem.length, from + 1))
    }
    this.close()
    return true
  }

  #show(box: HTMLTextAreaElement, all: boolean): void {
    if (!this.#seen) return
    this.#choices =
      box.selectionStart === box.selectionEnd
        ? completeJson(box.value, box.selectionStart, this.#seen, all)
        : []
    this.#active = -1
    this.#options.changed()
  }

  #choose(index: number): void {
    const choice = this.#choices[index]
    const box = this.#options.box()
    if (!choice || !box) return
    box.focus()
    box.setSelectionRange(choice.from, choice.to)
    // As if it were typed: undo takes it back.
    if (!document.execCommand('insertText', false, choice.insert))
      box.setRangeText(choice.insert, choice.from, choice.to, 'end')
    this.#active = -1
    this.offer(choice.insert.endsWith(': '))
  }
}
