// Frames on their way into the file: numbered at once, written in batches, kept in memory when writing fails.

import type { DatabaseSync } from 'node:sqlite'
import type { NewFrame } from '../../../shared/frame/frame.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Statistics } from '../../../shared/session/sessionState.ts'
import { CaptureError, isSqliteError, reasonOf } from '../format/captureError.ts'
import { createOverflow, type Overflow } from './overflow.ts'
import { noShapes, writeShapes } from './shapeWriter.ts'
import { createWrittenFile, type WrittenFile } from './writtenFile.ts'

export interface WriteQueue {
  readonly database: DatabaseSync
  /** The file's; null in memory. */
  readonly path: string | null
  /** Numbers given so far. */
  readonly frames: number
  /** Frames in the file. */
  readonly written: number
  /** The frames after those that the file cannot take; null while it takes all. */
  readonly overflow: Overflow | null
  readonly startedAt: number | null
  readonly full: boolean
  /** What is in memory is more than two batches. */
  readonly crowded: boolean
  append(frame: NewFrame): number
  /**
   * Writes what waits for the next batch, into memory where the file does not take it: then all frames can be read.
   * A failure is kept for `flush` to tell.
   */
  writeWaiting(): void
  /** Writes what waits. Throws a failure, whenever it happened, once. */
  flush(): void
  keepStatistics(read: () => Statistics): void
  /** `tell` is called for each batch that was written, wherever to, with the number of its first frame. */
  onBatch(tell: (frames: readonly NewFrame[], firstSeq: number) => void): void
  /** What has happened to the file, as a sentence without its full stop; from then on frames stay in memory. Null while all is well. */
  lost(): string | null
  /** Writes the shapes of the file, as far as they are known, into another one, which has none. */
  writeShapes(database: DatabaseSync): void
  /** Goes on in another file, which holds as many frames, and puts those there that the one before could not take. */
  moveTo(database: DatabaseSync, path: string): void
  /** Makes the database safe to be used. */
  mend(): void
  /** Writes what waits and closes all databases. Throws as `flush` does. */
  close(): void
}

/** What a row takes beside its payload, for the share of the queue in the capture's size. */
const rowBytes = 64

/** Of the names that a peer gives to each event, as long as it likes. */
function namesLength({ kind, detail }: NewFrame): number {
  return kind === 'event' ? detail.type.length + detail.lastEventId.length : 0
}

/**
 * The database has the schema, holds no frames and gets them from nowhere else; the queue closes it. `path` is its
 * file's, null when it is in memory.
 */
export function createWriteQueue(
  database: DatabaseSync,
  path: string | null,
  limits: Limits,
): WriteQueue {
  const shapes = noShapes()
  const { logBytes } = limits
  let file = createWrittenFile({ database, path, written: 0, shapes, logBytes })
  let overflow: Overflow | null = null
  /** What others may still be reading. */
  const left: (WrittenFile | Overflow)[] = []
  let frames = 0
  let waiting: NewFrame[] = []
  let waitingBytes = 0
  /** Of the file and in memory, as of the last batch. */
  let tableBytes = 0
  let startedAt: number | null = null
  let tellBatch: Parameters<WriteQueue['onBatch']>[0] = () => {}
  let readStatistics: (() => Statistics) | null = null
  let untold: Error | null = null

  function append(frame: NewFrame): number {
    waiting.push(frame)
    waitingBytes += rowBytes
    if (frame.payload !== null) waitingBytes += frame.payload.length
    waitingBytes += namesLength(frame)
    startedAt ??= frame.at
    const seq = ++frames
    if (waiting.length >= limits.batchFrames || waitingBytes >= limits.batchBytes) writeWaiting()
    return seq
  }

  function writeWaiting(): void {
    if (waiting.length === 0) return
    const batch = waiting
    const firstSeq = frames - batch.length + 1
    try {
      writeToFile()
      if (!file.takesFrames) writeToMemory()
    } catch (error) {
      untold ??= failureToWrite(error, file.written)
    }
    tableBytes = file.sizeBytes + (overflow?.bytes ?? 0)
    if (waiting !== batch) tellBatch(batch, firstSeq)
  }

  function writeToFile(): void {
    if (!file.takesFrames) return
    tryFile(() => {
      file.write(waiting, waitingBytes, readStatistics)
      waiting = []
      waitingBytes = 0
    })
  }

  function writeToMemory(): void {
    overflow ??= createOverflow(file.written, shapes)
    overflow.write(waiting, waitingBytes)
    waiting = []
    waitingBytes = 0
  }

  function tryFile(change: () => void): void {
    try {
      change()
    } catch (error) {
      // Why it failed is then another matter: there may be a place to go on.
      if (file.lost() === null) untold = failureToWrite(error, file.written)
    }
  }

  function flush(): void {
    writeWaiting()
    if (untold === null) return
    const failure = untold
    untold = null
    throw failure
  }

  return {
    get database() {
      return file.database
    },
    get path() {
      return file.path
    },
    get frames() {
      return frames
    },
    get written() {
      return file.written
    },
    get overflow() {
      return overflow
    },
    get startedAt() {
      return startedAt
    },
    get full() {
      return tableBytes + waitingBytes >= limits.captureBytes
    },
    get crowded() {
      return (overflow?.bytes ?? 0) + waitingBytes > 2 * limits.batchBytes
    },
    append,
    writeWaiting,
    flush,
    close() {
      try {
        flush()
      } finally {
        for (const one of [...left, overflow, file]) one?.close()
      }
    },
    lost: () => file.lost(),
    mend: () => file.mend(),
    writeShapes: (database) => writeShapes(database, shapes),
    moveTo(database, path) {
      const { written } = file
      file.leave()
      left.push(file)
      file = createWrittenFile({ database, path, written, shapes, logBytes })
      untold = null
      const rest = overflow
      if (rest === null) return
      tryFile(() => {
        file.takeOver(rest)
        left.push(rest)
        overflow = null
      })
    },
    keepStatistics(read) {
      readStatistics = read
    },
    onBatch(tell) {
      tellBatch = tell
    },
  }
}

function failureToWrite(error: unknown, written: number): Error {
  if (!isSqliteError(error)) return error as Error
  const message = `The capture can no longer be written: ${reasonOf(error)}. ${written} frames are in the file.`
  return new CaptureError('capture-write-failed', message, error)
}
