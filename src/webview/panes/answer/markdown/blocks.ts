// The blocks of a Markdown text: the part of CommonMark and of GitHub's tables that models write. HTML in it is text.

import type { Block, CellAlign, ListItem, Runs } from './block.ts'
import { joinPieces } from './content.ts'
import { parseInlines } from './inlines.ts'
import { LineCursor } from './lineCursor.ts'
import {
  closesFence,
  dedent,
  interrupts,
  type Line,
  type ListMark,
  linesOf,
  withBreak,
} from './lines.ts'
import { readItem } from './listItem.ts'
import { alignsOf, cellsOf } from './tables.ts'

/** Those from `from` on. `growing`: the text may go on where it ends. Linear in time, whatever stands there. */
export function parseBlocks(source: string, growing: boolean, from = 0): readonly Block[] {
  return readBlocks(new LineCursor({ source, growing }, linesOf(source, from)))
}

function readBlocks(cursor: LineCursor): readonly Block[] {
  const blocks: Block[] = []
  for (let line = cursor.line; line !== undefined; line = cursor.line) {
    if (cursor.isBlank(line)) cursor.at++
    else blocks.push(readBlock(cursor, line))
  }
  return blocks
}

function readBlock(cursor: LineCursor, line: Line): Block {
  const opening = cursor.opening(line)
  switch (opening?.kind) {
    case 'fence':
      return readCode(cursor, line, opening.mark, opening.language)
    case 'heading':
      return readHeading(cursor, line, opening.level, opening.chars)
    case 'rule':
      cursor.at++
      return { kind: 'rule', from: line.from, to: line.to }
    case 'quote':
      return readQuote(cursor, line)
    case 'item':
      return readList(cursor, line, opening)
    default:
      return readTable(cursor, line) ?? readParagraph(cursor, line)
  }
}

function inlinesOf({ text: { source, growing } }: LineCursor, lines: readonly Line[]): Runs {
  const pieces = lines.map((line) => withBreak(source, line))
  const isLast = growing && (lines.at(-1)?.to ?? 0) >= source.length
  return parseInlines(joinPieces(source, pieces), isLast)
}

// [commonmark] 4.5
function readCode(cursor: LineCursor, first: Line, mark: string, language: string): Block {
  const { source } = cursor.text
  const indent = cursor.indent(first) ?? 0
  const lines: Line[] = []
  cursor.at++
  for (let line = cursor.line; line !== undefined; line = cursor.line) {
    cursor.at++
    if ((cursor.indent(line) ?? 0) < 4 && closesFence(cursor.words(line), mark)) break
    lines.push(dedent(source, line, indent))
  }
  const runs = lines.map((line) => {
    const { from, to } = withBreak(source, line)
    return { text: source.slice(from, to), at: from, look: 0 }
  })
  return { kind: 'code', language, runs, from: first.from, to: cursor.to }
}

/** Marks that end a heading are looked for in its last characters. */
const closingChars = 200

// [commonmark] 4.2
function readHeading(cursor: LineCursor, line: Line, level: number, chars: number): Block {
  cursor.at++
  const from = cursor.start(line) + chars
  const text = cursor.text.source.slice(from, line.to)
  const end = /(?:^|[ \t])#+[ \t]*\r?$/.exec(text.slice(-closingChars))
  const to = end ? line.to - end[0].length : line.to
  const runs = inlinesOf(cursor, [{ from, to: Math.max(from, to) }])
  return { kind: 'heading', level, runs, from: line.from, to: line.to }
}

// [commonmark] 5.1
function readQuote(cursor: LineCursor, first: Line): Block {
  const lines: Line[] = []
  for (let line = cursor.line; line !== undefined; line = cursor.line) {
    const opening = cursor.opening(line)
    if (opening?.kind !== 'quote') break
    lines.push({ from: cursor.start(line) + opening.chars, to: line.to })
    cursor.at++
  }
  const blocks = cursor.within(lines, readBlocks)
  return { kind: 'quote', blocks, from: first.from, to: cursor.to }
}

// [commonmark] 5.3
function readList(cursor: LineCursor, first: Line, mark: ListMark): Block {
  const items: ListItem[] = []
  let end = cursor.at
  for (let line = cursor.line; line !== undefined; line = cursor.line) {
    const opening = cursor.opening(line)
    if (cursor.isBlank(line)) cursor.at++
    else if (opening?.kind === 'item' && opening.sort === mark.sort) {
      const { done, lines } = readItem(cursor, line, opening)
      items.push({ done, blocks: cursor.within(lines, readBlocks) })
      end = cursor.at
    } else break
  }
  // Blank lines behind it belong to nobody.
  cursor.at = end
  return { kind: 'list', first: mark.number, items, from: first.from, to: cursor.to }
}

function readTable(cursor: LineCursor, first: Line): Block | null {
  const aligns = tableAt(cursor)
  if (aligns === null) return null
  const rows = [readCells(cursor, first, aligns.length)]
  cursor.at += 2
  for (let line = cursor.line; line !== undefined; line = cursor.line) {
    if (cursor.isBlank(line) || interrupts(cursor.opening(line))) break
    rows.push(readCells(cursor, line, aligns.length))
    cursor.at++
  }
  return { kind: 'table', aligns, rows, from: first.from, to: cursor.to }
}

/** How the columns of the table are aligned that begins at the line that is read next; null where none does. */
function tableAt(cursor: LineCursor): readonly CellAlign[] | null {
  const { line, lineBelow } = cursor
  if (line === undefined || lineBelow === undefined || !cursor.words(line).includes('|'))
    return null
  const aligns = alignsOf(cursor.words(lineBelow))
  return aligns?.length === cellsOf(cursor.text.source, line).length ? aligns : null
}

function readCells({ text: { source } }: LineCursor, line: Line, columns: number): readonly Runs[] {
  return cellsOf(source, line)
    .slice(0, columns)
    .map((cell) => parseInlines(joinPieces(source, [cell])))
}

function readParagraph(cursor: LineCursor, first: Line): Block {
  const lines: Line[] = []
  for (let line: Line | undefined = first; line !== undefined; line = cursor.line) {
    const isNext =
      lines.length > 0 && (interrupts(cursor.opening(line)) || tableAt(cursor) !== null)
    if (cursor.isBlank(line) || isNext) break
    lines.push({ from: cursor.start(line), to: line.to })
    cursor.at++
  }
  return { kind: 'paragraph', runs: inlinesOf(cursor, lines), from: first.from, to: cursor.to }
}
