// All that views, exports and the command line ask a capture, while it is written and afterwards.

import type { DatabaseSync } from 'node:sqlite'
import type { Limits } from '../../shared/limits.ts'
import type {
  AnalysisAnswer,
  AnalysisName,
  AnalysisScope,
} from '../../shared/session/analysisResults.ts'
import type { Bookmarks } from '../../shared/session/bookmarks.ts'
import {
  asksFrames,
  type CaptureInfo,
  type DecodedPayload,
  type PayloadPiece,
  type RowFilter,
  type RowPage,
  type RowPositions,
  type SelectedSums,
} from '../../shared/session/captureRows.ts'
import type { FrameSpans } from '../../shared/session/frameSpans.ts'
import type { Related } from '../../shared/session/related.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import type { SliceWish, TimeSlice } from '../../shared/session/timeSlice.ts'
import { relatedFrames } from '../analyses/relatedFrames.ts'
import type { BookmarkStore } from './bookmarks/bookmarkStore.ts'
import { createDecodedFrames } from './decoding/decodedFrames.ts'
import { CaptureError, isOutOfRange, isSqliteError, reasonOf } from './format/captureError.ts'
import { createKeptOverview } from './format/keptOverview.ts'
import { createAnalysisRuns } from './reading/analysisRuns.ts'
import type { ReadRow } from './reading/frameReader.ts'
import type { WrittenFrames } from './reading/joinedFrames.ts'
import { createLabelledFrames } from './reading/labelledFrames.ts'
import {
  allRows,
  readRows,
  readTail,
  rowAtTime,
  rowPosition,
  rowPositions,
} from './reading/rows.ts'
import { shownSpans, sumSelected } from './reading/selectedFrames.ts'
import { readInfo, readSavedStatus } from './reading/sessionRow.ts'
import { createSliceReader } from './reading/timeSlices.ts'
import type { WriteQueue } from './writing/writeQueue.ts'

export interface CaptureRow extends ReadRow {
  /** The note of its bookmark; absent where it has none. */
  readonly bookmark?: string
  /** The payload as kept, read when asked for, in a buffer of its own; null when there is none. */
  payload(): Uint8Array | null
}

/** Every call sees all frames that were appended before, and throws `capture-not-readable` where the file is damaged. */
export interface CaptureReads {
  info(): CaptureInfo
  /**
   * How the session that was recorded stood at its end; for captures that are only read. Where that has to be counted,
   * `tell` is told of the share, from 0 to 1.
   */
  savedStatus(tell?: (share: number) => void): SessionStatus
  /** A run of rows. With a text, one call reads older frames for at most about 40 ms: see `RowPage.partial`. */
  rows(filter: RowFilter, from: number, count: number): RowPage
  /**
   * The newest rows, `count` at the most, none before `from`; null where there are none, and where more than about 10 ms
   * are needed to know them: then `rows` reads on.
   */
  tail(filter: RowFilter, from: number, count: number): RowPage | null
  /** Row number, from 0, of the first row at or after `seq`; the number of rows when there is none. */
  position(filter: RowFilter, seq: number): number
  /** The same for many frames at once; one call reads older frames as `rows` does. */
  positions(filter: RowFilter, seqs: readonly number[]): RowPositions
  /** Row number, from 0, of the first row at or after the time, in epoch ms; the number of rows when there is none. */
  rowAt(filter: RowFilter, at: number): number
  /** The frames of the filter by time. One call reads older frames for at most about 40 ms: see `TimeSlice.partial`. */
  slice(filter: RowFilter, wish: SliceWish): TimeSlice
  /**
   * Decodes frames that have been written, for about so long, and answers whether nothing is left to be decoded. What
   * is read is decoded before, as far as little time allows; `entries` are all decoded.
   */
  decode(budgetMs: number): boolean
  /** A part of a payload, in a buffer of its own; empty where there is none. */
  payload(seq: number, offset: number, length: number): PayloadPiece
  /** What it holds in its protocol's own terms; null where no protocol reads it. */
  payloadAs(seq: number): DecodedPayload | null
  /** A frame with those that it belongs to; null when there is none of that number. */
  related(seq: number): Related | null
  /**
   * Folds the frames of `scope`. One call looks for them for about 40 ms at the most and reads them for about 10 ms: see
   * `AnalysisAnswer.complete`.
   */
  analysis<Name extends AnalysisName>(name: Name, scope: AnalysisScope): AnalysisAnswer<Name>
  bookmarks(): Bookmarks
  /**
   * Marks the frame, with a note that may be empty; null takes the mark away. Answers a sentence where that is not in the
   * file, or else null. Throws `too-many-bookmarks`.
   */
  bookmark(seq: number, note: string | null): string | null
  /** What frames come to that are selected. One call reads for about 40 ms at the most. */
  selected(filter: RowFilter, within: FrameSpans, afterSeq: number): SelectedSums
  /** All rows as of now, in order, or those of `within`; few are held at a time. */
  entries(filter: RowFilter, within?: FrameSpans): Iterable<CaptureRow>
}

export interface CaptureReader {
  readonly reads: CaptureReads
  /** The highest sequence number. */
  last(): number
  /** `at` of the first frame; null before it. */
  startedAt(): number | null
  /** See `Capture.onUndecoded`. */
  onUndecoded(tell: () => void): void
  /** Decodes what is left and can be decoded soon, and keeps it with the frames; so the overview of many. */
  finish(): void
  /** From now on the frames are in another file. */
  readFrom(database: DatabaseSync): void
}

export interface CaptureReaderOptions {
  readonly database: DatabaseSync
  /** Null when the capture is only read. */
  readonly queue:
    | (WrittenFrames & Pick<WriteQueue, 'writeWaiting' | 'onBatch' | 'mend' | 'lost'>)
    | null
  readonly limits: Limits
  readonly bookmarks: BookmarkStore
}

/** A page of rows waits no longer for its packets. */
const decodeBeforeReadMs = 10
/** Nor does the end of a session; what is left then is decoded whenever the capture is opened. */
const decodeAtEndMs = 2000
/** More frames than are read at a time. */
const decodedAhead = 512

/** Recording waits while the newest rows are read with a status. */
const tailMs = 10

/** Longer than any payload can be. */
const whole = 2 ** 31

export function createCaptureReader({
  queue,
  limits,
  bookmarks,
  ...first
}: CaptureReaderOptions): CaptureReader {
  let { database } = first
  let tellUndecoded = () => {}
  const decodedFrames = () =>
    createDecodedFrames({
      ...{ database, queue, limits, bookmarks },
      onUndecoded: () => tellUndecoded(),
    })
  let frames = decodedFrames()
  const drawn = createLabelledFrames()
  const readSlice = createSliceReader()
  const kept = createKeptOverview(first.database)
  // Of a capture that is written it is counted as it comes.
  const runs = createAnalysisRuns(() => frames, queue === null ? kept.read : undefined)
  if (queue) runs.stay('overview')

  queue?.onBatch((batch, firstSeq) => {
    runs.add(batch, firstSeq)
    frames.decoding.add(batch, firstSeq)
  })

  /** Runs a read: what waits is written first, and a damaged file is told as such. */
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

  function* entries(filter: RowFilter, within?: FrameSpans): Generator<CaptureRow> {
    if (within === undefined) return yield* entriesUpTo(filter, frames.last())
    for (const [first, last] of reading(() => shownSpans(frames, filter, within)))
      yield* entriesUpTo({ ...filter, afterSeq: first - 1 }, last)
  }

  function* entriesUpTo(filter: RowFilter, last: number): Generator<CaptureRow> {
    let { afterSeq } = filter
    for (;;) {
      const source = frames
      const rows = reading(() => allRows(source, { ...filter, afterSeq }, last))
      // What came to another file meanwhile is read there.
      while (source === frames) {
        reading(() =>
          source.decoding.reach(asksFrames(filter) ? source.last() : afterSeq + decodedAhead),
        )
        const next = reading(() => rows.next())
        if (next.done) return
        const { seq } = next.value.frame
        afterSeq = seq
        const bookmark = bookmarks.note(seq)
        yield {
          ...next.value,
          ...(bookmark !== undefined && { bookmark }),
          payload: () => reading(() => frames.payload(seq, 0, whole)?.bytes ?? null),
        }
      }
    }
  }

  /** Not of a file that took the place of a lost one: frames that were counted may be missing there. */
  function keepOverview(): void {
    if (!queue || database !== first.database || queue.lost() !== null) return
    const { result, upTo } = runs.answer('overview', { afterSeq: 0 })
    if (upTo === queue.written) kept.write(result, upTo)
  }

  /** The same of rows, which are decoded as far as little time allows. */
  function readingRows<T>(read: (isDecoded: boolean) => T): T {
    return reading(() => read(frames.decoding.catchUp(decodeBeforeReadMs)))
  }

  const reads: CaptureReads = {
    info: () => reading(() => readInfo(database, frames)),
    savedStatus: (tell = () => {}) => reading(() => readSavedStatus(database, frames, tell)),
    rows: (filter, from, count) =>
      readingRows((isDecoded) => {
        const page = readRows(
          drawn.from(frames, filter.show),
          filter,
          from,
          count,
          limits.pageChars,
        )
        return isDecoded ? page : { ...page, undecoded: true }
      }),
    tail: (filter, from, rows) =>
      reading(() => {
        const until = performance.now() + tailMs
        const isDecoded = frames.decoding.catchUp(tailMs / 2)
        const source = drawn.from(frames, filter.show)
        const page = readTail(source, filter, { from, rows, until }, limits.pageChars)
        return isDecoded ? page : page && { ...page, undecoded: true }
      }),
    decode: (budgetMs) => reading(() => frames.decoding.step(budgetMs)),
    position: (filter, seq) => readingRows(() => rowPosition(frames, filter, seq)),
    positions: (filter, seqs) => readingRows(() => rowPositions(frames, filter, seqs)),
    rowAt: (filter, at) => readingRows(() => rowAtTime(frames, filter, at)),
    slice: (filter, wish) =>
      readingRows((isDecoded) => {
        const slice = readSlice(drawn.from(frames, filter.show), filter, wish, limits.pageChars)
        return isDecoded ? slice : { ...slice, undecoded: true }
      }),
    payload: (seq, offset, length) =>
      reading(
        () =>
          frames.payload(seq, offset, length) ?? { offset, sizeBytes: 0, bytes: new Uint8Array(0) },
      ),
    payloadAs: (seq) => reading(() => frames.payloadAs(seq)),
    related: (seq) => reading(() => relatedFrames(drawn.from(frames).read, seq)),
    analysis: (name, scope) => reading(() => runs.answer(name, scope)),
    selected: (filter, within, afterSeq) =>
      readingRows(() => sumSelected(frames, filter, within, afterSeq)),
    bookmarks: () =>
      reading(() => {
        const { at } = frames
        return bookmarks.inOrder.map((one) => ({ ...one, at: at(one.seq) ?? Number.NaN }))
      }),
    bookmark: (seq, note) =>
      reading(() => {
        if (note !== null && frames.at(seq) === null) return null
        const why = bookmarks.set(seq, note)
        frames.lookAgain(seq)
        return why && `The bookmark is kept only while the capture is open: ${why}.`
      }),
    entries,
  }

  return {
    reads,
    last: () => frames.last(),
    startedAt: () => frames.startedAt(),
    onUndecoded(tell) {
      tellUndecoded = tell
    },
    finish: () =>
      reading(() => {
        frames.decoding.finish(decodeAtEndMs)
        keepOverview()
      }),
    readFrom(other) {
      database = other
      frames = decodedFrames()
      tellUndecoded()
    },
  }
}
