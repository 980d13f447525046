// The columns of shown fields: as wide as what has been seen in them, numbers one point under the other.

import type { Label, LabelPart } from '../../shared/frame/label.ts'
import type { ShownCell, ShownCells } from '../../shared/frame/shownFields.ts'
import { columnsOf, cutColumns, isLatin, padColumns } from '../../shared/text/textColumns.ts'

/** In columns: a letter of the font is one, a wide one two. */
interface CellRoom {
  readonly text: number
  /** Before the point of a number, and from it on. */
  readonly whole: number
  readonly fraction: number
}

export interface ShownColumns {
  readonly lead: number
  readonly cells: readonly CellRoom[]
}

/** What is longer is cut. */
const mostLeadChars = 28
const mostChars = 36
const between = '  '

export function noColumns(names: readonly string[]): ShownColumns {
  return { lead: 0, cells: names.map((name) => ({ text: columnsOf(name), whole: 0, fraction: 0 })) }
}

/** Columns get wider, and do not go to and fro. The same object where nothing is. */
export function addShown(known: ShownColumns, { lead, cells }: ShownCells): ShownColumns {
  const rooms = known.cells.map((room, index) => addCell(room, cells[index] ?? null))
  const chars = Math.max(known.lead, Math.min(columnsOf(lead), mostLeadChars))
  const isKnown = chars === known.lead && rooms.every((room, index) => room === known.cells[index])
  return isKnown ? known : { lead: chars, cells: rooms }
}

function addCell(known: CellRoom, cell: ShownCell | null): CellRoom {
  if (cell === null) return known
  const seen = roomOf(cell)
  const text = Math.max(known.text, seen.text)
  const whole = Math.max(known.whole, seen.whole)
  const fraction = Math.max(known.fraction, seen.fraction)
  const isKnown = text === known.text && whole === known.whole && fraction === known.fraction
  return isKnown ? known : { text, whole, fraction }
}

function roomOf({ text, isNumber }: ShownCell): CellRoom {
  if (!isNumber) return { text: Math.min(columnsOf(text), mostChars), whole: 0, fraction: 0 }
  const whole = wholeChars(text)
  return { text: 0, whole, fraction: text.length - whole }
}

function wholeChars(number: string): number {
  const point = number.search(/[.eE]/)
  return point < 0 ? number.length : point
}

/**
 * The words of a row, so that each field stands under the same of the row above. Quiet are the values that are those of
 * `above`, the row above of the same kind.
 */
export function columnLabel(
  columns: ShownColumns,
  { lead, cells }: ShownCells,
  above: ShownCells | null = null,
): Label {
  const words = columns.cells.map((room, index): LabelPart => {
    const cell = cells[index] ?? null
    const isSame = cell !== null && cell.text === above?.cells[index]?.text
    return fixed({ text: padded(cell, room), ...(isSame && { quiet: true }) })
  })
  const first =
    columns.lead === 0
      ? []
      : [fixed({ text: padColumns(cutColumns(lead, columns.lead), columns.lead) })]
  return withoutEnd(
    [...first, ...words].map((part, index) =>
      index === 0 ? part : { ...part, text: `${between}${part.text}` },
    ),
  )
}

/** Letters of other fonts have other widths. */
function fixed(part: LabelPart): LabelPart {
  return isLatin(part.text) ? part : { ...part, fixed: true }
}

/** Without the spaces at the end, and without parts that are only these. */
function withoutEnd(parts: readonly LabelPart[]): Label {
  const last = parts.findLastIndex(({ text }) => text.trim() !== '')
  return parts
    .slice(0, last + 1)
    .map((part, index) => (index === last ? { ...part, text: part.text.trimEnd() } : part))
}

/** The names over the columns. */
export function columnHeads(columns: ShownColumns, names: readonly string[]): string {
  const words = columns.cells.map((room, index) => {
    const name = cutColumns(names[index] ?? '', widthOf(room))
    // A number ends where its name does.
    return room.whole > 0 ? name.padStart(widthOf(room)) : padColumns(name, widthOf(room))
  })
  const first = columns.lead === 0 ? [] : [' '.repeat(columns.lead)]
  return [...first, ...words].join(between).trimEnd()
}

function padded(cell: ShownCell | null, room: CellRoom): string {
  const width = widthOf(room)
  if (cell === null) return ' '.repeat(width)
  if (!cell.isNumber) return padColumns(cutColumns(cell.text, width), width)
  const after = room.fraction - (cell.text.length - wholeChars(cell.text))
  return cutColumns(`${cell.text}${' '.repeat(Math.max(0, after))}`.padStart(width), width)
}

function widthOf({ text, whole, fraction }: CellRoom): number {
  return Math.min(mostChars, Math.max(text, whole + fraction))
}
