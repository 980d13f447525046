// Finding within one payload: what is sought, where it stands, and which of the matches is the current one.

import { formatCount } from '../../../shared/text/units.ts'
import {
  findBytes,
  findText,
  type Matches,
  noMatches,
  placeFrom,
  type Search,
  soughtBytes,
} from './findMatches.ts'
import type { PayloadContent } from './payloadContent.ts'
import type { PayloadForm } from './payloadForms.ts'
import type { TextMark } from './textView.ts'

export interface FinderOptions {
  readonly content: () => PayloadContent | null
  readonly form: () => PayloadForm
  /** Whether what is decoded shows the character at this place. */
  readonly isDecoded: (place: number) => boolean
  /** It is to be drawn anew; `reveal`: the current match is another one. */
  readonly changed: (reveal: boolean) => void
}

export class PayloadFinder {
  isOpen = false
  sought = ''
  matches: Matches = noMatches
  /** From 0. */
  current = 0
  /** Of what is still being sought, from 0 to 1; null while nothing is. */
  #share: number | null = null
  /** In which content and form was sought what. */
  #done = ''
  #content: PayloadContent | null = null
  readonly #options: FinderOptions

  constructor(options: FinderOptions) {
    this.#options = options
  }

  open(): void {
    this.isOpen = true
    this.#options.changed(false)
  }

  close(): void {
    this.isOpen = false
    this.matches = noMatches
    this.#done = ''
    this.#options.changed(false)
  }

  type(sought: string): void {
    this.sought = sought
    void this.seek()
  }

  /** Where another payload or another form is shown, it is sought there. */
  async seek(): Promise<void> {
    const content = this.#options.content()
    const form = this.#options.form()
    // What is decoded shows parts of the tree, once that is read.
    const done = `${form} ${form === 'decoded' ? content?.tree.kind : ''} ${this.sought}`
    if (!this.isOpen || !content || (done === this.#done && content === this.#content)) return
    this.#done = done
    this.#content = content
    this.#share = this.sought === '' ? null : 0
    this.#options.changed(false)
    const isOver = () => this.#done !== done || this.#content !== content || !this.isOpen
    // The whole of it is needed: it is read and laid out as quickly as it comes.
    while (this.sought !== '' && content.share(form) < 1 && content.problem === '') {
      if (content.reader.complete) await nextTask()
      else await content.more()
      content.text(form)
      if (isOver()) return
    }
    const found = await this.#run(this.#search(content, form), isOver)
    if (found === null) return
    this.#share = null
    this.current = 0
    this.matches = found
    this.#options.changed(found.places.length > 0)
  }

  #search(content: PayloadContent, form: PayloadForm): Search {
    const sought = form === 'picture' ? '' : this.sought
    if (form === 'decoded') {
      return onlyAt(findText(content.text(form), sought), this.#options.isDecoded)
    }
    if (form !== 'hex' || sought === '') return findText(content.text(form), sought)
    return findBytes(content.reader.all(), soughtBytes(sought))
  }

  /** What is small is found at once. Null where something else is sought meanwhile. */
  async #run(search: Search, isOver: () => boolean): Promise<Matches | null> {
    let next = search.next()
    // Nothing large is searched while letters are still coming.
    if (!next.done) await pause(typingMs)
    for (; !next.done; next = search.next()) {
      if (isOver()) return null
      this.#share = next.value
      this.#options.changed(false)
      await nextTask()
    }
    return isOver() ? null : next.value
  }

  step(by: 1 | -1): void {
    const { length } = this.matches.places
    if (length === 0) return
    this.current = (this.current + by + length) % length
    this.#options.changed(true)
  }

  /** Where the current match begins; null where there is none. */
  get place(): number | null {
    return this.matches.places[this.current] ?? null
  }

  /** `3 of 12`. */
  get words(): string {
    const { places, more } = this.matches
    if (this.sought === '') return ''
    if (this.#share !== null)
      return this.#share === 0 ? 'searching' : `searching ${Math.floor(this.#share * 10) * 10} %`
    if (places.length === 0) return 'No matches'
    return `${formatCount(this.current + 1)} of ${formatCount(places.length)}${more ? '+' : ''}`
  }

  readonly marksIn = (from: number, end: number): readonly TextMark[] => {
    const { matches } = this
    const { places, length } = matches
    const marks: TextMark[] = []
    for (let i = placeFrom(matches, from - length + 1); i < places.length; i++) {
      const at = places[i] ?? 0
      if (at >= end) break
      marks.push({ from: at, end: at + length, current: i === this.current })
    }
    return marks
  }
}

function* onlyAt(search: Search, fits: (place: number) => boolean): Search {
  const found = yield* search
  return { ...found, places: found.places.filter(fits) }
}

/** The time between two letters. */
const typingMs = 150

/** Keys and clicks come first. */
function nextTask(): Promise<void> {
  return pause(0)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
