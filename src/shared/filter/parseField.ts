// Reads a condition on a field of a frame: `dir:in`, `status:4xx,5xx`, `size > 1 kB`.

import type {
  Bound,
  FilterNode,
  NameField,
  NamePattern,
  NumberField,
  NumberTest,
} from './filterNode.ts'
import { boundsOf, spacedUnit } from './filterNumbers.ts'
import { closingQuote, endOf, type FilterScan, isBoundary, readQuoted } from './filterScan.ts'
import { type FieldRow, fieldRows } from './filterTable.ts'

const begin = /([a-zA-Z][a-zA-Z-]*)(?:(:)|(\s*)(<=|>=|!=|==?|<|>))/y

/** What stands between a field's name and its value. */
interface FieldStart {
  readonly field: NameField | NumberField
  readonly row: FieldRow
  /** `:`, or how they are compared. */
  readonly joint: string
  readonly from: number
}

/** Null where no field begins here; then nothing is read. A mistake is told, and the condition is left out. */
export function parseField(scan: FilterScan): FilterNode | 'mistaken' | null {
  const start = readStart(scan)
  if (start === null) return null
  const { row, joint } = start
  const test = isNumeric(row) ? parseNumbers(scan, start) : parseNames(scan, start)
  if (test === null) return 'mistaken'
  return joint === '!=' ? { kind: 'not', part: test } : test
}

function isNumeric({ takesOnly }: FieldRow): boolean {
  return takesOnly !== 'names' && takesOnly !== 'values'
}

function isField(name: string): name is NameField | NumberField {
  return Object.hasOwn(fieldRows, name)
}

function readStart(scan: FilterScan): FieldStart | null {
  begin.lastIndex = scan.at
  const found = begin.exec(scan.text)
  if (!found) return null
  const [, name = '', colon, space = '', compared = ''] = found
  if (!isField(name)) {
    if (colon) hint(scan, name)
    return null
  }
  const row = fieldRows[name]
  const joint = colon ?? compared.replace('==', '=')
  // `code > 5` is text as it stands, and so is `type = "a"`: only numbers are compared.
  if (joint !== ':' && !isNumeric(row) && (space !== '' || /[<>]/.test(joint))) return null
  if (joint !== ':' && (name === 'after' || name === 'before')) return null
  const from = scan.at
  scan.at = begin.lastIndex
  if (joint !== ':' && isNumeric(row)) scan.at = endOf(/\s*/y, scan.text, scan.at)
  return { field: name, row, joint, from }
}

function hint({ at, hints }: FilterScan, name: string): void {
  const near = Object.values(fieldRows).find(({ write }) => isNear(write.slice(0, -1), name))
  if (!near) return
  const known = `${near.write.slice(0, -1)}:`
  const message = `\`${name}:\` is no field, so it is sought as text. Is \`${known}\` meant?`
  hints.push({ from: at, to: at + name.length + 1, message })
}

/** Whether one letter is wrong, missing, too many or in its neighbour's place. */
function isNear(known: string, typed: string): boolean {
  if (known === typed || Math.abs(known.length - typed.length) > 1) return false
  let same = 0
  while (known[same] !== undefined && known[same] === typed[same]) same++
  const [a, b] = [known.slice(same), typed.slice(same)]
  const isSwapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || isSwapped
}

function tell(
  { mistakes }: FilterScan,
  { field, row, joint }: FieldStart,
  from: number,
  to: number,
): null {
  const wrote = joint === ':' ? `${field}:` : field
  mistakes.push({ from, to, message: `\`${wrote}\` takes ${row.takes}.` })
  return null
}

function parseNumbers(scan: FilterScan, start: FieldStart): NumberTest | null {
  const from = scan.at
  const { takesOnly } = start.row
  if (takesOnly === 'names' || takesOnly === 'values') return null
  scan.at = endOf(scan.open > 0 ? /[^\s)]*/y : /\S*/y, scan.text, scan.at)
  const typed = scan.text.slice(from, scan.at)
  if (/\d$/.test(typed) && spacedUnit[takesOnly])
    scan.at = endOf(spacedUnit[takesOnly], scan.text, scan.at)
  const value = scan.text.slice(from, scan.at).replace(/\s+/g, '')
  const lead = start.joint === ':' || start.joint === '!=' ? '' : start.joint
  const texts = value.split(/[,|]/).map((text) => lead + text)
  const ranges = texts.map((text) => boundsOf(takesOnly, text))
  const placed = placedRanges(start, ranges)
  if (placed === null) return tell(scan, start, from === scan.at ? start.from : from, scan.at)
  const [single = ''] = texts
  const written = texts.length === 1 && /^[<>]/.test(single) ? single : `:${texts.join(',')}`
  return { kind: 'number', field: start.field as NumberField, ranges: placed, written }
}

/** Null where a range is none that the field takes. */
function placedRanges(
  { field, joint }: FieldStart,
  ranges: readonly (readonly Bound[] | undefined)[],
): readonly (readonly Bound[])[] | null {
  const known = ranges.filter((range) => range !== undefined)
  if (known.length !== ranges.length || (/[<>]/.test(joint) && ranges.length > 1)) return null
  if (field !== 'after' && field !== 'before') return known
  const [[bound] = []] = known
  if (known.length !== 1 || bound?.is !== '=') return null
  return [[{ is: field === 'after' ? '>=' : '<', value: bound.value }]]
}

function parseNames(scan: FilterScan, start: FieldStart): FilterNode | null {
  const { field, row } = start
  const names: NamePattern[] = []
  for (;;) {
    const from = scan.at
    const name = readName(scan)
    const isRight = name !== null && (row.takesOnly === 'names' || isValue(row, name))
    if (!isRight) return tell(scan, start, from === scan.at ? start.from : from, scan.at)
    names.push(name)
    if (!/[,|]/.test(scan.text[scan.at] ?? '')) break
    scan.at++
  }
  return { kind: 'name', field: field as NameField, names }
}

function isValue({ values = [] }: FieldRow, [name = '', ...others]: NamePattern): boolean {
  return others.length === 0 && values.includes(name)
}

/** Null where there is none. */
function readName(scan: FilterScan): NamePattern | null {
  const from = scan.at
  const end = scan.text[from] === '"' ? closingQuote(scan) : null
  if (end !== null && (isBoundary(scan, end) || /[,|]/.test(scan.text[end] ?? ''))) {
    const inner = readQuoted({ ...scan, text: scan.text.slice(0, end) })
    scan.at = end
    return inner === null ? null : [inner]
  }
  scan.at = endOf(scan.open > 0 ? /[^\s,|)]*/y : /[^\s,|]*/y, scan.text, from)
  const typed = scan.text.slice(from, scan.at)
  return typed === '' || typed.startsWith('"') ? null : typed.split(/\*+/)
}
