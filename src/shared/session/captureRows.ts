// Answers of a capture: who recorded it, its frames as rows, pieces of its payloads.

import type { Endpoint } from '../endpoint/endpoint.ts'
import type { FrameKind, FrameWithPreview } from '../frame/frame.ts'
import type { ShownCells } from '../frame/shownFields.ts'

/** Who recorded what, from a capture's own tables. */
export interface CaptureInfo {
  readonly name: string
  readonly endpoint: Endpoint
  readonly startedAt: number | null
  readonly frames: number
}

/** `repeats`: what comes again and again without news; `bursts`: that, and what comes faster than anybody reads. */
export type FoldLevel = 'repeats' | 'bursts'

/**
 * Which frames a view shows: those after `afterSeq` (what was cleared away) that the filter `text` matches (see
 * `parseFilter`; empty matches all); those of the wire layer only with `wire`, or where the filter asks for them.
 */
export interface RowFilter {
  readonly afterSeq: number
  readonly text: string
  readonly wire: boolean
  /** The text of a second filter, which must match as well: what is sought among the rows. */
  readonly find?: string
  /** Paths into JSON, whose values rows show in place of other words for it. */
  readonly show?: readonly string[]
  /**
   * Without a text, runs of frames are one row each, except those whose first frame is in `open`. Absent: every frame
   * is a row, as in exports.
   */
  readonly fold?: { readonly level: FoldLevel; readonly open: readonly number[] }
  /** Without a text, silences of at least so many milliseconds are rows. Absent: none is. */
  readonly gapMs?: number
}

/** Whether frames are rows by what is in them. */
export function asksFrames({ text, find = '' }: Pick<RowFilter, 'text' | 'find'>): boolean {
  return text !== '' || find !== ''
}

/**
 * What a run is of: unchanged polls; pings, pongs, comments and what a decoder knows as a heartbeat; equal frames; eight
 * or more frames one way with less than 20 ms between them (`foldLimits`).
 */
export type FoldWhat = 'polls' | 'heartbeats' | 'repeats' | 'burst'

/** How many frames have a name: an event's type, the `type` of JSON, what a decoder says, or else their kind. */
export interface NameCount {
  readonly name: string
  readonly count: number
}

/** What the frames of a run come to. */
export interface FoldSums {
  /** Polls; heartbeats, of which one with its answer is one; frames of the others. */
  readonly count: number
  /** Of all of its frames, if they have one; heartbeats among others do not count. */
  readonly kind: FrameKind | null
  /** Pings, pongs and comments among frames of another kind; absent without any. */
  readonly heartbeats?: number
  /** The most frequent ones, in order, and how many frames have others. */
  readonly names: readonly NameCount[]
  readonly others: number
  /** Payloads of all of them. */
  readonly sizeBytes: number
  readonly wireBytes: number
  /** Of heartbeats that were answered: how long the quickest and the slowest answer took. */
  readonly roundTripMs?: { readonly least: number; readonly most: number }
  /** Time between a frame and the next: half of them are no longer than `half`, about; none is longer than `most`. */
  readonly gapsMs: { readonly half: number; readonly most: number }
  /** Frames by time, from the first one on, each bin of `binMs`; at most `foldLimits.bins`. */
  readonly rate: { readonly binMs: number; readonly counts: readonly number[] }
}

/** A run of frames. Of a folded one the row of the first frame stands for all. */
export interface Fold extends FoldSums {
  readonly what: FoldWhat
  readonly firstSeq: number
  readonly lastSeq: number
  /** Frames that are folded. */
  readonly frames: number
  /** From the first to the last. */
  readonly spanMs: number
  /** Not all of its frames have been looked at: but for these four, what is told is of some, and will grow. */
  readonly counting?: true
  /** Its frames are rows of their own. */
  readonly open: boolean
}

/** Whether the run is one heartbeat with its answer. */
export function isAnsweredBeat({ what, count, frames, counting }: Fold): boolean {
  return what === 'heartbeats' && count === 1 && frames === 2 && !counting
}

/** A frame as a row, or the silence before it. */
export interface Row extends FrameWithPreview {
  /** The run that it stands for or, open, belongs to. */
  readonly fold?: Fold
  /** This row is the silence before the frame, whose own row is the next one. */
  readonly gapMs?: number
  /** What it has of the fields that are shown; absent where it has none. */
  readonly shown?: ShownCells
  /** It is the first of its kind (see `likeness`), among the first frames of the session. */
  readonly isFirst?: true
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
  /** While `partial`: frames up to this one have been looked at. */
  readonly upTo?: number
  /** With `fold` or `gapMs`: rows from this one on may yet be folded with what comes, and are to be read again. */
  readonly settled?: number
  /**
   * With `fold`, `gapMs` or a text: where a page has another one than that before it, frames that were rows fold or match
   * otherwise, and all rows may have other numbers. It does so when heartbeats were decoded after they had been read, or a
   * request was answered late.
   */
  readonly folding?: number
  /** That may yet be, and shows when rows are read again. */
  readonly refolds?: boolean
  /** Decoding has not come to the end: rows without packets may have some when they are read again. */
  readonly undecoded?: boolean
}

/** Where frames are among the rows of a filter. */
export interface RowPositions {
  /** For each frame that was asked about the number, from 0, of the first row at or after it. */
  readonly rows: readonly number[]
  /** The filter is still reading older frames: asked again, the call reads on. */
  readonly partial: boolean
  /** While `partial`: frames up to this one have been looked at. */
  readonly upTo?: number
}

/** What a view follows: the newest rows of a filter. */
export interface TailWish {
  /** Comes back with the rows. */
  readonly id: number
  readonly filter: RowFilter
  /** At the most, with each status. */
  readonly rows: number
}

/** New rows of a view that follows. */
export interface Tail {
  readonly id: number
  readonly page: RowPage
}

/** What selected frames come to, as far as a filter shows them; of a folded run that holds one of them all are. */
export interface SelectedSums {
  /** As the filter has them; silences between them do not count. */
  readonly rows: number
  readonly frames: number
  /** The frames of the first and the last row; null where none is shown. */
  readonly ends: { readonly firstSeq: number; readonly lastSeq: number } | null
  /** From the first frame to the last. */
  readonly spanMs: number
  /** Payloads of the frames after the one that was asked for up to `upTo`. */
  readonly sizeBytes: number
  readonly upTo: number
  /** More is to be counted: asked again, for the frames after `upTo`, the call reads on. */
  readonly partial: boolean
}

/** A payload as its application protocol reads it. */
export interface DecodedPayload {
  /** The decoder's name. */
  readonly protocol: string
  /** JSON. */
  readonly text: string
}

/** A piece of a payload. `sizeBytes` is what is kept; more may have been cut (`truncatedAt`). */
export interface PayloadPiece {
  readonly offset: number
  readonly sizeBytes: number
  readonly bytes: Uint8Array
}
