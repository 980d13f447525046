// Writes frames into a capture's tables, many rows in one statement.

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { NewFrame } from '../../shared/frame.ts'
import { inlineBytes, pieceRowBytes } from './schema.ts'
import { createShapeWriter } from './shapeWriter.ts'

// In the order of the columns below.
const columnCount = 8
/** More rows in a statement gain nothing; fewer cost: 1 row 1.0 µs, 50 rows 0.6 µs each. */
const rowsPerStatement = 50

export interface BatchWriter {
  /**
   * Writes the frames and what else `also` writes in one transaction; `firstSeq` is the first
   * frame's number and must be one more than the last written. When it throws, nothing of the batch
   * is in the file and the writer must not be used again.
   */
  write(frames: readonly NewFrame[], firstSeq: number, also?: () => void): void
}

export function createBatchWriter(database: DatabaseSync): BatchWriter {
  const shapes = createShapeWriter(database)
  const insertMany = prepareInsert(database, rowsPerStatement)
  const insertOne = prepareInsert(database, 1)
  const insertPiece = database.prepare('INSERT INTO piece (seq, offset, bytes) VALUES (?, ?, ?)')
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const manyValues = new Array<SQLInputValue>(columnCount * rowsPerStatement).fill(null)
  const oneValues = new Array<SQLInputValue>(columnCount).fill(null)

  function fill(values: SQLInputValue[], start: number, frame: NewFrame): void {
    const { payload, detail } = frame
    const shape = shapes.find(frame)
    let at = start
    values[at++] = frame.at
    values[at++] = frame.connection
    values[at++] = shape.id
    values[at++] = frame.sizeBytes
    values[at++] = frame.wireBytes
    values[at++] = frame.replyTo
    values[at++] = shape.detail === null ? JSON.stringify(detail) : null
    values[at++] =
      payload !== null && payload.length > inlineBytes ? payload.subarray(0, inlineBytes) : payload
  }

  function writeRows(frames: readonly NewFrame[], firstSeq: number): void {
    let done = 0
    let lastSeq = firstSeq - 1
    for (const [values, insert] of [
      [manyValues, insertMany],
      [oneValues, insertOne],
    ] as const) {
      const rows = values.length / columnCount
      for (; done + rows <= frames.length; done += rows) {
        for (let row = 0; row < rows; row++) {
          fill(values, row * columnCount, frames[done + row] as NewFrame)
        }
        lastSeq = Number(insert.run(...values).lastInsertRowid)
      }
      // Payloads are large and not ours: nothing of them is held until the next batch.
      values.fill(null)
    }
    // Numbers are given when frames are queued; the file must have given the same.
    const expected = firstSeq + frames.length - 1
    if (lastSeq !== expected) throw new Error(`frame ${expected} was written as ${lastSeq}`)
  }

  function writePieces(seq: number, payload: Uint8Array): void {
    for (let offset = inlineBytes; offset < payload.length; offset += pieceRowBytes) {
      insertPiece.run(seq, offset, payload.subarray(offset, offset + pieceRowBytes))
    }
  }

  function write(frames: readonly NewFrame[], firstSeq: number, also?: () => void): void {
    begin.run()
    try {
      writeRows(frames, firstSeq)
      let seq = firstSeq
      for (const { payload } of frames) {
        if (payload !== null && payload.length > inlineBytes) writePieces(seq, payload)
        seq++
      }
      also?.()
      commit.run()
    } catch (error) {
      // A full disk rolls back by itself. [sqlite] lang_transaction.html 3
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  return { write }
}

function prepareInsert(database: DatabaseSync, rows: number): StatementSync {
  const row = '(?, ?, ?, ?, ?, ?, ?, ?)'
  return database.prepare(
    `INSERT INTO frame
       (at, connection, shape, size_bytes, wire_bytes, reply_to, detail, payload)
     VALUES ${new Array(rows).fill(row).join(', ')}`,
  )
}
