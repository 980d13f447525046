// The text of one answer as it was streamed: its parts, joined from spans, with the frame of each place.

import type { AnswerSpan } from '../../shared/session/modelAnswers.ts'

/** A block of text or of reasoning, or a tool call. */
export interface AnswerPart {
  readonly part: number
  readonly kind: AnswerSpan['kind']
  /** Of a tool, once it is known. */
  readonly name: string | null
  /** Of several answers to one request, from 0. */
  readonly choice: number
  readonly text: string
}

/** A part of the text of a part, in UTF-16 units. */
export interface TextRange {
  readonly part: number
  readonly from: number
  readonly to: number
}

/** A chunk that said something. */
export interface Spoken {
  readonly seq: number
  readonly at: number
}

/** Grows at its end. */
export class AnswerText {
  /** Characters at its end that a limit has left out. */
  left = 0
  readonly #parts = new Map<number, GrowingPart>()
  readonly #spans: (Spoken & TextRange)[] = []

  /** Those that are here. */
  get spans(): readonly (Spoken & TextRange)[] {
    return this.#spans
  }

  /** In order of their beginning. */
  get parts(): readonly AnswerPart[] {
    return [...this.#parts.values()]
  }

  /** What came last, where the stream is; null before anything has. */
  get lastPart(): number | null {
    return this.#spans.at(-1)?.part ?? null
  }

  add(spans: readonly AnswerSpan[]): void {
    for (const span of spans) {
      const { seq, at, part, kind, text, name, choice = 0 } = span
      const grown = this.#parts.get(part) ?? { part, kind, name: null, choice, text: '', spans: [] }
      this.#parts.set(part, grown)
      const from = grown.text.length
      grown.text += text
      grown.name ??= name ?? null
      grown.spans.push(this.#spans.length)
      this.#spans.push({ seq, at, part, from, to: from + text.length })
    }
  }

  /** The frame that brought the character; null where there is none. */
  seqAt(part: number, offset: number): number | null {
    const { spans } = this.#parts.get(part) ?? { spans: [] }
    const after = firstIndex(spans.length, (index) => this.#span(spans[index]).to > offset)
    const index = spans[Math.min(after, spans.length - 1)]
    return index === undefined ? null : this.#span(index).seq
  }

  /** What the frame brought; empty where it brought nothing. */
  rangesOf(seq: number): readonly TextRange[] {
    const ranges: TextRange[] = []
    for (let index = this.#indexOf(seq); this.#spans[index]?.seq === seq; index++)
      ranges.push(this.#span(index))
    return ranges
  }

  /** The chunk that is next to the frame that way; null where there is none. */
  nextTo(seq: number, way: 1 | -1): number | null {
    const index = way > 0 ? this.#indexOf(seq + 1) : this.#indexOf(seq) - 1
    return this.#spans[index]?.seq ?? null
  }

  /** What the frames from one to another brought, the beginning of it; parts are told apart, tools by their names. */
  between(firstSeq: number, lastSeq: number, chars: number): string {
    let said = ''
    let part: number | null = null
    for (let index = this.#indexOf(firstSeq); said.length < chars; index++) {
      const span = this.#spans[index]
      if (span === undefined || span.seq > lastSeq) break
      const { text = '', name = null } = this.#parts.get(span.part) ?? {}
      if (part !== null && part !== span.part) said += ` · ${name === null ? '' : `${name} `}`
      part = span.part
      said += text.slice(span.from, span.to)
    }
    return said.slice(0, chars)
  }

  /** Of the first span of this frame or a later one. */
  #indexOf(seq: number): number {
    return firstIndex(this.#spans.length, (index) => this.#span(index).seq >= seq)
  }

  #span(index = 0): Spoken & TextRange {
    return this.#spans[index] as Spoken & TextRange
  }
}

interface GrowingPart extends AnswerPart {
  text: string
  name: string | null
  /** Their places among all spans. */
  readonly spans: number[]
}

/** The first of so many for which `holds`, as it does for those after it. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [from, to] = [0, length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return from
}
