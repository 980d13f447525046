// Reads the rows of frames that may carry packets, from a capture's tables.

import type { DatabaseSync } from 'node:sqlite'
import { framesBetween, numbersIn } from '../format/room.ts'
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
  readonly detailBytes: number
  readonly start: unknown
}

/** Of messages, events and records those of the connection `ignored` are left out. */
export type DataRows = (after: number, last: number, ignored: number) => Iterable<FrameRow>

/** `columns`: all of a row but its start, in their order. */
export function createDataRows(database: DatabaseSync, columns: string): DataRows {
  // What is passed over is looked at in two columns only.
  const select = database.prepare(
    `SELECT ${columns}, iif(octet_length(payload) < ${inlineBytes}, payload, NULL) AS start
     FROM (SELECT number FROM (${framesBetween(`seq AS number, ${numbersIn('connection', 'shape')}`)})
       WHERE shape IN (SELECT id FROM shape WHERE kind IN ('request', 'response'))
         OR connection <> ?3 AND shape IN (SELECT id FROM shape WHERE kind IN ('message', 'event', 'record')))
     CROSS JOIN frame ON frame.seq = number`,
  )
  // A million rows are read in three quarters of the time.
  select.setReturnArrays(true)

  return function* (after, last, ignored) {
    for (const values of select.iterate(after, last, ignored)) {
      yield rowOf(values as unknown as readonly unknown[])
    }
  }
}

/** The columns by their names. */
function rowOf(values: readonly unknown[]): FrameRow {
  const [seq, at, connection, shape, size_bytes, wire_bytes, reply_to, ...rest] = values
  const [detail, detailBytes, start] = rest
  const numbers = { seq, at, connection, shape, size_bytes, wire_bytes, reply_to }
  return { ...numbers, detail, detailBytes, start } as FrameRow
}
