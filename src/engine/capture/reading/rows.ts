// Rows of a capture by number: arithmetic where every frame is a row, an index of frames where not.

import type {
  Fold,
  Row,
  RowFilter,
  RowPage,
  RowPositions,
} from '../../../shared/session/captureRows.ts'
import { firstIndex } from '../folds/firstIndex.ts'
import type { RowEntry } from '../folds/foldedRows.ts'
import type { SumRun } from '../folds/runSumsCache.ts'
import { CaptureError } from '../format/captureError.ts'
import type { SumBins } from './binSums.ts'
import { type FoldedOrder, type FoldedSource, isFolded, orderOf } from './foldedOrder.ts'
import type { FramePage, ReadRow } from './frameReader.ts'
import type { RowOrder } from './rowOrder.ts'
import type { TallyFrames } from './tallies.ts'

/** Where the rows come from: frames by sequence number, and indexes of some of them. */
export interface RowSource extends FoldedSource {
  /** The highest sequence number now. */
  last(): number
  read(seq: number, count: number): FramePage
  at(seq: number): number | null
  /** Sums up the frames after `after` up to `last`. */
  readonly tally: TallyFrames
  readonly sumBins: SumBins
  /** Bytes of the payloads of the frames after `after` up to `last`. */
  sizeBetween(after: number, last: number): number
  sumRun: SumRun
}

/** Summing up the runs of a page, too: what reading its frames takes does not count, or runs would never be summed up. */
const sumMs = 10

interface SumLook {
  readonly wire: boolean
  /** What summing up the runs of the page may still take. */
  readonly budget: { ms: number }
}

/** Of a run whose frames have been looked at as far as the budget lets. */
function foldOf(
  source: RowSource,
  { frames }: FoldedOrder,
  run: NonNullable<RowEntry['run']>,
  { wire, budget }: SumLook,
): Fold {
  const end = run.asking ? run.last - 1 : run.last
  const [first, last] = [frames.seq(run.first), frames.seq(end)]
  const began = performance.now()
  const { sums, complete } = source.sumRun({ first, last, wire }, began + budget.ms)
  budget.ms -= performance.now() - began
  const count = end - run.first + 1
  return {
    ...sums,
    count: run.what === 'heartbeats' ? sums.count : run.what === 'polls' ? count / 2 : count,
    what: run.what,
    firstSeq: first,
    lastSeq: last,
    frames: count,
    spanMs: (source.at(last) ?? 0) - (source.at(first) ?? 0),
    ...(!complete && { counting: true }),
    open: run.open,
  }
}

/** When the frame before the row was seen: the time that the row counts from. */
function previousAtOf(source: RowSource, order: RowOrder, row: number): number | null {
  if (!isFolded(order)) return source.at(order.seq(row - 1))
  const [entry] = order.rows.entries(row, row + 1)
  return beforeOf(source, order, entry?.frame ?? order.frames.length)
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
  const first = Math.max(0, Math.trunc(from))
  const end = first + Math.max(0, Math.trunc(count))
  const look = { wire: filter.wire, budget: { ms: sumMs } }
  const page = readOrder(source, order, { from: first, end, pageChars, ...look })
  return order.upTo < last ? { ...page, partial: true, upTo: order.upTo } : page
}

export interface TailLook {
  /** Rows before this one are known. */
  readonly from: number
  /** At the most. */
  readonly rows: number
  /** Of the clock in ms. */
  readonly until: number
}

/** See `Capture.tail`. */
export function readTail(
  source: RowSource,
  filter: RowFilter,
  { from, rows, until }: TailLook,
  pageChars: number,
): RowPage | null {
  const last = source.last()
  const order = orderOf(source, filter, last, until)
  const end = order.length
  const first = Math.max(from, end - rows)
  if (order.upTo < last || first >= end) return null
  const look = { wire: filter.wire, budget: { ms: until - performance.now() } }
  return readOrder(source, order, { from: first, end, pageChars, ...look })
}

/** `end`: no row from this one on, of those that there are. */
interface PageLook extends SumLook {
  readonly from: number
  readonly end: number
  readonly pageChars: number
}

function readOrder(
  source: RowSource,
  order: RowOrder | FoldedOrder,
  { from, pageChars, ...look }: PageLook,
): RowPage {
  const total = order.length
  const end = Math.min(look.end, total)
  const rows: Row[] = []
  let chars = 0
  for (let row = from; row < end && chars < pageChars; row = from + rows.length) {
    const page = isFolded(order)
      ? readFolded(source, order, { ...look, from: row, end })
      : readRun(source, order, row, end)
    chars += page.detailChars
    rows.push(...page.rows)
  }
  return {
    from,
    total,
    previousAt: from === 0 || from > total ? null : previousAtOf(source, order, from),
    rows,
    partial: false,
    ...(isFolded(order) ? foldingOf(order) : editionOf(order)),
  }
}

function editionOf({ edition, waits }: RowOrder): Partial<RowPage> {
  return { ...(edition !== undefined && { folding: edition }), ...(waits && { refolds: true }) }
}

function foldingOf({ rows, scan }: FoldedOrder): Partial<RowPage> {
  const { folding, refolds } = scan
  return { settled: rows.settled, folding, ...(refolds && { refolds }) }
}

interface FoldedPage {
  readonly rows: readonly Row[]
  readonly detailChars: number
}

/** The rows from `from` on whose frames follow one another; one at least. */
function readFolded(
  source: RowSource,
  order: FoldedOrder,
  look: SumLook & { readonly from: number; readonly end: number },
): FoldedPage {
  const { from, end } = look
  const entries = order.rows.entries(from, Math.min(end, from + readAhead))
  const seqs = entries.map(({ frame }) => order.frames.seq(frame))
  const first = seqs[0] ?? 0
  const apart = seqs.findIndex((seq, at) => at > 0 && seq > (seqs[at - 1] ?? 0) + 1)
  const together = apart === -1 ? seqs.length : apart
  const page = readFrames(source, first, (seqs[together - 1] ?? first) - first + 1)
  const rows = entries.slice(0, together).flatMap((entry, at): readonly Row[] => {
    const row = page.rows[(seqs[at] ?? 0) - first]
    if (row === undefined) return []
    if (entry.gap)
      return [{ ...row, gapMs: row.frame.at - (beforeOf(source, order, entry.frame) ?? 0) }]
    return [entry.run ? { ...row, fold: foldOf(source, order, entry.run, look) } : row]
  })
  return { rows, detailChars: page.detailChars }
}

/** When the frame before that one, by their numbers among those that are shown, was seen. */
function beforeOf(source: RowSource, { frames }: FoldedOrder, frame: number): number | null {
  return frame === 0 ? null : source.at(frames.seq(frame - 1))
}

/** See `Capture.position`. */
export function rowPosition(source: RowSource, filter: RowFilter, seq: number): number {
  return orderOf(source, filter, source.last()).rowOf(seq)
}

/** See `Capture.rowAt`. */
export function rowAtTime(source: RowSource, filter: RowFilter, at: number): number {
  return firstAtTime(source, orderOf(source, filter, source.last()), at)
}

/** The first row of the order, from `low` on, at or after the time; `length` when there is none. */
export function firstAtTime(
  source: Pick<RowSource, 'at'>,
  order: RowOrder,
  at: number,
  low = 0,
): number {
  return firstIndex(low, order.length, (row) => (source.at(order.seq(row)) ?? 0) >= at)
}

/** See `Capture.positions`. */
export function rowPositions(
  source: RowSource,
  filter: RowFilter,
  seqs: readonly number[],
): RowPositions {
  const last = source.last()
  const order = orderOf(source, filter, last)
  const rows = seqs.map((seq) => order.rowOf(seq))
  const { upTo } = order
  return upTo < last ? { rows, partial: true, upTo } : { rows, partial: false }
}

/** How many frames are read at a time: bounds what an export holds. */
const readAhead = 256

/** All frames of a filter up to `last`, in order, none folded. Frames may be added while it runs. */
export function* allRows(source: RowSource, shown: RowFilter, last: number): Generator<ReadRow> {
  const { fold: _, gapMs: __, ...filter } = shown
  let done = filter.afterSeq
  while (done < last) {
    const order = orderOf(source, filter, last)
    for (let row = order.rowOf(done + 1); row < order.length; ) {
      const { rows } = readRun(source, order, row, order.length)
      yield* rows
      row += rows.length
    }
    done = order.upTo
  }
}

/** The rows from `row` on, before `end`, whose frames follow one another; one at least. */
export function readRun(
  source: Pick<RowSource, 'read'>,
  order: RowOrder,
  row: number,
  end: number,
): FramePage {
  const first = order.seq(row)
  const most = Math.min(end - row, readAhead)
  let count = 1
  // Of rows without gaps the last one tells it at once.
  if (order.seq(row + most - 1) === first + most - 1) count = most
  else while (count < most && order.seq(row + count) === first + count) count++
  return readFrames(source, first, count)
}

function readFrames(source: Pick<RowSource, 'read'>, first: number, count: number): FramePage {
  const page = source.read(first, count)
  if (page.rows.at(-1)?.frame.seq !== first + page.rows.length - 1) {
    const message = `The capture cannot be read: frames are missing from ${first} on.`
    throw new CaptureError('capture-not-readable', message)
  }
  return page
}
