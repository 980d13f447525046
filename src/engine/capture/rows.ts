// Rows of a capture by number: arithmetic without a text, an index of matches with one.

import type { FrameWithPreview } from '../../shared/frame.ts'
import type { RowFilter, RowPage } from '../../shared/messages.ts'
import type { FilterIndex } from './filterIndex.ts'

/** Where the rows come from: frames by sequence number, and the index of a text. */
export interface RowSource {
  /** The highest sequence number now. */
  last(): number
  read(seq: number, count: number): FrameWithPreview[]
  at(seq: number): number | null
  index(text: string, afterSeq: number): FilterIndex
}

export function readRows(
  source: RowSource,
  filter: RowFilter,
  from: number,
  count: number,
): RowPage {
  const { afterSeq, text } = filter
  const last = source.last()
  const first = Math.max(0, Math.trunc(from))
  if (text === '') {
    const total = Math.max(0, last - afterSeq)
    const wanted = Math.max(0, Math.min(Math.trunc(count), total - first))
    return {
      from: first,
      total,
      previousAt: first === 0 || first > total ? null : source.at(afterSeq + first),
      rows: wanted === 0 ? [] : source.read(afterSeq + first + 1, wanted),
      partial: false,
    }
  }
  const index = source.index(text, afterSeq)
  index.extend(last)
  const skipped = index.rowOf(afterSeq + 1)
  const total = index.length - skipped
  const end = Math.min(first + Math.max(0, Math.trunc(count)), total)
  const rows: FrameWithPreview[] = []
  for (let row = first; row < end; row++) rows.push(...source.read(index.seq(skipped + row), 1))
  return {
    from: first,
    total,
    previousAt: first === 0 || first > total ? null : source.at(index.seq(skipped + first - 1)),
    rows,
    partial: index.upTo < last,
  }
}

/** See `Capture.position`. */
export function rowPosition(source: RowSource, filter: RowFilter, seq: number): number {
  const { afterSeq, text } = filter
  const last = source.last()
  if (text === '') return Math.max(0, Math.min(seq - afterSeq - 1, last - afterSeq))
  const index = source.index(text, afterSeq)
  index.extend(last)
  return Math.max(0, index.rowOf(seq) - index.rowOf(afterSeq + 1))
}

/** How many frames are read at a time: bounds what an export holds. */
const readAhead = 256

/** All rows of a filter as of now, in order. Frames may be added while it runs. */
export function* allRows(source: RowSource, filter: RowFilter): Generator<FrameWithPreview> {
  const { afterSeq, text } = filter
  const last = source.last()
  if (text === '') {
    for (let seq = afterSeq + 1; seq <= last; seq += readAhead) {
      yield* source.read(seq, Math.min(readAhead, last - seq + 1))
    }
    return
  }
  const index = source.index(text, afterSeq)
  let row = index.rowOf(afterSeq + 1)
  do {
    index.extend(last)
    for (; row < index.length && index.seq(row) <= last; row++) {
      yield* source.read(index.seq(row), 1)
    }
  } while (index.upTo < last)
}
