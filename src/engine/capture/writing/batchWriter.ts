// Writes frames into a capture's tables, many rows in one statement.

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { NewFrame } from '../../../shared/frame/frame.ts'
import { inlineBytes, pieceRowBytes } from '../format/schema.ts'
import { createShapeWriter, type KnownShapes, noShapes, type ShapeWriter } from './shapeWriter.ts'

/** More rows in a statement gain nothing; fewer cost: 1 row 1.0 µs, 50 rows 0.6 µs each. */
const rowsPerStatement = 50
/** Statements that are kept for frames that are alike. */
const keptStatements = 8

export interface BatchWriter {
  /**
   * Writes the frames and what else `also` writes in one transaction; `firstSeq` is the first
   * frame's number and must be one more than the last written. When it throws, nothing of the batch
   * is in the file and the writer must not be used again.
   */
  write(frames: readonly NewFrame[], firstSeq: number, also?: () => void): void
}

/** The `known` shapes are in the database already; more come to them. */
export function createBatchWriter(
  database: DatabaseSync,
  known: KnownShapes = noShapes(),
): BatchWriter {
  const shapes = createShapeWriter(database, known)
  const insertAlike = createAlikeInsert(database, shapes, rowsPerStatement)
  const insertMany = createInsert(database, shapes, rowsPerStatement)
  const insertOne = createInsert(database, shapes, 1)
  const insertPiece = database.prepare('INSERT INTO piece (seq, offset, bytes) VALUES (?, ?, ?)')
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')

  function writeRows(frames: readonly NewFrame[], firstSeq: number): void {
    let done = 0
    let lastSeq = firstSeq - 1
    for (; done + rowsPerStatement <= frames.length; done += rowsPerStatement) {
      lastSeq = insertAlike.run(frames, done) ?? insertMany.run(frames, done)
    }
    for (; done < frames.length; done++) lastSeq = insertOne.run(frames, done)
    for (const insert of [insertAlike, insertMany, insertOne]) insert.release()
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

/** Writes some frames at once, from a place of a list on. */
interface Insert<Answer> {
  /** Answers the number that the last of them got. */
  run(frames: readonly NewFrame[], from: number): Answer
  /** Payloads are large and not ours: nothing of them is held until the next batch. */
  release(): void
}

function createInsert(database: DatabaseSync, shapes: ShapeWriter, rows: number): Insert<number> {
  const insert = prepareInsert(database, rows, '?, ?, ?, ?, ?, ?, ?, ?')
  const values = new Array<SQLInputValue>(8 * rows).fill(null)

  return {
    run(frames, from) {
      for (let row = 0, at = 0; row < rows; row++) {
        const frame = frames[from + row] as NewFrame
        const shape = shapes.find(frame)
        values[at++] = frame.at
        values[at++] = frame.sizeBytes
        values[at++] = frame.wireBytes
        values[at++] = inline(frame)
        values[at++] = frame.connection
        values[at++] = shape.id
        values[at++] = frame.replyTo
        values[at++] = shape.detail === null ? JSON.stringify(frame.detail) : null
      }
      return Number(insert.run(...values).lastInsertRowid)
    },
    release: () => void values.fill(null),
  }
}

/**
 * The frames of a flood differ in half of their columns. What they have in common stands in the statement: a fifth of
 * the time less. Answers null, and writes nothing, where they have not.
 */
function createAlikeInsert(
  database: DatabaseSync,
  shapes: ShapeWriter,
  rows: number,
): Insert<number | null> {
  const statements = new Map<string, StatementSync>()
  const values = new Array<SQLInputValue>(4 * rows).fill(null)

  function statementFor(common: string): StatementSync {
    const known = statements.get(common)
    if (known) return known
    if (statements.size === keptStatements) statements.clear()
    const made = prepareInsert(database, rows, `?, ?, ?, ?, ${common}, NULL, NULL`)
    statements.set(common, made)
    return made
  }

  return {
    run(frames, from) {
      const { connection } = frames[from] as NewFrame
      const shape = shapes.find(frames[from] as NewFrame)
      if (shape.detail === null) return null
      for (let row = 0, at = 0; row < rows; row++) {
        const frame = frames[from + row] as NewFrame
        const isAlike = frame.connection === connection && frame.replyTo === null
        if (!isAlike || shapes.find(frame) !== shape) return null
        values[at++] = frame.at
        values[at++] = frame.sizeBytes
        values[at++] = frame.wireBytes
        values[at++] = inline(frame)
      }
      const insert = statementFor(`${connection}, ${shape.id}`)
      return Number(insert.run(...values).lastInsertRowid)
    },
    release: () => void values.fill(null),
  }
}

function inline({ payload }: NewFrame): Uint8Array | null {
  return payload !== null && payload.length > inlineBytes
    ? payload.subarray(0, inlineBytes)
    : payload
}

function prepareInsert(database: DatabaseSync, rows: number, row: string): StatementSync {
  return database.prepare(
    `INSERT INTO frame
       (at, size_bytes, wire_bytes, payload, connection, shape, reply_to, detail)
     VALUES ${new Array(rows).fill(`(${row})`).join(', ')}`,
  )
}
