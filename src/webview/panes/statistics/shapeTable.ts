// The shape of a type's messages as a table: each place, what stands there, and how often something does.

import {
  type MessageType,
  presence,
  type Schema,
  type ShapeNode,
} from '../../../shared/session/schema.ts'
import { formatStep, shortPath } from '../../../shared/text/jsonPath.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { type FigureRow, type FigureTable, formatShare, none } from './figureTable.ts'

/** Places that are drawn; a copy has all. */
const mostRows = 300
/** Texts that are named in a row. */
const namedValues = 4

/** `← message trade`. */
export function typeWords({ direction, kind, name }: MessageType): string {
  return `${direction === 'in' ? '←' : '→'} ${kind} ${name ?? ''}`.trimEnd()
}

/** The name under which it is copied. */
export function copiedName({ kind, name }: MessageType): string {
  return name ?? kind
}

export function shapeTable(shape: ShapeNode): FigureTable {
  const rows: FigureRow[] = []
  addRows(rows, '$', shape, null)
  return { name: 'Shape', columns: ['Place', 'Holds', 'There'], few: 14, rows }
}

/** `of`: the object that it is a member of. */
function addRows(rows: FigureRow[], path: string, node: ShapeNode, of: ShapeNode | null): void {
  if (rows.length >= mostRows) return
  const share = of === null ? none : formatShare(presence(of, node))
  if (path !== '$' || !node.members)
    rows.push({ name: shortPath(path), cells: [{ text: kindWords(node) }, { text: share }] })
  for (const { name, node: member } of node.members ?? [])
    addRows(rows, path + formatStep(name), member, node)
  if (node.mapped) addRows(rows, `${path}.*`, node.mapped, null)
  if (node.items) addRows(rows, `${path}[*]`, node.items, null)
}

/** `number or null`, `"buy", "sell"`, `text (date-time)`. */
export function kindWords({ kinds, values, format, mapped }: ShapeNode): string {
  const parts = [
    kinds.object !== undefined && (mapped ? 'map' : 'object'),
    kinds.array !== undefined && 'list',
    kinds.string !== undefined && textWords(values, format),
    kinds.number !== undefined ? 'number' : kinds.integer !== undefined && 'integer',
    kinds.boolean !== undefined && 'boolean',
    kinds.null !== undefined && 'null',
  ]
  return parts.filter((part) => typeof part === 'string').join(' or ')
}

function textWords(values: readonly string[] | undefined, format: string | undefined): string {
  if (format !== undefined) return `text (${format})`
  if (!values) return 'text'
  const named = values.slice(0, namedValues).map((value) => JSON.stringify(value))
  const more = values.length - named.length
  return more > 0 ? `${named.join(', ')}, ${more} more` : named.join(', ')
}

/** `of 1,204 messages`, and what was left out. */
export function samplesWords(
  { samples }: MessageType,
  { isFull, unread, samples: all }: Schema,
): string {
  const left = [
    isFull && `among the first ${formatCount(all)}`,
    unread > 0 &&
      `${unread === 1 ? 'another is' : `${formatCount(unread)} others are`} no JSON or too long`,
  ].filter((part) => typeof part === 'string')
  const count = samples === 1 ? 'of one message' : `of ${formatCount(samples)} messages`
  return [count, ...left].join(' · ')
}
