// Finds the frame of a row, and the row of a frame: for all frames, for some, and for all but some.

import { asksFrames, type RowFilter } from '../../../shared/session/captureRows.ts'
import { firstIndex } from '../folds/firstIndex.ts'
import type { FilterIndex } from './filterIndex.ts'

/** Rows count from 0. Valid while no index is read on. */
export interface RowOrder {
  readonly length: number
  /** Frames up to this one have been looked at. */
  readonly upTo: number
  /** See `FilterIndex`; left out where frames that were looked at stay what they are. */
  readonly edition?: number
  readonly waits?: boolean
  /** Sequence number of a row from 0 to `length` - 1. */
  seq(row: number): number
  /** The first row at or after `seq`; `length` when there is none. */
  rowOf(seq: number): number
}

/** Every frame after `afterSeq` is a row. */
export function everyRow(afterSeq: number, last: number): RowOrder {
  const length = Math.max(0, last - afterSeq)
  return {
    length,
    upTo: last,
    seq: (row) => afterSeq + 1 + row,
    rowOf: (seq) => Math.max(0, Math.min(seq - afterSeq - 1, length)),
  }
}

/** The frames of the index are the rows. */
export function matchingRows(index: FilterIndex, afterSeq: number, last: number): RowOrder {
  const skipped = index.rowOf(afterSeq + 1)
  const length = Math.max(0, index.rowOf(last + 1) - skipped)
  return {
    length,
    upTo: Math.min(index.upTo, last),
    edition: index.edition,
    waits: index.waits,
    seq: (row) => index.seq(skipped + row),
    rowOf: (seq) => Math.max(0, Math.min(index.rowOf(seq) - skipped, length)),
  }
}

/** Every frame but those of the index is a row. */
export function rowsBeside(hidden: FilterIndex, afterSeq: number, last: number): RowOrder {
  const upTo = Math.min(hidden.upTo, last)
  const shownBefore = (seq: number) => seq - 1 - hidden.rowOf(seq)
  const skipped = shownBefore(afterSeq + 1)
  const length = Math.max(0, shownBefore(upTo + 1) - skipped)

  /** How many hidden frames come before the frame that `shown` others precede. */
  function hiddenBefore(shown: number): number {
    return firstIndex(0, hidden.length, (index) => hidden.seq(index) - 1 - index > shown)
  }

  return {
    length,
    upTo,
    seq: (row) => skipped + row + 1 + hiddenBefore(skipped + row),
    rowOf: (seq) => Math.max(0, Math.min(shownBefore(seq) - skipped, length)),
  }
}

/** The indexes that tell which frames a filter shows. */
export interface OrderSource {
  /** The frames that contain the filter's text. */
  index(filter: RowFilter): FilterIndex
  /** The frames of the wire layer; null while there are none. */
  wireFrames(): FilterIndex | null
}

/** The frames of a filter up to `last`, none folded. An index reads on until `until` of the clock, or for about 40 ms. */
export function unfoldedOrder(
  source: OrderSource,
  filter: RowFilter,
  last: number,
  until?: number,
): RowOrder {
  const { afterSeq, wire } = filter
  if (asksFrames(filter)) {
    const index = source.index(filter)
    index.extend(last, until)
    return matchingRows(index, afterSeq, last)
  }
  const hidden = wire ? null : source.wireFrames()
  if (hidden === null) return everyRow(afterSeq, last)
  hidden.extend(last, until)
  return rowsBeside(hidden, afterSeq, last)
}
