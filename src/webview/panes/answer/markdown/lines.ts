// Lines of a Markdown source, and what each begins with. Every test takes time linear in the line.

import type { Piece } from './content.ts'

/** From its first character, behind those of the blocks around it, to before its line break. */
export type Line = Piece

export function linesOf(source: string, from: number): readonly Line[] {
  const lines: Line[] = []
  for (let at = from; at < source.length; ) {
    const end = source.indexOf('\n', at)
    const to = end < 0 ? source.length : end
    lines.push({ from: at, to })
    at = to + 1
  }
  return lines
}

/** With its line break. */
export function withBreak(source: string, { from, to }: Line): Piece {
  return { from, to: Math.min(to + 1, source.length) }
}

// [commonmark] 2.2: a tab goes on to the next column that is a multiple of four.
const tabColumns = 4

/** Columns of white space before its first letter; null where it is blank. */
export function indentOf(source: string, { from, to }: Line): number | null {
  let columns = 0
  for (let at = from; at < to; at++) {
    const letter = source.charAt(at)
    if (letter === ' ') columns++
    else if (letter === '\t') columns += tabColumns - (columns % tabColumns)
    else if (letter !== '\r') return columns
  }
  return null
}

/** Without so many columns of white space, or as many as there are. */
export function dedent(source: string, { from, to }: Line, most: number): Line {
  let at = from
  for (let columns = 0; at < to && columns < most; at++) {
    const letter = source.charAt(at)
    if (letter === ' ') columns++
    else if (letter === '\t') columns += tabColumns - (columns % tabColumns)
    else break
  }
  return { from: at, to }
}

/** Beginnings of lines; `text` has no white space before it. */
export type Opening =
  | { readonly kind: 'fence'; readonly mark: string; readonly language: string }
  | { readonly kind: 'heading'; readonly level: number; readonly chars: number }
  | { readonly kind: 'rule' }
  | { readonly kind: 'quote'; readonly chars: number }
  | ListMark

export interface ListMark {
  readonly kind: 'item'
  /** Items of one list have the same: a bullet, or what stands behind a number. */
  readonly sort: string
  readonly number: number | null
  /** Of the mark and the white space behind it. */
  readonly chars: number
  readonly isEmpty: boolean
}

/** Null for what is the line of a paragraph. */
export function openingOf(text: string): Opening | null {
  // [commonmark] 4.5
  const fence = /^(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s`]*)/.exec(text)
  if (fence) return { kind: 'fence', mark: fence[1] ?? '', language: fence[2] ?? '' }
  // [commonmark] 4.2
  const heading = /^(#{1,6})(?:[ \t]+|\r?$)/.exec(text)
  if (heading) return { kind: 'heading', level: heading[1]?.length ?? 1, chars: heading[0].length }
  // [commonmark] 4.1
  if (/^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\r?$/.test(text))
    return { kind: 'rule' }
  // [commonmark] 5.1
  const quote = /^> ?/.exec(text)
  if (quote) return { kind: 'quote', chars: quote[0].length }
  return listMark(text)
}

// [commonmark] 5.2
function listMark(text: string): ListMark | null {
  const found = /^(?:([-*+])|(\d{1,9})([.)]))(?:([ \t]+)(?=\S)|[ \t]*\r?$)/.exec(text)
  if (!found) return null
  const [all, bullet, digits, behind, space] = found
  return {
    kind: 'item',
    sort: bullet ?? behind ?? '',
    number: digits === undefined ? null : Number(digits),
    chars: all.length,
    isEmpty: space === undefined,
  }
}

/** Whether it ends a paragraph that stands above it. [commonmark] 5.2: of numbers only 1 does, or years would. */
export function interrupts(opening: Opening | null): boolean {
  if (opening === null) return false
  if (opening.kind !== 'item') return true
  return !opening.isEmpty && (opening.number === null || opening.number === 1)
}

/** Whether it ends the block that such a line began. */
export function closesFence(text: string, mark: string): boolean {
  const end = /^(`{3,}|~{3,})[ \t]*\r?$/.exec(text)?.[1]
  return end !== undefined && end.length >= mark.length && end[0] === mark[0]
}
