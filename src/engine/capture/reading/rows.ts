// Rows of a capture by number: arithmetic where every frame is a row, an index of frames where not.

import type { FrameWithPreview } from '../../../shared/frame/frame.ts'
import type { Row, RowFilter, RowPage, RowPositions } from '../../../shared/session/captureRows.ts'
import { CaptureError } from '../format/captureError.ts'
import type { FramePage, ReadRow } from './frameReader.ts'
import { type FoldedOrder, foldedRows, type PollRuns } from './pollRuns.ts'
import { type OrderSource, type RowOrder, unfoldedOrder } from './rowOrder.ts'
import type { TallyFrames } from './tallies.ts'
import type { Weight } from './unchangedPolls.ts'

/** Where the rows come from: frames by sequence number, and indexes of some of them. */
export interface RowSource extends OrderSource {
  /** The highest sequence number now. */
  last(): number
  read(seq: number, count: number): FramePage
  at(seq: number): number | null
  /** Sums up the frames after `after` up to `last`. */
  readonly tally: TallyFrames
  /** The runs of unchanged polls after this frame. */
  pollRuns(base: number): PollRuns
  /** What the frames of a run weigh. */
  weigh(first: number, last: number): Weight
}

/** The rows of a filter among the frames up to `last`. An index reads on for at most about 40 ms. */
function orderOf(source: RowSource, filter: RowFilter, last: number): RowOrder {
  const { afterSeq, text, fold } = filter
  if (text === '' && fold) return foldedOrder(source, afterSeq, last, fold.open)
  return unfoldedOrder(source, filter, last)
}

/** Where polls are folded nothing is of the wire layer. */
function foldedOrder(
  source: RowSource,
  afterSeq: number,
  last: number,
  open: readonly number[],
): FoldedOrder {
  const runs = source.pollRuns(afterSeq)
  runs.extend(last)
  const newest = last > afterSeq ? source.read(last, 1).rows[0]?.frame : undefined
  const asking = newest?.kind === 'request' && newest.detail.purpose === 'poll'
  return foldedRows(runs, last, open, asking)
}

function isFolded(order: RowOrder): order is FoldedOrder {
  return 'runOf' in order
}

/** The row with the run that it stands for or belongs to. */
function withFold(source: RowSource, order: FoldedOrder, row: FrameWithPreview): Row {
  const run = order.runOf(row.frame.seq)
  if (!run) return row
  const { first, last, polls, open } = run
  const spanMs = (source.at(last) ?? 0) - (source.at(first) ?? 0)
  const weight = source.weigh(first, last)
  return {
    ...row,
    fold: { firstSeq: first, lastSeq: last, count: polls, ...weight, spanMs, open },
  }
}

/** When the row was over: the time that the next one counts from. */
function endOf(source: RowSource, order: RowOrder, row: number): number | null {
  const seq = order.seq(row)
  const run = isFolded(order) ? order.runOf(seq) : null
  return source.at(run && !run.open ? run.last : seq)
}

/** See `Capture.rows`. */
export function readRows(
  source: RowSource,
  filter: RowFilter,
  from: number,
  count: number,
  pageChars: number,
): RowPage {
  const last = source.last()
  const order = orderOf(source, filter, last)
  const total = order.length
  const first = Math.max(0, Math.trunc(from))
  const end = Math.min(first + Math.max(0, Math.trunc(count)), total)
  const rows: Row[] = []
  let chars = 0
  for (let row = first; row < end && chars < pageChars; row = first + rows.length) {
    const page = readPage(source, order, row, end)
    chars += page.detailChars
    rows.push(
      ...(isFolded(order) ? page.rows.map((one) => withFold(source, order, one)) : page.rows),
    )
  }
  return {
    from: first,
    total,
    previousAt: first === 0 || first > total ? null : endOf(source, order, first - 1),
    rows,
    partial: order.upTo < last,
    ...(isFolded(order) && { settled: order.settled }),
  }
}

/** See `Capture.position`. */
export function rowPosition(source: RowSource, filter: RowFilter, seq: number): number {
  return orderOf(source, filter, source.last()).rowOf(seq)
}

/** See `Capture.positions`. */
export function rowPositions(
  source: RowSource,
  filter: RowFilter,
  seqs: readonly number[],
): RowPositions {
  const last = source.last()
  const order = orderOf(source, filter, last)
  return { rows: seqs.map((seq) => order.rowOf(seq)), partial: order.upTo < last }
}

/** How many frames are read at a time: bounds what an export holds. */
const readAhead = 256

/** All frames of a filter as of now, in order, none folded. Frames may be added while it runs. */
export function* allRows(source: RowSource, shown: RowFilter): Generator<ReadRow> {
  const { fold: _, ...filter } = shown
  const last = source.last()
  let done = filter.afterSeq
  while (done < last) {
    const order = orderOf(source, filter, last)
    for (let row = order.rowOf(done + 1); row < order.length; ) {
      const { rows } = readPage(source, order, row, order.length)
      yield* rows
      row += rows.length
    }
    done = order.upTo
  }
}

/** The rows from `row` on whose frames follow one another; one at least. */
function readPage(source: RowSource, order: RowOrder, row: number, end: number): FramePage {
  const first = order.seq(row)
  const most = Math.min(end - row, readAhead)
  let count = 1
  // Of rows without gaps the last one tells it at once.
  if (order.seq(row + most - 1) === first + most - 1) count = most
  else while (count < most && order.seq(row + count) === first + count) count++
  const page = source.read(first, count)
  if (page.rows.at(-1)?.frame.seq !== first + page.rows.length - 1) {
    const message = `The capture cannot be read: frames are missing from ${first} on.`
    throw new CaptureError('capture-not-readable', message)
  }
  return page
}
