// A capture: the file that holds a session's frames and payloads, written by one session or opened to be read.

import type { DatabaseSync } from 'node:sqlite'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import type { FrameWithPreview } from '../../shared/frame/frame.ts'
import { defaultLimits, type Limits } from '../../shared/limits.ts'
import type { AnalysisAnswer, AnalysisName } from '../../shared/session/analyses.ts'
import type {
  CaptureInfo,
  PayloadPiece,
  RowFilter,
  RowPage,
} from '../../shared/session/captureRows.ts'
import type { Related } from '../../shared/session/related.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { version } from '../../shared/version.ts'
import { relatedFrames } from '../analyses/relatedFrames.ts'
import { createDecodedFrames } from './decoding/decodedFrames.ts'
import { CaptureError, isOutOfRange, isSqliteError, reasonOf } from './format/captureError.ts'
import { readRecordedEndpoint, readStatistics } from './format/recordedSession.ts'
import { parsedDetailBytes, within } from './format/room.ts'
import { createAnalysisRuns } from './reading/analysisRuns.ts'
import { countStatistics } from './reading/recount.ts'
import { allRows, readRows, rowPosition } from './reading/rows.ts'
import type { Recording } from './recording.ts'
import { heldBack, rescueCapture, rescueWords } from './rescue.ts'
import { makeCaptureFile, openCaptureFile } from './writing/captureFile.ts'
import { copyCapture } from './writing/copyCapture.ts'
import { createWriteQueue, type WriteQueue } from './writing/writeQueue.ts'

export interface CaptureRow extends FrameWithPreview {
  /** The payload as kept, read when asked for, in a buffer of its own; null when there is none. */
  payload(): Uint8Array | null
}

/**
 * All calls but `copyTo` are synchronous. Reads see every frame that was appended before. A damaged
 * file makes reads throw `capture-not-readable`.
 */
export interface Capture extends Recording {
  info(): CaptureInfo
  /** How the session that was recorded stood at its end; for captures that are only read. */
  savedStatus(): SessionStatus
  /** A run of rows. With a text, one call reads older frames for at most about 40 ms: see `RowPage.partial`. */
  rows(filter: RowFilter, from: number, count: number): RowPage
  /** Row number, from 0, of the first row at or after `seq`; the number of rows when there is none. */
  position(filter: RowFilter, seq: number): number
  /**
   * Decodes frames that have been written, for about so long, and answers whether nothing is left to be decoded. What
   * is read is decoded before, as far as little time allows; `entries` are all decoded.
   */
  decode(budgetMs: number): boolean
  /** A part of a payload, in a buffer of its own; empty where there is none. */
  payload(seq: number, offset: number, length: number): PayloadPiece
  /** A frame with those that it belongs to; null when there is none of that number. */
  related(seq: number): Related | null
  /** Folds the frames after `afterSeq`. One call reads older frames for about 10 ms: see `AnalysisAnswer.complete`. */
  analysis<Name extends AnalysisName>(name: Name, afterSeq: number): AnalysisAnswer<Name>
  /** All rows as of now, in order; few are held at a time. */
  entries(filter: RowFilter): Iterable<CaptureRow>
  /** Replaces `path` with a copy as of now. Rejects with `capture-not-writable`. */
  copyTo(path: string): Promise<void>
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

/** Longer ones are no names; profiles with their messages are far from it. */
const nameBytes = 64 * 1024
const endpointBytes = 16 * 1024 * 1024

/** A page of rows waits no longer for its packets. */
const decodeBeforeReadMs = 10
/** Nor does the end of a session; what is left then is decoded whenever the capture is opened. */
const decodeAtEndMs = 2000
/** More frames than are read at a time. */
const decodedAhead = 512

/** Longer than any payload can be. */
const whole = 2 ** 31

function captureOver({ queue, limits, describe, ...first }: CaptureParts): Capture {
  let { database, path } = first
  let frames = createDecodedFrames(database, queue, limits)
  const runs = createAnalysisRuns(() => frames)
  let closed = false

  /** Runs a read: what waits is written first, a damaged file is told as such. */
  function reading<T>(read: () => T): T {
    queue?.writeWaiting()
    queue?.mend()
    try {
      return read()
    } catch (error) {
      if (!isSqliteError(error) && !isOutOfRange(error)) throw error
      const message = `The capture cannot be read: ${reasonOf(error)}.`
      throw new CaptureError('capture-not-readable', message, error)
    }
  }

  function info(): CaptureInfo {
    const { name, endpoint: json } = (database
      .prepare(
        `SELECT ${within('name', nameBytes)}, ${within('endpoint', endpointBytes)} FROM session WHERE id = 1`,
      )
      .get() ?? {}) as Record<string, unknown>
    const endpoint = readRecordedEndpoint(json)
    if (endpoint === null) {
      const message = 'The capture cannot be read: it does not name its endpoint.'
      throw new CaptureError('capture-not-readable', message)
    }
    return {
      name: typeof name === 'string' ? name : 'Unnamed',
      endpoint,
      startedAt: frames.startedAt(),
      frames: frames.last(),
    }
  }

  function savedStatus(): SessionStatus {
    const { endpoint, frames: count, startedAt } = info()
    const { statistics } = database
      .prepare(`SELECT ${within('statistics', parsedDetailBytes)} FROM session WHERE id = 1`)
      .get() as Record<string, unknown>
    const [last] = frames.read(count, 1).rows
    return {
      state: 'ended',
      method: endpoint.method,
      frames: count,
      startedAt,
      endedAt: last?.frame.at ?? null,
      pending: null,
      statistics: readStatistics(statistics) ?? countStatistics(database, count),
      outcome: last?.frame.kind === 'end' ? last.frame.detail : null,
      canSend: false,
      repeatMs: null,
    }
  }

  function* entries(filter: RowFilter): Generator<CaptureRow> {
    let { afterSeq } = filter
    for (;;) {
      const source = frames
      const rows = reading(() => allRows(source, { ...filter, afterSeq }))
      // What came to another file meanwhile is read there.
      while (source === frames) {
        reading(() =>
          source.decoding.reach(filter.text === '' ? afterSeq + decodedAhead : source.last()),
        )
        const next = reading(() => rows.next())
        if (next.done) return
        const { seq } = next.value.frame
        afterSeq = seq
        yield {
          ...next.value,
          payload: () => reading(() => frames.payload(seq, 0, whole)?.bytes ?? null),
        }
      }
    }
  }

  function writable(): WriteQueue {
    if (!queue) throw new Error('this capture is only read')
    return queue
  }

  function* move(): Generator<void, string> {
    const lostQueue = writable()
    const what = lostQueue.lost()
    if (what === null || path === null) throw new Error('this capture is not lost')
    const { written, startedAt } = lostQueue
    try {
      const begin = (target: DatabaseSync) => {
        describe(target)
        lostQueue.writeShapes(target)
      }
      const lost = { database, path, written, startedAt: startedAt ?? Date.now(), begin }
      const { missing, ...rescued } = yield* heldBack(rescueCapture(lost), lostQueue)
      lostQueue.moveTo(rescued.database, rescued.path)
      ;({ database, path } = rescued)
      frames = createDecodedFrames(database, queue, limits)
      return `${rescueWords(written, missing)}Recording goes on in ${path}`
    } catch (error) {
      const message = `${what}, and there is no place to go on: ${reasonOf(error)}.`
      throw new CaptureError('capture-lost', message, error)
    }
  }

  return {
    get frames() {
      return frames.last()
    },
    get startedAt() {
      return frames.startedAt()
    },
    get full() {
      return queue?.full ?? false
    },
    get path() {
      return path
    },
    lost: () => queue?.lost() ?? null,
    move,
    append(frame) {
      const seq = writable().append(frame)
      runs.add(frame, seq)
      return seq
    },
    flush: () => queue?.flush(),
    keepStatistics: (read) => writable().keepStatistics(read),
    info: () => reading(info),
    savedStatus: () => reading(savedStatus),
    rows: (filter, from, count) =>
      reading(() => {
        const isDecoded = frames.decoding.catchUp(decodeBeforeReadMs)
        const page = readRows(frames, filter, from, count, limits.pageChars)
        return isDecoded ? page : { ...page, undecoded: true }
      }),
    decode: (budgetMs) => closed || reading(() => frames.decoding.step(budgetMs)),
    position: (filter, seq) => reading(() => rowPosition(frames, filter, seq)),
    payload: (seq, offset, length) =>
      reading(
        () =>
          frames.payload(seq, offset, length) ?? { offset, sizeBytes: 0, bytes: new Uint8Array(0) },
      ),
    related: (seq) => reading(() => relatedFrames(frames.read, seq)),
    analysis: (name, afterSeq) => reading(() => runs.answer(name, afterSeq)),
    entries,
    async copyTo(target) {
      queue?.writeWaiting()
      // Of a file that was lost only the connection that holds it open can read.
      const from = queue && queue.lost() !== null ? null : path
      await copyCapture({ database, path: from, overflow: queue?.overflow ?? null }, target)
    },
    close() {
      if (closed) return
      closed = true
      if (queue) reading(() => frames.decoding.finish(decodeAtEndMs))
      if (queue) queue.close()
      else database.close()
    },
  }
}
