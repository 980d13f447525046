// Frames on their way into the file: numbered at once, written in batches, kept in memory when writing fails.

import type { DatabaseSync } from 'node:sqlite'
import type { NewFrame } from '../../../shared/frame/frame.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Statistics } from '../../../shared/session/sessionState.ts'
import { CaptureError, isSqliteError, reasonOf } from '../format/captureError.ts'
import { readPragma } from '../format/readPragma.ts'
import { type BatchWriter, createBatchWriter } from './batchWriter.ts'
import { type Checkpointer, createCheckpointer } from './checkpointer.ts'
import { type FileWatch, watchFiles } from './fileWatch.ts'
import { type KnownShapes, noShapes, writeShapes } from './shapeWriter.ts'

export interface WriteQueue {
  /** Numbers given so far. */
  readonly frames: number
  /** Frames in the file. */
  readonly written: number
  /** The frames after those, in order: a batch that fills, or all that came since writing failed. */
  readonly waiting: readonly NewFrame[]
  readonly startedAt: number | null
  readonly full: boolean
  /** What waits is more than two batches. */
  readonly crowded: boolean
  append(frame: NewFrame): number
  /** Writes what waits. A failure is kept for `flush` to tell. */
  settle(): void
  /** Writes what waits. Throws a failure, whenever it happened, once. */
  flush(): void
  keepStatistics(read: () => Statistics): void
  /** What has happened to the file, as a sentence without its full stop; from then on frames wait. Null while all is well. */
  lost(): string | null
  /** Writes the shapes of the file, as far as they are known, into another one, which has none. */
  writeShapes(database: DatabaseSync): void
  /** Goes on in another file, which holds as many frames. */
  moveTo(database: DatabaseSync, path: string): void
  /** Makes the database safe to be used. */
  mend(): void
  /** Writes what waits and lets go of the file. Throws as `flush` does. */
  close(): void
  /** The last call, when the databases are closed. */
  release(): void
}

/** What a row takes beside its payload, for the share of the queue in the capture's size. */
const rowBytes = 64

/** Pages that a batch writes however small it is: the first, the end of the table and what leads to it, the statistics. */
const pagesPerBatch = 4

/** What writes into one file. */
interface Target {
  readonly writer: BatchWriter
  readonly pageBytes: number
  readonly checkpointer: Checkpointer | null
  readonly files: FileWatch | null
  pageCount(): number
  storeStatistics(json: string): void
}

interface TargetOptions {
  readonly logBytes: number
  readonly shapes: KnownShapes
  /** Frames that have been written. */
  written(): number
}

/** What a file must have. */
interface Held {
  readonly pageBytes: number
  /** Frames. */
  readonly written: number
}

function createTarget(
  database: DatabaseSync,
  path: string | null,
  { logBytes, shapes, written }: TargetOptions,
): Target {
  const pageCount = database.prepare('PRAGMA page_count')
  const storeStatistics = database.prepare('UPDATE session SET statistics = ?')
  const pageBytes = readPragma(database, 'page_size')
  return {
    writer: createBatchWriter(database, shapes),
    pageBytes,
    checkpointer: path === null ? null : createCheckpointer(database, path, logBytes),
    files:
      path === null
        ? null
        : watchFiles(path, pageBytes, (log) => {
            return isWhole(database, log, { pageBytes, written: written() })
          }),
    pageCount: () => (pageCount.get() as { page_count: number }).page_count,
    storeStatistics: (json) => void storeStatistics.run(json),
  }
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

/**
 * The database has the schema, holds no frames and gets them from nowhere else. `path` is its file's,
 * null when it is in memory.
 */
export function createWriteQueue(
  database: DatabaseSync,
  path: string | null,
  limits: Limits,
): WriteQueue {
  const shapes = noShapes()
  const options = { logBytes: limits.logBytes, shapes, written: () => written }
  let target = createTarget(database, path, options)
  const released: (FileWatch | null)[] = []
  let waiting: NewFrame[] = []
  let waitingBytes = 0
  let written = 0
  let startedAt: number | null = null
  let fileBytes = 0
  let readStatistics: (() => Statistics) | null = null
  let failed = false
  let untold: Error | null = null
  let lostWhy: string | null = null

  function append(frame: NewFrame): number {
    waiting.push(frame)
    waitingBytes += rowBytes
    if (frame.payload !== null) waitingBytes += frame.payload.length
    startedAt ??= frame.at
    const seq = written + waiting.length
    if (waiting.length >= limits.batchFrames || waitingBytes >= limits.batchBytes) settle()
    return seq
  }

  function settle(): void {
    if (failed || lostWhy !== null || waiting.length === 0) return
    const { writer, checkpointer, files, pageBytes } = target
    try {
      files?.mend()
      writer.write(waiting, written + 1, writeStatistics)
      written += waiting.length
      checkpointer?.logged(waitingBytes + pagesPerBatch * pageBytes)
      waiting = []
      waitingBytes = 0
      fileBytes = target.pageCount() * pageBytes
    } catch (error) {
      // Why it failed is then another matter: there may be a place to go on.
      if (lost() !== null) return
      failed = true
      untold = isSqliteError(error)
        ? new CaptureError(
            'capture-write-failed',
            `The capture can no longer be written: ${reasonOf(error)}. ${written} frames are in the file.`,
            error,
          )
        : (error as Error)
    }
  }

  function writeStatistics(): void {
    if (readStatistics !== null) target.storeStatistics(JSON.stringify(readStatistics()))
  }

  function lost(): string | null {
    lostWhy ??= target.files?.lost() ?? null
    return lostWhy
  }

  function flush(): void {
    settle()
    if (untold === null) return
    const failure = untold
    untold = null
    throw failure
  }

  return {
    get frames() {
      return written + waiting.length
    },
    get written() {
      return written
    },
    get waiting() {
      return waiting
    },
    get startedAt() {
      return startedAt
    },
    get full() {
      return fileBytes + waitingBytes >= limits.captureBytes
    },
    get crowded() {
      return waitingBytes > 2 * limits.batchBytes
    },
    append,
    settle,
    flush,
    close() {
      try {
        flush()
      } finally {
        target.checkpointer?.close()
      }
    },
    lost,
    mend: () => target.files?.mend(),
    writeShapes: (database) => writeShapes(database, shapes),
    moveTo(database, path) {
      const { checkpointer, files } = target
      target = createTarget(database, path, options)
      lostWhy = null
      // What the file before could not take, this one can.
      failed = false
      untold = null
      checkpointer?.close()
      files?.removeRest()
      released.push(files)
    },
    release() {
      for (const files of [...released, target.files]) files?.close()
    },
    keepStatistics(read) {
      readStatistics = read
    },
  }
}
