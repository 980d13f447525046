// Reads the rows of frames that may carry packets, many at once, from a capture's tables.

import type { DatabaseSync } from 'node:sqlite'
import { framesBetween, numbersIn, within } from '../format/room.ts'
import { inlineBytes } from '../format/schema.ts'

/** A row of a frame, as the database has it. */
export interface FrameRow {
  readonly seq: number
  readonly at: number
  readonly connection: number
  readonly shape: number
  readonly size_bytes: number
  readonly wire_bytes: number
  readonly reply_to: number | null
  readonly detail: unknown
  readonly detailBytes: number | null
  readonly start: unknown
}

/** Rows in one answer: they are in memory together. */
export const dataRowsAtOnce = 256
/** A detail that is longer is no part of its row, but read alone. */
const shortDetailBytes = 4096

/**
 * The next rows after `after` up to `last`, `dataRowsAtOnce` at most; of the connection `ignored` its exchanges only, and
 * then none that can hold no packet.
 */
export type DataRows = (after: number, last: number, ignored: number | null) => Iterable<FrameRow>

/** `numbers`: the columns of a row up to its detail, in their order. Of a detail no more is read than `detailBytes`. */
export function createDataRows(
  database: DatabaseSync,
  numbers: string,
  detailBytes: number,
): DataRows {
  const columns = `${numbers}, ${within('detail', shortDetailBytes)}, octet_length(detail) AS detailBytes,
    iif(octet_length(payload) < ${inlineBytes}, payload, NULL) AS start`
  const selectAll = database.prepare(
    `SELECT ${columns} FROM frame WHERE seq > ? AND seq <= ? ORDER BY frame.seq LIMIT ${dataRowsAtOnce}`,
  )
  // What is passed over is looked at in two columns only.
  const selectSome = database.prepare(
    `SELECT ${columns}
     FROM (SELECT number FROM (${framesBetween(`seq AS number, ${numbersIn('connection', 'shape')}`)})
       WHERE shape IN (SELECT id FROM shape WHERE kind IN ('request', 'response'))
         OR connection <> ?3 AND shape IN (SELECT id FROM shape WHERE kind IN ('message', 'event', 'record')))
     CROSS JOIN frame ON frame.seq = number LIMIT ${dataRowsAtOnce}`,
  )
  const selectDetail = database.prepare(
    `SELECT ${within('detail', detailBytes)} FROM frame WHERE seq = ?`,
  )
  // A million rows are read in half of the time: as lists, and all of an answer together.
  selectAll.setReturnArrays(true)
  selectSome.setReturnArrays(true)

  /** The columns by their names. */
  function rowOf(values: readonly unknown[]): FrameRow {
    const seq = values[0] as number
    const isLong = values[7] === null && values[8] !== null
    return {
      seq,
      at: values[1],
      connection: values[2],
      shape: values[3],
      size_bytes: values[4],
      wire_bytes: values[5],
      reply_to: values[6],
      detail: isLong ? selectDetail.get(seq)?.detail : values[7],
      detailBytes: values[8],
      start: values[9],
    } as FrameRow
  }

  return function* (after, last, ignored) {
    const rows =
      ignored === null ? selectAll.all(after, last) : selectSome.all(after, last, ignored)
    for (const values of rows) yield rowOf(values as unknown as readonly unknown[])
  }
}
