// Frames on their way into the file: numbered at once, written in batches, kept in memory when writing fails.

import type { DatabaseSync } from 'node:sqlite'
import type { NewFrame } from '../../shared/frame.ts'
import type { Limits } from '../../shared/limits.ts'
import type { Statistics } from '../../shared/sessionState.ts'
import { type BatchWriter, createBatchWriter } from './batchWriter.ts'
import { CaptureError, isSqliteError, reasonOf } from './captureError.ts'
import { createCheckpointer } from './checkpointer.ts'
import { readPragma } from './readPragma.ts'

export interface WriteQueue {
  /** Numbers given so far. */
  readonly frames: number
  /** Frames in the file. */
  readonly written: number
  /** The frames after those, in order: a batch that fills, or all that came since writing failed. */
  readonly waiting: readonly NewFrame[]
  readonly startedAt: number | null
  readonly full: boolean
  append(frame: NewFrame): number
  /** Writes what waits. A failure is kept for `flush` to tell. */
  settle(): void
  /** Writes what waits. Throws a failure, whenever it happened, once. */
  flush(): void
  keepStatistics(read: () => Statistics): void
  /** Writes what waits and lets go of the file. Throws as `flush` does. */
  close(): void
}

/** What a row takes beside its payload, for the share of the queue in the capture's size. */
const rowBytes = 64

/** Pages that a batch writes however small it is: the first, the end of the table and what leads to it, the statistics. */
const pagesPerBatch = 4

/**
 * The database has the schema, holds no frames and gets them from nowhere else. `path` is its file's,
 * null when it is in memory.
 */
export function createWriteQueue(
  database: DatabaseSync,
  path: string | null,
  limits: Limits,
): WriteQueue {
  const writer: BatchWriter = createBatchWriter(database)
  const pageCount = database.prepare('PRAGMA page_count')
  const storeStatistics = database.prepare('UPDATE session SET statistics = ?')
  const pageBytes = readPragma(database, 'page_size')
  const checkpointer = path === null ? null : createCheckpointer(database, path, limits.logBytes)
  let waiting: NewFrame[] = []
  let waitingBytes = 0
  let written = 0
  let startedAt: number | null = null
  let fileBytes = 0
  let readStatistics: (() => Statistics) | null = null
  let failed = false
  let untold: Error | null = null

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
    if (failed || waiting.length === 0) return
    try {
      writer.write(waiting, written + 1, writeStatistics)
      written += waiting.length
      checkpointer?.logged(waitingBytes + pagesPerBatch * pageBytes)
      waiting = []
      waitingBytes = 0
      fileBytes = (pageCount.get() as { page_count: number }).page_count * pageBytes
    } catch (error) {
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
    if (readStatistics !== null) storeStatistics.run(JSON.stringify(readStatistics()))
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
    append,
    settle,
    flush,
    close() {
      try {
        flush()
      } finally {
        checkpointer?.close()
      }
    },
    keepStatistics(read) {
      readStatistics = read
    },
  }
}
