// Frames that the capture's file cannot take, in the same tables in memory and under the same numbers as in the file.

import type { DatabaseSync } from 'node:sqlite'
import type { NewFrame } from '../../../shared/frame/frame.ts'
import { attachFile } from './attachFile.ts'
import { createBatchWriter } from './batchWriter.ts'
import { makeCaptureFile } from './captureFile.ts'
import { type KnownShapes, writeShapes } from './shapeWriter.ts'

export interface Overflow {
  /** For reading. */
  readonly database: DatabaseSync
  /** How many there are. */
  readonly frames: number
  /** What they take, about. */
  readonly bytes: number
  /** Frames of `bytes` come behind those that are here. */
  write(frames: readonly NewFrame[], bytes: number): void
  /**
   * Puts them into the capture file at `path`, which must hold all frames before them and their shapes under the same
   * ids. Throws what SQLite says; the file then is as it was.
   */
  copyInto(path: string): void
  close(): void
}

/** For the frames after the one of number `written`. */
export function createOverflow(written: number, shapes: KnownShapes): Overflow {
  const database = makeCaptureFile(null)
  writeShapes(database, shapes)
  // The next row gets the next number. Nobody asks for this one.
  database
    .prepare(
      `INSERT INTO frame (seq, at, connection, shape, size_bytes, wire_bytes)
       VALUES (?, 0, 0, 0, 0, 0)`,
    )
    .run(written)
  const writer = createBatchWriter(database, shapes)
  let frames = 0
  let bytes = 0

  return {
    database,
    get frames() {
      return frames
    },
    get bytes() {
      return bytes
    },
    write(more, moreBytes) {
      writer.write(more, written + frames + 1)
      frames += more.length
      bytes += moreBytes
    },
    copyInto(path) {
      attachFile(database, path, 'file')
      try {
        database.exec(`
          BEGIN;
          INSERT INTO file.shape SELECT * FROM main.shape WHERE id NOT IN (SELECT id FROM file.shape);
          INSERT INTO file.frame SELECT * FROM main.frame WHERE seq > ${written};
          INSERT INTO file.piece SELECT * FROM main.piece;
          COMMIT`)
      } finally {
        // A full disk rolls back by itself. [sqlite] lang_transaction.html 3
        if (database.isTransaction) database.exec('ROLLBACK')
        database.exec('DETACH file')
      }
    },
    close: () => database.close(),
  }
}
