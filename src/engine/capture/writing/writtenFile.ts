// The database that a capture is written into: its file is watched, and its log moved into it behind recording.

import type { DatabaseSync } from 'node:sqlite'
import type { NewFrame } from '../../../shared/frame/frame.ts'
import type { Statistics } from '../../../shared/session/sessionState.ts'
import { isSqliteError } from '../format/captureError.ts'
import { readPragma } from '../format/readPragma.ts'
import { createBatchWriter } from './batchWriter.ts'
import { mergeLog } from './captureFile.ts'
import { createCheckpointer } from './checkpointer.ts'
import { watchFiles } from './fileWatch.ts'
import type { Overflow } from './overflow.ts'
import type { KnownShapes } from './shapeWriter.ts'

export interface WrittenFile {
  readonly database: DatabaseSync
  /** Null when it is in memory. */
  readonly path: string | null
  /** Frames in it. */
  readonly written: number
  /** As of the last batch. */
  readonly sizeBytes: number
  /** False for ever once a write failed or it was found lost. */
  readonly takesFrames: boolean
  /** Writes frames of `bytes`, and the statistics with them, or nothing. Throws what SQLite says. */
  write(frames: readonly NewFrame[], bytes: number, statistics: (() => Statistics) | null): void
  /** Writes all of them, or none, and throws what SQLite says. */
  takeOver(overflow: Overflow): void
  /** What has happened to the file, as a sentence without its full stop. Null while all is well. */
  lost(): string | null
  /** Makes the database safe to be used. */
  mend(): void
  /** Another file takes the place of this one, which was lost. */
  leave(): void
  /** Closes the database; the file then stands alone unless it was lost. */
  close(): void
}

export interface WrittenFileOptions {
  readonly database: DatabaseSync
  readonly path: string | null
  /** Frames in it. */
  readonly written: number
  /** Those that the file has, and more that come to it. */
  readonly shapes: KnownShapes
  readonly logBytes: number
}

/** Pages that a batch writes however small it is: the first, the end of the table and what leads to it, the statistics. */
const pagesPerBatch = 4

/** Nothing else writes into it. */
export function createWrittenFile(options: WrittenFileOptions): WrittenFile {
  const { database, path, shapes, logBytes } = options
  const pageCount = database.prepare('PRAGMA page_count')
  const storeStatistics = database.prepare('UPDATE session SET statistics = ?')
  const pageBytes = readPragma(database, 'page_size')
  const writer = createBatchWriter(database, shapes)
  const checkpointer = path === null ? null : createCheckpointer(database, path, logBytes)
  const files =
    path === null
      ? null
      : watchFiles(path, pageBytes, (log) => isWhole(database, log, { pageBytes, written }))
  let { written } = options
  let sizeBytes = 0
  let failed = false
  let lostWhy: string | null = null

  /** What fails once is left alone. */
  function change(act: () => void): void {
    try {
      files?.mend()
      act()
    } catch (error) {
      failed = true
      throw error
    }
  }

  function lost(): string | null {
    lostWhy ??= files?.lost() ?? null
    return lostWhy
  }

  return {
    database,
    path,
    get written() {
      return written
    },
    get sizeBytes() {
      return sizeBytes
    },
    get takesFrames() {
      return !failed && lostWhy === null
    },
    write(frames, bytes, statistics) {
      let pages = 0
      change(() =>
        writer.write(frames, written + 1, () => {
          if (statistics !== null) storeStatistics.run(JSON.stringify(statistics()))
          pages = (pageCount.get() as { page_count: number }).page_count
        }),
      )
      written += frames.length
      sizeBytes = pages * pageBytes
      checkpointer?.logged(bytes + pagesPerBatch * pageBytes)
    },
    takeOver(overflow) {
      if (path === null) throw new Error('there is no file')
      change(() => overflow.copyInto(path))
      written += overflow.frames
    },
    lost,
    mend: () => files?.mend(),
    leave() {
      checkpointer?.close()
      files?.removeRest()
    },
    close() {
      checkpointer?.close()
      try {
        if (path !== null && lost() === null) mergeLog(database)
      } finally {
        database.close()
        files?.close()
      }
    },
  }
}

/** What a file must have. */
interface Held {
  readonly pageBytes: number
  /** Frames. */
  readonly written: number
}

/** Whether a log of `logBytes` is as long as it must be, and the last frame is found. [sqlite] fileformat2.html 4.1 */
function isWhole(database: DatabaseSync, logBytes: number, { pageBytes, written }: Held): boolean {
  try {
    const { log } = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() as { log: number }
    if (log > 0 && 32 + log * (24 + pageBytes) > logBytes) return false
    const found = database.prepare('SELECT coalesce(max(seq), 0) AS last FROM frame').get()
    return (found as { last: number }).last === written
  } catch (error) {
    if (isSqliteError(error)) return false
    throw error
  }
}
