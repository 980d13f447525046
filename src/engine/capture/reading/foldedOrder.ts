// The order of a view's rows, where some stand for several frames or for none.

import { asksFrames, type RowFilter } from '../../../shared/session/captureRows.ts'
import { type FoldedRows, foldedRows } from '../folds/foldedRows.ts'
import type { FoldScan } from '../folds/foldScans.ts'
import { splitRuns } from '../folds/splitRuns.ts'
import type { BookmarkedFrames } from '../format/bookmarkedFrames.ts'
import { type OrderSource, type RowOrder, unfoldedOrder } from './rowOrder.ts'

/** Reading on takes about so long at the most. */
const sliceMs = 40

export interface FoldedSource extends OrderSource {
  /** The runs and silences of a filter without a text. */
  folds(filter: RowFilter): FoldScan
  /** Their rows never fold. */
  readonly bookmarks: BookmarkedFrames
}

/** Rows of which some stand for several frames or for none. */
export interface FoldedOrder extends RowOrder {
  readonly frames: RowOrder
  readonly rows: FoldedRows
  readonly scan: Pick<FoldScan, 'folding' | 'refolds'>
}

/** The rows of a filter among the frames up to `last`. An index reads on until `until` of the clock. */
export function orderOf(
  source: FoldedSource,
  filter: RowFilter,
  last: number,
  until = performance.now() + sliceMs,
): RowOrder | FoldedOrder {
  const shown = unfoldedOrder(source, filter, last, until)
  if (asksFrames(filter) || (!filter.fold && filter.gapMs === undefined)) return shown
  const scan = source.folds(filter)
  scan.extend(shown.upTo, until)
  const frames =
    scan.upTo < shown.upTo ? unfoldedOrder(source, filter, Math.min(scan.upTo, last), until) : shown
  const marked = source.bookmarks.inOrder.map(({ seq }) => seq)
  const runs = splitRuns(scan.runs, framesOf(frames, marked))
  const rows = foldedRows(runs, framesOf(frames, filter.fold?.open ?? []))
  return {
    frames,
    rows,
    scan,
    length: rows.length,
    upTo: scan.upTo,
    seq: (row) => frames.seq(rows.entries(row, row + 1)[0]?.frame ?? 0),
    rowOf(seq) {
      const frame = frames.rowOf(seq)
      return frame < frames.length ? rows.rowOf(frame) : rows.length
    },
  }
}

/** Those that are shown, by their numbers among these. */
function framesOf(order: RowOrder, seqs: readonly number[]): readonly number[] {
  return seqs
    .map((seq) => ({ seq, frame: order.rowOf(seq) }))
    .filter(({ seq, frame }) => frame < order.length && order.seq(frame) === seq)
    .map(({ frame }) => frame)
}

export function isFolded(order: RowOrder): order is FoldedOrder {
  return 'rows' in order
}
