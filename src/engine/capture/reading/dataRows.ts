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
  const isStart = `typeof(payload) = 'blob' AND octet_length(payload) < ${inlineBytes}`
  const columns = `${numbers}, ${within('detail', shortDetailBytes)}, octet_length(detail) AS detailBytes`
  const next = `FROM frame WHERE seq > ?1 AND seq <= ?2 ORDER BY frame.seq LIMIT ${dataRowsAtOnce}`
  const selectAll = database.prepare(
    `SELECT ${columns}, iif(${isStart}, octet_length(payload), NULL) AS startBytes ${next}`,
  )
  // One value of many bytes is read in a fraction of the time of many values. SQLite joins them as
  // text, and takes it as it is: a file with another encoding is no capture.
  const selectStarts = database.prepare(
    `SELECT CAST(group_concat(start, '') AS BLOB) AS starts
     FROM (SELECT iif(${isStart}, payload, NULL) AS start ${next})`,
  )
  // What is passed over is looked at in two columns only.
  const selectSome = database.prepare(
    `SELECT ${columns}, iif(${isStart}, payload, NULL) AS start
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
  function rowOf(values: readonly unknown[], start: Uint8Array | null): FrameRow {
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
      start,
    } as FrameRow
  }

  function* readAll(after: number, last: number): Iterable<FrameRow> {
    const rows = selectAll.all(after, last) as unknown as readonly unknown[][]
    const starts = (selectStarts.get(after, last)?.starts ?? noBytes) as Uint8Array
    let end = 0
    for (const values of rows) {
      const bytes = values[9] as number | null
      const from = end
      end += bytes ?? 0
      yield rowOf(values, bytes === null ? null : starts.subarray(from, end))
    }
  }

  function* readSome(after: number, last: number, ignored: number): Iterable<FrameRow> {
    const rows = selectSome.all(after, last, ignored) as unknown as readonly unknown[][]
    for (const values of rows) yield rowOf(values, values[9] as Uint8Array | null)
  }

  return (after, last, ignored) =>
    ignored === null ? readAll(after, last) : readSome(after, last, ignored)
}

const noBytes = new Uint8Array()
