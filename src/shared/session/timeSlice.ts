// A slice of a session's time: frames as rows where there are few, counts where there are many.

import type { Row } from './captureRows.ts'

/** Bins of one length, one after the other. */
export interface SliceWish {
  /** Epoch ms at which the first bin begins. */
  readonly fromAt: number
  /** More than 0; less than 1 for what is faster than a frame a millisecond. */
  readonly binMs: number
  /** How many, from 1 to `sliceLimits.bins`. */
  readonly bins: number
  /** Frames up to this one are known. */
  readonly afterSeq: number
}

/** A bin with more frames than can be told apart in it. */
export interface SliceBlock {
  /** From 0. */
  readonly bin: number
  readonly framesIn: number
  readonly framesOut: number
  /** Lifeline's own notes: waits, notices, errors. */
  readonly framesLocal: number
  /** Of them all, the errors. */
  readonly errors: number
  /** Of their payloads. */
  readonly sizeBytes: number
  readonly firstSeq: number
  readonly lastSeq: number
}

/** The frames of a filter that fall into the bins, of those after `SliceWish.afterSeq`. */
export interface TimeSlice {
  /** Frames of bins with few, in order. */
  readonly rows: readonly Row[]
  /** The other bins, in order. */
  readonly blocks: readonly SliceBlock[]
  /**
   * What began before the first bin and still went on then: requests that had no answer, and waits. Looked for among the
   * last frames before it; only where `afterSeq` is 0.
   */
  readonly reaching: readonly Row[]
  /** Frames up to this one have been looked at. */
  readonly upTo: number
  /** The filter is still reading older frames: asked again, the call reads on. */
  readonly partial: boolean
  /** Decoding has not come to the end: rows may say more when they are read again. */
  readonly undecoded?: boolean
}
