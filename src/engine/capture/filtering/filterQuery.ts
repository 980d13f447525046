// Finds the frames that a filter matches, with SQL over a range of sequence numbers.

import type { DatabaseSync } from 'node:sqlite'
import type { FilterNode } from '../../../shared/filter/filterNode.ts'
import { wireKinds } from '../../../shared/frame/frame.ts'
import { defaultLimits, filterLimits } from '../../../shared/limits.ts'
import type { BookmarkedFrames } from '../format/bookmarkedFrames.ts'
import type { Place } from '../format/decodedSchema.ts'
import { framesBetween, numbersIn, roomOf, within } from '../format/room.ts'
import { inlineBytes, pieceRowBytes } from '../format/schema.ts'
import { filterSql } from './filterSql.ts'
import { createFrameRequests, type ReadRequests } from './frameRequests.ts'
import { isOfWire, payloadText } from './frameSql.ts'
import { asksForAnswers } from './readFilter.ts'
import { addFunctions, createSqlContext, takeFrom } from './sqlContext.ts'

export interface FilterQueryOptions {
  readonly database: DatabaseSync
  /** Null: every frame matches. */
  readonly node: FilterNode | null
  /** Frames of the wire layer match, too; otherwise only where the filter asks for them. */
  readonly wire: boolean
  /** Where packets are; null where there are none. */
  readonly packets: Place | null
  readonly bookmarks: BookmarkedFrames
  /** The frames after `after` up to `last` with a request that nobody has answered. Asked only where the filter asks for them. */
  unanswered(after: number, last: number): readonly number[]
  /** Of the whole capture, which may be in another database, too. */
  readonly readRequests: ReadRequests
  /** Frames come in order, and are asked about once. */
  readonly passing?: true
  /** `at` of the capture's first frame; null before it. */
  startedAt(): number | null
  /** Time of a frame of the capture, which may be in another database. */
  at(seq: number): number | null
}

/** As `FrameQuery`. */
export interface FilterQuery {
  matches(after: number, last: number): number[]
  /** Left out where only numbers are read. */
  readBytes?(after: number, last: number): number
}

/** For SQL: the columns of a row of `frame`. */
const columnSql = {
  seq: 'seq',
  at: numbersIn('at'),
  connection: numbersIn('connection'),
  shape: numbersIn('shape'),
  size_bytes: numbersIn('size_bytes'),
  reply_to: numbersIn('reply_to'),
  detail: within('detail', defaultLimits.detailChars),
  payload: within('payload', inlineBytes),
  payload_text: `${payloadText} AS payload_text`,
}

type Column = keyof typeof columnSql

const isLong: Partial<Record<Column, boolean>> = { detail: true, payload: true, payload_text: true }

/** Those that the condition names: reading takes longer than most conditions. */
function columnsOf(condition: string): readonly Column[] {
  const names = new Set(condition.match(/\w+/g))
  return (Object.keys(columnSql) as Column[]).filter((name) => names.has(name))
}

export function createFilterQuery(options: FilterQueryOptions): FilterQuery {
  const { database, node, packets, bookmarks, unanswered, startedAt, at } = options
  const wire = options.wire || asksForWire(node)
  const context = createSqlContext(packets, wire)
  const matches = node === null ? '1' : filterSql(context, node)
  addFunctions(database)
  const condition = `iif(${wire ? '1' : `NOT (${isOfWire})`}, iif(${matches}, lifeline_take(seq), 0), 0)`
  const columns = columnsOf(condition)
  const asksWho = asksForAnswers(node)
  const frames = database.prepare(
    `SELECT count(*) FROM (${framesBetween(columns.map((name) => columnSql[name]).join(', '), '$after', '$last')}) AS frame
     WHERE ${condition}`,
  )
  frames.setAllowUnknownNamedParameters(true)
  const { values, requestTests } = context
  const requests =
    requestTests.length === 0
      ? null
      : createFrameRequests(options.readRequests, requestTests, options.passing)
  return {
    ...(columns.some((name) => isLong[name]) && { readBytes: createReadBytes(database) }),
    matches(after, last) {
      values.after = after
      values.last = last
      values.start = startedAt()
      values.beforeAt = at(after)
      // All are full but each frame's last.
      values.pieces = Math.max(last - after, 0) + Math.ceil(roomOf(database) / pieceRowBytes)
      if (asksWho) values.unanswered = JSON.stringify(unanswered(after, last))
      const noted = bookmarks.inOrder.filter(({ seq }) => seq > after && seq <= last)
      for (const [name, test] of context.noteTests) {
        values[name] = JSON.stringify(noted.filter(({ note }) => test(note)).map(({ seq }) => seq))
      }
      requests?.extend(last)
      return takeFrom(database, context, () => frames.get(values), requests)
    },
  }
}

/** Who asks for frames of the wire layer by name sees them, whether they are shown or not. */
export function asksForWire(node: FilterNode | null): boolean {
  if (node === null) return false
  if ('parts' in node) return node.parts.some(asksForWire)
  if (node.kind === 'flag') return node.flag === 'wire'
  if (node.kind !== 'name' || node.field !== 'kind') return false
  return node.names.some((name) => wireKinds.some((kind) => kind === name[0]))
}

/**
 * Bytes of details and payloads of the frames after `after` up to `last`, as far as they are looked at. Crafted ones may
 * share their pages.
 */
function createReadBytes(database: DatabaseSync): (after: number, last: number) => number {
  const columns = `octet_length(detail) AS detailBytes, octet_length(payload) AS payloadBytes`
  const sum = database.prepare(
    `SELECT total(detailBytes) + total(iif(payloadBytes < ${inlineBytes}, payloadBytes, ${filterLimits.payloadBytes})) AS bytes
     FROM (${framesBetween(columns)})`,
  )
  return (after, last) => (sum.get(after, last) as { bytes: number }).bytes
}
