// Tables of a Markdown source. [gfm] 4.10

import type { CellAlign } from './block.ts'
import type { Piece } from './content.ts'
import type { Line } from './lines.ts'

/** How the columns are aligned by the line below the head; null where it is none. */
export function alignsOf(text: string): readonly CellAlign[] | null {
  if (!/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\r?$/.test(text)) return null
  // Without a bar it is a rule, or text.
  if (!text.includes('|')) return null
  const cells = text.trim().replace(/^\|/, '').replace(/\|$/, '').split('|')
  return cells.map((cell) => alignOf(cell.trim()))
}

function alignOf(cell: string): CellAlign {
  const [begins, ends] = [cell.startsWith(':'), cell.endsWith(':')]
  if (begins && ends) return 'center'
  return begins ? 'left' : ends ? 'right' : null
}

/** Parts of a line between bars: a bar behind a backslash is text. */
export function cellsOf(source: string, { from, to }: Line): readonly Piece[] {
  const cells: Piece[] = []
  let start = from
  let isFirst = true
  for (let at = from; at < to; at++) {
    const letter = source.charAt(at)
    if (letter === '\\') at++
    else if (letter === '|') {
      if (!(isFirst && isBlank(source, start, at))) cells.push({ from: start, to: at })
      isFirst = false
      start = at + 1
    }
  }
  if (!isBlank(source, start, to)) cells.push({ from: start, to })
  return cells
}

function isBlank(source: string, from: number, to: number): boolean {
  return source.slice(from, to).trim() === ''
}
