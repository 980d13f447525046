// The text of an answer on the page: parts, the caret where the stream is, marks, and the way from a word to its frame.

import { makeElement } from '../../elements/makeElement.ts'
import type { AnswerPart, AnswerText, TextRange } from '../../model/answerText.ts'
import { createDrawnPart, type DrawnPart, domRange } from './drawnParts.ts'
import { createElementRoom } from './elementRoom.ts'

export interface ShownText {
  /** Of which answer it is. */
  readonly id: number
  readonly text: AnswerText
  /** The stream goes on. */
  readonly open: boolean
  readonly selectedSeq: number | null
  /** The frames after stalls. */
  readonly stalledSeqs: readonly number[]
}

/** Names of `::highlight()`. */
const marks = { selected: 'answer-selected', stalled: 'answer-stalled' } as const

/** `<lifeline-answer-text>`: drawn by `show`; fires `choose-frame` with a sequence number. */
export class AnswerTextView extends HTMLElement {
  readonly #parts = new Map<number, DrawnPart>()
  readonly #caret = makeElement('i', 'stream-caret')
  #shown: ShownText | null = null
  /** Chosen here, and not selected yet; `isSeen`: its words are in view. */
  #chosen: { readonly seq: number; readonly isSeen: boolean } | null = null
  #markedSeq: number | null = null

  connectedCallback(): void {
    this.#caret.ariaHidden = 'true'
    this.addEventListener('click', this.#handleClick)
  }

  disconnectedCallback(): void {
    this.removeEventListener('click', this.#handleClick)
    for (const name of Object.values(marks)) CSS.highlights.delete(name)
  }

  show(shown: ShownText): void {
    if (this.#shown?.id !== shown.id) this.#clear()
    this.#shown = shown
    const { text, open } = shown
    const { parts, lastPart } = text
    let tools = 0
    const room = createElementRoom()
    for (const part of parts) {
      if (part.kind === 'tool') tools++
      this.#drawn(part).update(part, tools, open && part.part === lastPart, room)
    }
    this.#showCaret(open ? lastPart : null)
    this.#mark(shown)
  }

  #clear(): void {
    this.#parts.clear()
    this.#markedSeq = null
    this.replaceChildren()
  }

  #drawn(part: AnswerPart): DrawnPart {
    const known = this.#parts.get(part.part)
    if (known) return known
    const drawn = createDrawnPart(part.kind)
    this.#parts.set(part.part, drawn)
    const before = [...this.#parts.keys()].filter((number) => number < part.part)
    const last = this.#parts.get(Math.max(...before))?.root
    if (part.choice > 0) drawn.root.dataset.choice = `choice ${part.choice + 1}`
    if (last) last.after(drawn.root)
    else this.prepend(drawn.root)
    return drawn
  }

  #showCaret(part: number | null): void {
    const drawn = part === null ? undefined : this.#parts.get(part)
    if (!drawn) this.#caret.remove()
    else if (drawn.root instanceof HTMLDetailsElement && !drawn.root.open)
      drawn.root.querySelector('summary')?.append(this.#caret)
    else this.#putCaret(drawn)
  }

  #putCaret(drawn: DrawnPart): void {
    const last = drawn.texts().at(-1)?.node
    const block = [...drawn.root.querySelectorAll('p, li, th, td, pre')].at(-1)
    // The item of a list that has just begun has no text yet.
    if (last && block?.contains(last) !== false) putAfter(last, this.#caret)
    else (block ?? drawn.root).append(this.#caret)
  }

  #mark({ text, selectedSeq, stalledSeqs }: ShownText): void {
    const selected = selectedSeq === null ? [] : text.rangesOf(selectedSeq)
    const isNew = selectedSeq !== this.#markedSeq
    this.#markedSeq = selectedSeq
    if (isNew) for (const { part } of selected) this.#unfold(part)
    const ranges = this.#domRanges(selected)
    CSS.highlights.set(marks.selected, new Highlight(...ranges))
    const stalled = stalledSeqs.flatMap((seq) => text.rangesOf(seq))
    CSS.highlights.set(marks.stalled, new Highlight(...this.#domRanges(stalled)))
    if (!isNew) return
    const isSeen = selectedSeq === this.#chosen?.seq && this.#chosen.isSeen
    if (!isSeen) bringIntoView(ranges[0])
    this.#chosen = null
  }

  #unfold(part: number): void {
    const root = this.#parts.get(part)?.root
    if (root instanceof HTMLDetailsElement) root.open = true
  }

  #domRanges(ranges: readonly TextRange[]): readonly Range[] {
    return ranges.flatMap((range) => {
      const drawn = this.#parts.get(range.part)
      return (drawn && domRange(drawn.texts(), range)) ?? []
    })
  }

  readonly #handleClick = ({ clientX, clientY, target }: MouseEvent): void => {
    // Words were selected, or a summary is meant.
    if (getSelection()?.isCollapsed === false) return
    if (target instanceof Element && target.closest('summary')) return
    const place = document.caretPositionFromPoint(clientX, clientY)
    const seq = place && this.#seqOf(place.offsetNode, place.offset)
    if (seq !== null) this.#choose(seq, true)
  }

  #seqOf(node: Node, offset: number): number | null {
    for (const [part, drawn] of this.#parts) {
      if (!drawn.root.contains(node)) continue
      const text = drawn.texts().find((one) => one.node === node)
      if (text) return this.#shown?.text.seqAt(part, text.at + offset) ?? null
    }
    return null
  }

  /** Goes from chunk to chunk; other keys are left alone. */
  handleKey(event: KeyboardEvent): void {
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null
    const { shiftKey, ctrlKey, metaKey, altKey } = event
    if (way === null || shiftKey || ctrlKey || metaKey || altKey || this.#shown === null) return
    event.preventDefault()
    const { text, selectedSeq } = this.#shown
    const from = this.#chosen?.seq ?? selectedSeq ?? (way > 0 ? 0 : Number.MAX_SAFE_INTEGER)
    const seq = text.nextTo(from, way)
    if (seq !== null) this.#choose(seq, false)
  }

  #choose(seq: number, isSeen: boolean): void {
    this.#chosen = seq === this.#markedSeq ? null : { seq, isSeen }
    this.dispatchEvent(new CustomEvent('choose-frame', { bubbles: true, detail: seq }))
  }
}

/** Where it stands already nothing is touched. */
function putAfter(node: Text, caret: Element): void {
  if (node.nextSibling !== caret) node.after(caret)
}

/** Where it is out of view. */
function bringIntoView(range: Range | undefined): void {
  const element = range?.startContainer.parentElement
  const view = element?.closest('.answer-body')
  if (!range || !element || !view) return
  const [place, frame] = [range.getBoundingClientRect(), view.getBoundingClientRect()]
  if (place.top >= frame.top && place.bottom <= frame.bottom) return
  view.scrollTop += place.top - frame.top - frame.height / 3
}

customElements.define('lifeline-answer-text', AnswerTextView)
