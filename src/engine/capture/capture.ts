// A capture: the file that holds a session's frames and payloads, written by one session or opened to be read.

import type { DatabaseSync } from 'node:sqlite'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { defaultLimits, type Limits } from '../../shared/limits.ts'
import { version } from '../../shared/version.ts'
import { recordedFile, savedFile } from './bookmarks/bookmarkFiles.ts'
import { createBookmarkStore } from './bookmarks/bookmarkStore.ts'
import { type CaptureReads, createCaptureReader } from './captureReader.ts'
import type { Recording } from './recording.ts'
import { moveCapture } from './rescue/moveCapture.ts'
import { makeCaptureFile, openCaptureFile } from './writing/captureFile.ts'
import { copyCapture } from './writing/copyCapture.ts'
import type { ExportRun } from './writing/exportRun.ts'
import { createWriteQueue, type WriteQueue } from './writing/writeQueue.ts'

/** All calls but `copyTo` are synchronous. */
export interface Capture extends Recording, CaptureReads {
  /**
   * From now on `tell` is called, and nobody else, when frames are written that may have to be decoded, once until
   * `decode` has answered that nothing is left; and when all are decoded anew in another file.
   */
  onUndecoded(tell: () => void): void
  /** Replaces `path` with a copy as of now. Rejects with `capture-not-writable`, and with `cancelled` once that is asked for. */
  copyTo(path: string, run?: ExportRun): Promise<void>
  /** Writes what waits and closes. The file then stands alone, without a log beside it. */
  close(): void
}

export interface CaptureOptions {
  /** Absolute path of the file, which must not exist; null keeps the capture in memory. */
  readonly path: string | null
  readonly name: string
  /** With its references unresolved: this is recorded. */
  readonly endpoint: Endpoint
  readonly limits: Limits
}

/** Begins a capture. Throws `capture-not-writable`. */
export function createCapture(options: CaptureOptions): Capture {
  return writeCapture(makeCaptureFile(options.path), options)
}

/** Opens a recorded capture for reading. Throws `capture-not-readable`. */
export function openCapture(path: string, limits: Limits = defaultLimits): Capture {
  const database = openCaptureFile(path)
  return captureOver({ database, path, limits, queue: null, describe: () => {} })
}

/** A capture over a database that has the schema and no rows. */
export function writeCapture(database: DatabaseSync, options: CaptureOptions): Capture {
  const { path, name, endpoint, limits } = options
  const json = [JSON.stringify(endpoint), JSON.stringify(limits)] as const
  const values = [name, ...json, version, Date.now(), performance.timeOrigin]
  const describe = (target: DatabaseSync) =>
    void target
      .prepare(
        `INSERT INTO session (id, name, endpoint, limits, lifeline, created_at, time_origin)
         VALUES (1, ?, ?, ?, ?, ?, ?)`,
      )
      .run(...values)
  describe(database)
  const queue = createWriteQueue(database, path, limits)
  return captureOver({ database, path, limits, queue, describe })
}

interface CaptureParts {
  readonly database: DatabaseSync
  readonly path: string | null
  readonly limits: Limits
  /** Null when the capture is only read. */
  readonly queue: WriteQueue | null
  /** Writes the row that says what is recorded. */
  describe(database: DatabaseSync): void
}

function captureOver({ queue, limits, describe, ...first }: CaptureParts): Capture {
  const bookmarks = createBookmarkStore(
    first.database,
    queue ? recordedFile(queue) : savedFile(first.path),
  )
  const reader = createCaptureReader({ database: first.database, queue, limits, bookmarks })
  let closed = false

  function writable(): WriteQueue {
    if (!queue) throw new Error('this capture is only read')
    return queue
  }

  return {
    ...reader.reads,
    get frames() {
      return reader.last()
    },
    get startedAt() {
      return reader.startedAt()
    },
    get full() {
      return queue?.full ?? false
    },
    get path() {
      return (queue ?? first).path
    },
    append: (frame) => writable().append(frame),
    flush: () => queue?.flush(),
    lost: () => queue?.lost() ?? null,
    *move() {
      const told = yield* moveCapture(writable(), describe)
      reader.readFrom(writable().database)
      bookmarks.writeAgain()
      return told
    },
    onUndecoded: reader.onUndecoded,
    decode: (budgetMs) => closed || reader.reads.decode(budgetMs),
    keepStatistics: (read) => writable().keepStatistics(read),
    async copyTo(target, run) {
      queue?.writeWaiting()
      const { database, path } = queue ?? first
      // Of a file that was lost only the connection that holds it open can read.
      const from = queue && queue.lost() !== null ? null : path
      const overflow = queue?.overflow ?? null
      const finish = bookmarks.copyInto
      await copyCapture({ database, path: from, overflow, finish }, target, run)
    },
    close() {
      if (closed) return
      closed = true
      try {
        if (queue) reader.finish()
      } finally {
        ;(queue ?? first.database).close()
      }
    },
  }
}
