// The text in the filter box, which may be ahead of the filter of the rows: mistaken, or just typed.

import type { FilterMistake } from '../../shared/filter/filterScan.ts'
import { parseFilter } from '../../shared/filter/parseFilter.ts'

/** Who types is left alone for so long. */
const typingMs = 150
/** What is half typed is not mistaken yet. */
const mistakeMs = 500

export interface FilterDraftOptions {
  /** The rows are those of this text from now on. */
  readonly apply: (text: string) => void
  readonly changed: () => void
}

export class FilterDraft {
  text = ''
  /** Told a moment after they were typed. */
  mistakes: readonly FilterMistake[] = []
  /** The same of what may be meant otherwise. */
  hints: readonly FilterMistake[] = []
  readonly #options: FilterDraftOptions
  /** The filter of the rows, as it was seen last. */
  #seen = ''
  #applyTimer: ReturnType<typeof setTimeout> | undefined
  #mistakeTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: FilterDraftOptions) {
    this.#options = options
  }

  /** The rows have this filter now: somebody else may have given it to them. */
  see(text: string): void {
    if (text === this.#seen) return
    this.#seen = text
    this.#set(text)
  }

  type(text: string): void {
    this.#set(text)
    this.#applyTimer = setTimeout(() => this.apply(), typingMs)
    this.#mistakeTimer = setTimeout(() => this.tell(), mistakeMs)
  }

  /** The rows follow at once. False where mistakes are in the way, which are told. */
  apply(): boolean {
    clearTimeout(this.#applyTimer)
    const { node, mistakes } = parseFilter(this.text)
    if (mistakes.length > 0) return false
    const text = node === null ? '' : this.text.trim()
    if (text !== this.#seen) {
      this.#seen = text
      this.#options.apply(text)
    }
    return true
  }

  /** The same, with mistakes told at once. */
  applyOrTell(): boolean {
    const applied = this.apply()
    if (!applied) this.tell()
    return applied
  }

  /** Tells mistakes and hints at once. */
  tell(): void {
    clearTimeout(this.#mistakeTimer)
    const { mistakes, hints } = parseFilter(this.text)
    this.mistakes = mistakes
    this.hints = hints
    this.#options.changed()
  }

  #set(text: string): void {
    clearTimeout(this.#applyTimer)
    clearTimeout(this.#mistakeTimer)
    this.text = text
    this.mistakes = []
    this.hints = []
    this.#options.changed()
  }
}
