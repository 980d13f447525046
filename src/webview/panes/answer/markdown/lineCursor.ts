// A place in the lines of a Markdown source, from which blocks are read line by line.

import type { Block } from './block.ts'
import { indentOf, type Line, type Opening, openingOf } from './lines.ts'

/** Quotes and lists within each other; deeper ones are paragraphs. */
const mostNested = 10

export interface ReadText {
  readonly source: string
  /** It may go on where it ends. */
  readonly growing: boolean
}

export class LineCursor {
  readonly text: ReadText
  readonly #lines: readonly Line[]
  readonly #depth: number
  /** The line that is read next. */
  at = 0

  constructor(text: ReadText, lines: readonly Line[], depth = 0) {
    this.text = text
    this.#lines = lines
    this.#depth = depth
  }

  /** The one that is read next; undefined behind the last. */
  get line(): Line | undefined {
    return this.#lines[this.at]
  }

  get lineBelow(): Line | undefined {
    return this.#lines[this.at + 1]
  }

  /** The end of the last line that was read. */
  get to(): number {
    return this.#lines[this.at - 1]?.to ?? 0
  }

  /** See `indentOf`. */
  indent(line: Line): number | null {
    return indentOf(this.text.source, line)
  }

  isBlank(line: Line): boolean {
    return this.indent(line) === null
  }

  /** Its words, without white space before them. */
  words(line: Line): string {
    return this.text.source.slice(line.from, line.to).trimStart()
  }

  /** Where its words begin. */
  start(line: Line): number {
    return line.to - this.words(line).length
  }

  opening(line: Line): Opening | null {
    const opening = openingOf(this.words(line))
    const nests = opening?.kind === 'item' || opening?.kind === 'quote'
    return nests && this.#depth >= mostNested ? null : opening
  }

  /** The blocks of lines that stand within one that was read. */
  within(lines: readonly Line[], read: (cursor: LineCursor) => readonly Block[]): readonly Block[] {
    return read(new LineCursor(this.text, lines, this.#depth + 1))
  }
}
