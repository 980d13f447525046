// Moves a capture's log into its file in a thread of its own: the disk is waited for there, so that the
// session's thread goes on reading its sockets and stamps frames when they arrive.
//
// The writer begins the log anew where it finds all of it moved. A pass over a grown log takes longer than the next
// batch, which is then left; so another follows right behind a batch, and has the time until the next one.

import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { readPragma } from '../format/readPragma.ts'

export interface Checkpointer {
  /** The log has become longer by about so many bytes. */
  logged(bytes: number): void
  /** Waits for the thread to be done with the file. */
  close(): void
}

/** The thread is asked when the log has grown by this share of what it may be. */
const strideShare = 1 / 8
/** What came during a pass is moved after the next batch. Not when it is more than this share: a flood leaves no pause. */
const restShare = 1 / 64
/** Passes for what was left; a disk to which the batches come too fast is then given the time of a stride. */
const mostRests = 100
/** A thread that has not ended by then is left behind; the file is whole with its log beside it. */
const closeLimitMs = 10_000

// What the two threads know of each other: one cell of shared memory, since the session's thread closes
// a capture without waiting for an event.
const phase = { idle: 0, asked: 1, closing: 2, closed: 3 } as const

interface ThreadData {
  readonly path: string
  /** Which file the writer has open. Where another stands in its place by now, that is left alone. */
  readonly own: { readonly ino: bigint; readonly dev: bigint } | null
  readonly state: Int32Array
  readonly phase: typeof phase
}

/**
 * `database` writes the file at `path`. Its own checkpoints, which make it wait for the disk, take
 * place only when the log is longer than `logBytes`: the disk is then what limits the recording.
 */
export function createCheckpointer(
  database: DatabaseSync,
  path: string,
  logBytes: number,
): Checkpointer {
  const pageBytes = readPragma(database, 'page_size')
  const file = statSync(path, { bigint: true, throwIfNoEntry: false })
  const own = file ? { ino: file.ino, dev: file.dev } : null
  database.exec(`PRAGMA wal_autocheckpoint = ${Math.ceil(logBytes / pageBytes)}`)
  const state = new Int32Array(new SharedArrayBuffer(4))
  let thread: Worker | null = null
  let grown = 0
  /** The part of `grown` that came during a pass, which may not have moved it. */
  let left = 0
  let rests = 0

  function begin(): Worker {
    const workerData: ThreadData = { path, own, state, phase }
    const begun = new Worker(`(${moveLog})()`, { eval: true, workerData, execArgv: [] })
    begun.unref()
    // It has ended with the file untouched, and the log grows to its limit: writing it tells of a disk
    // that is full or gone.
    begun.on('error', () => Atomics.store(state, 0, phase.closed))
    return begun
  }

  return {
    logged(bytes) {
      grown += bytes
      if (Atomics.load(state, 0) !== phase.idle) {
        left += bytes
        return
      }
      const isGrown = grown >= logBytes * strideShare
      const isRest = left > 0 && left <= logBytes * restShare && rests < mostRests
      if (!isGrown && !isRest) return
      rests = isGrown ? 0 : rests + 1
      grown = 0
      left = 0
      thread ??= begin()
      Atomics.store(state, 0, phase.asked)
      Atomics.notify(state, 0)
    },
    close() {
      if (thread === null || Atomics.load(state, 0) === phase.closed) return
      Atomics.store(state, 0, phase.closing)
      Atomics.notify(state, 0)
      Atomics.wait(state, 0, phase.closing, closeLimitMs)
    },
  }
}

/**
 * The thread's program. It is handed over as text, since it must run from the bundles and from the sources
 * alike, where no file has the same name: so it uses nothing that stands outside of it.
 */
function moveLog(): void {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
  const { statSync } = process.getBuiltinModule('node:fs')
  const { pathToFileURL } = process.getBuiltinModule('node:url')
  const { workerData } = process.getBuiltinModule('node:worker_threads')
  const { path, own, state, phase } = workerData as ThreadData
  const isOwn = () => {
    const now = statSync(path, { bigint: true, throwIfNoEntry: false })
    return now !== undefined && now.ino === own?.ino && now.dev === own.dev
  }
  try {
    // Where the file is gone by now, none is made.
    const url = pathToFileURL(path)
    url.search = 'mode=rw'
    const database = new DatabaseSync(url)
    // Looked at when it is open, and before anything of it is read: the log that stands beside it is the writer's.
    if (!isOwn()) throw new Error('another file has replaced the capture')
    database.exec('PRAGMA synchronous = NORMAL')
    for (;;) {
      Atomics.wait(state, 0, phase.idle)
      if (Atomics.load(state, 0) === phase.closing) break
      // Waits for no reader and no writer, and moves what it can.
      database.exec('PRAGMA wal_checkpoint(PASSIVE)')
      Atomics.compareExchange(state, 0, phase.asked, phase.idle)
    }
    database.close()
  } finally {
    Atomics.store(state, 0, phase.closed)
    Atomics.notify(state, 0)
  }
}
