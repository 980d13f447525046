// Rows of a capture by number: arithmetic where every frame is a row, an index of frames where not.

import type { FrameWithPreview } from '../../shared/frame.ts'
import type { RowFilter, RowPage } from '../../shared/messages.ts'
import type { FilterIndex } from './filterIndex.ts'
import { everyRow, matchingRows, type RowOrder, rowsBeside } from './rowOrder.ts'

/** Where the rows come from: frames by sequence number, and indexes of some of them. */
export interface RowSource {
  /** The highest sequence number now. */
  last(): number
  read(seq: number, count: number): FrameWithPreview[]
  at(seq: number): number | null
  /** The frames that contain the filter's text. */
  index(filter: RowFilter): FilterIndex
  /** The frames of the wire layer; null while there are none. */
  wireFrames(): FilterIndex | null
}

/** The rows of a filter among the frames up to `last`. An index reads on for at most about 40 ms. */
function orderOf(source: RowSource, filter: RowFilter, last: number): RowOrder {
  const { afterSeq, text, wire } = filter
  if (text !== '') {
    const index = source.index(filter)
    index.extend(last)
    return matchingRows(index, afterSeq, last)
  }
  const hidden = wire ? null : source.wireFrames()
  if (hidden === null) return everyRow(afterSeq, last)
  hidden.extend(last)
  return rowsBeside(hidden, afterSeq, last)
}

export function readRows(
  source: RowSource,
  filter: RowFilter,
  from: number,
  count: number,
): RowPage {
  const last = source.last()
  const order = orderOf(source, filter, last)
  const total = order.length
  const first = Math.max(0, Math.trunc(from))
  const end = Math.min(first + Math.max(0, Math.trunc(count)), total)
  const rows: FrameWithPreview[] = []
  for (let row = first; row < end; ) {
    const run = readRun(source, order, row, end)
    rows.push(...run)
    row += run.length
  }
  return {
    from: first,
    total,
    previousAt: first === 0 || first > total ? null : source.at(order.seq(first - 1)),
    rows,
    partial: order.upTo < last,
  }
}

/** See `Capture.position`. */
export function rowPosition(source: RowSource, filter: RowFilter, seq: number): number {
  return orderOf(source, filter, source.last()).rowOf(seq)
}

/** How many frames are read at a time: bounds what an export holds. */
const readAhead = 256

/** All rows of a filter as of now, in order. Frames may be added while it runs. */
export function* allRows(source: RowSource, filter: RowFilter): Generator<FrameWithPreview> {
  const last = source.last()
  let done = filter.afterSeq
  while (done < last) {
    const order = orderOf(source, filter, last)
    for (let row = order.rowOf(done + 1); row < order.length; ) {
      const run = readRun(source, order, row, order.length)
      yield* run
      row += run.length
    }
    done = order.upTo
  }
}

/** The rows from `row` on whose frames follow one another; one at least. */
function readRun(source: RowSource, order: RowOrder, row: number, end: number): FrameWithPreview[] {
  const first = order.seq(row)
  const most = Math.min(end - row, readAhead)
  let count = 1
  // Of rows without gaps the last one tells it at once.
  if (order.seq(row + most - 1) === first + most - 1) count = most
  else while (count < most && order.seq(row + count) === first + count) count++
  const run = source.read(first, count)
  if (run.length === 0) throw new Error(`frame ${first} cannot be read`)
  return run
}
