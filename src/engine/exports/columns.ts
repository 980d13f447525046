// Centres and folds text in terminal columns rather than in characters.

import { columnsOf, cutColumns, takeColumns } from '../../shared/text/textColumns.ts'

/** The text with `fill` on both sides up to `columns` columns; the odd one goes to the right. */
export function centre(text: string, columns: number, fill = ' '): string {
  const free = Math.max(0, columns - columnsOf(text))
  const left = Math.floor(free / 2)
  return `${fill.repeat(left)}${text}${fill.repeat(free - left)}`
}

/** The text in lines of at most `columns` columns, broken at spaces; what exceeds `lines` is cut. */
export function fold(text: string, columns: number, lines: number): string[] {
  const folded: string[] = []
  let rest = text.trim()
  while (columnsOf(rest) > columns && folded.length < lines - 1) {
    const head = takeColumns(rest, columns + 1)
    const space = head.lastIndexOf(' ')
    const line = space > 0 ? head.slice(0, space) : takeColumns(rest, columns)
    folded.push(line.trimEnd())
    rest = rest.slice(line.length).trimStart()
  }
  if (rest !== '') folded.push(cutColumns(rest, columns))
  return folded
}

/** An error with its advice stays readable, but a peer cannot fill the screen with one. */
export const foldedLines = 4

/** Each with its line break. */
export function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
