// Answers of a capture: who recorded it, its frames as rows, pieces of its payloads.

import type { Endpoint } from '../endpoint/endpoint.ts'
import type { FrameWithPreview } from '../frame/frame.ts'

/** Who recorded what, from a capture's own tables. */
export interface CaptureInfo {
  readonly name: string
  readonly endpoint: Endpoint
  readonly startedAt: number | null
  readonly frames: number
}

/**
 * Which frames a view shows: those after `afterSeq` (what was cleared away) whose text contains
 * `text` (case does not matter; empty matches all); those of the wire layer only with `wire`.
 */
export interface RowFilter {
  readonly afterSeq: number
  readonly text: string
  readonly wire: boolean
  /**
   * Without a text, runs of unchanged polls are one row each, except those whose first frame is in
   * `open`. Absent: every frame is a row, as in exports.
   */
  readonly fold?: { readonly open: readonly number[] }
}

/** A run of unchanged polls. Of a folded one the row of the first frame stands for all. */
export interface Fold {
  /** The request of the first poll. */
  readonly firstSeq: number
  /** The answer of the last one. */
  readonly lastSeq: number
  /** How many polls. */
  readonly count: number
  /** Payloads of all of them. */
  readonly sizeBytes: number
  readonly wireBytes: number
  /** From the first request to the last answer. */
  readonly spanMs: number
  /** Its frames are rows of their own. */
  readonly open: boolean
}

/** A frame as a row. */
export interface Row extends FrameWithPreview {
  /** The run that it stands for or, open, belongs to. */
  readonly fold?: Fold
}

/** A run of rows, fewer than asked for where their details are long (`limits.pageChars`). `total` is how many rows the filter has now; `from` counts from 0 among them. */
export interface RowPage {
  readonly from: number
  readonly total: number
  /** Epoch ms of the row before the first one, for its time difference; null when there is none. */
  readonly previousAt: number | null
  readonly rows: readonly Row[]
  /** The filter is still reading older frames: `total` will grow. */
  readonly partial: boolean
  /** With `fold`: rows from this one on may yet be folded with what comes, and are to be read again. */
  readonly settled?: number
  /** Decoding has not come to the end: rows without packets may have some when they are read again. */
  readonly undecoded?: boolean
}

/** Where frames are among the rows of a filter. */
export interface RowPositions {
  /** For each frame that was asked about the number, from 0, of the first row at or after it. */
  readonly rows: readonly number[]
  /** The filter is still reading older frames: asked again, the call reads on. */
  readonly partial: boolean
}

/** A piece of a payload. `sizeBytes` is what is kept; more may have been cut (`truncatedAt`). */
export interface PayloadPiece {
  readonly offset: number
  readonly sizeBytes: number
  readonly bytes: Uint8Array
}
