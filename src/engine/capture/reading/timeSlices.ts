// A slice of time of a capture: the frames of its bins are found by halving and summed up; where they are few, they are read.

import { asksFrames, type Row, type RowFilter } from '../../../shared/session/captureRows.ts'
import type { SliceWish, TimeSlice } from '../../../shared/session/timeSlice.ts'
import { createPace } from '../format/pace.ts'
import { type BinSpan, type SummedFrames, untilOf } from './binSums.ts'
import { reachingRows } from './reachingRows.ts'
import { type RowOrder, unfoldedOrder } from './rowOrder.ts'
import { firstAtTime, type RowSource } from './rows.ts'
import { createSliceBins } from './sliceBins.ts'

export type SliceSource = Pick<
  RowSource,
  'last' | 'at' | 'read' | 'index' | 'wireFrames' | 'sumBins'
>

/** One call takes about so long, of which a filter may read older frames for a part. */
const sliceMs = 40
const indexMs = 25
const slicePace = { least: 512, most: 32_768, ms: 10 }

/**
 * Frames stand in the order in which they were recorded, and a few of them behind one that was seen later: what was sent
 * beside it, or began before it. So many are looked at beyond what halving finds.
 */
const disorder = 256

/** Reads slices, each at the pace that the one before has found. */
export type ReadSlice = (
  source: SliceSource,
  filter: RowFilter,
  wish: SliceWish,
  pageChars: number,
) => TimeSlice

export function createSliceReader(): ReadSlice {
  const pace = createPace(slicePace)
  return (source, filter, wish, pageChars) => {
    const began = performance.now()
    const until = began + sliceMs
    const last = source.last()
    const order = unfoldedOrder(source, filter, last, began + indexMs)
    const { start, from, end } = rowsWithin(source, order, wish)
    const bins = createSliceBins({ source, order, span: wish, pageChars })
    let row = from
    do {
      row = pace.step(row, end, (to) => {
        if (to > row) bins.add(row, to, source.sumBins(wish, framesOf(order, filter, row, to)))
      })
    } while (row < end && performance.now() < until)
    const isRead = row >= end
    return {
      ...bins.result(),
      reaching: wish.afterSeq === 0 ? reachingRows(source, order, start, wish.fromAt) : noRows,
      upTo: isRead ? order.upTo : order.seq(row - 1),
      ...(order.waits && { undecoded: true }),
      partial: !isRead || (end === order.length && order.upTo < last),
    }
  }
}

const noRows: readonly Row[] = []

/** `start`: the first row that is not before the bins; those that may be in them begin `from` a few before it. */
function rowsWithin(
  source: SliceSource,
  order: RowOrder,
  wish: BinSpan & { readonly afterSeq: number },
) {
  const known = order.rowOf(wish.afterSeq + 1)
  const start = firstAtTime(source, order, wish.fromAt, known)
  const after = firstAtTime(source, order, untilOf(wish), start)
  return {
    start,
    from: Math.max(known, start - disorder),
    end: Math.min(order.length, after + disorder),
  }
}

function framesOf(order: RowOrder, filter: RowFilter, from: number, to: number): SummedFrames {
  const [after, last] = [order.seq(from) - 1, order.seq(to - 1)]
  if (!asksFrames(filter)) return { after, last, wire: filter.wire }
  // Of a range all of whose frames match no list is needed.
  if (last - after === to - from) return { after, last, wire: true }
  return { seqs: Array.from({ length: to - from }, (_, row) => order.seq(from + row)) }
}
