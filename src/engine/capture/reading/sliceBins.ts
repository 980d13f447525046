// The bins of a slice while its frames come: as rows while they are few, as sums from then on.

import { sliceLimits } from '../../../shared/limits.ts'
import type { Row } from '../../../shared/session/captureRows.ts'
import type { SliceBlock, TimeSlice } from '../../../shared/session/timeSlice.ts'
import { type BinSpan, type BinSum, binOf } from './binSums.ts'
import type { RowOrder } from './rowOrder.ts'
import { type RowSource, readRun } from './rows.ts'

export interface SliceBinsOptions {
  readonly source: Pick<RowSource, 'read'>
  readonly order: RowOrder
  readonly span: BinSpan
  /** Details of the rows; once they are longer, bins are told as blocks. */
  readonly pageChars: number
}

export interface SliceBins {
  /** Adds the rows from `from` up to, without, `to` of the order, with what they come to. */
  add(from: number, to: number, sums: readonly BinSum[]): void
  result(): Pick<TimeSlice, 'rows' | 'blocks'>
}

interface Bin {
  readonly sums: { -readonly [K in keyof SliceBlock]: SliceBlock[K] }
  /** Null: it is a block. */
  rows: Row[] | null
}

/** Rows of the order, from the first up to, without, the last. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/** Frames of one bin stand so near each other, or else they are told as a block; and stretches so near are read as one. */
const nearRows = 256

export function createSliceBins({ source, order, span, pageChars }: SliceBinsOptions): SliceBins {
  const bins = new Map<number, Bin>()
  /** Rows that may yet be read: of frames that are out of order most are of other bins. */
  let room = 2 * span.bins * sliceLimits.framesABin + nearRows
  let chars = 0

  function binAt(bin: number): Bin {
    const known = bins.get(bin)
    if (known) return known
    const none = { framesIn: 0, framesOut: 0, framesLocal: 0, errors: 0, sizeBytes: 0 }
    const made = { sums: { bin, ...none, firstSeq: Infinity, lastSeq: 0 }, rows: [] }
    bins.set(bin, made)
    return made
  }

  /** Where the rows of the bins are that have few; of the others they are left out from now on. */
  function stretchesOf(added: ReadonlyMap<number, Stretch>): readonly Stretch[] {
    const stretches: Stretch[] = []
    for (const [number, { from, to }] of [...added].sort(([, a], [, b]) => a.from - b.from)) {
      const bin = binAt(number)
      if (countOf(bin.sums) > sliceLimits.framesABin || to - from > nearRows) bin.rows = null
      if (bin.rows === null) continue
      const before = stretches.at(-1)
      if (before && from - before.to < nearRows / 16)
        stretches.splice(-1, 1, { from: before.from, to: Math.max(before.to, to) })
      else stretches.push({ from, to })
    }
    return stretches
  }

  function readStretch({ from, to }: Stretch): void {
    for (let row = from; row < to; ) {
      if (chars > pageChars || room <= 0) return
      const page = readRun(source, order, row, Math.min(to, row + room))
      chars += page.detailChars
      room -= page.rows.length
      row += page.rows.length
      for (const read of page.rows) bins.get(binOf(span, read.frame.at))?.rows?.push(read)
    }
  }

  return {
    add(from, to, sums) {
      const added = new Map<number, Stretch>()
      for (const sum of sums) {
        addSum(binAt(sum.bin).sums, sum)
        const before = added.get(sum.bin) ?? { from: to, to: from }
        added.set(sum.bin, {
          from: Math.min(before.from, order.rowOf(sum.firstSeq)),
          to: Math.max(before.to, order.rowOf(sum.lastSeq) + 1),
        })
      }
      for (const stretch of stretchesOf(added)) readStretch(stretch)
    },
    result() {
      const rows: Row[] = []
      const blocks: SliceBlock[] = []
      for (const bin of [...bins.values()].sort((a, b) => a.sums.bin - b.sums.bin)) {
        // Fewer where not all could be read.
        if (bin.rows?.length === countOf(bin.sums)) rows.push(...bin.rows)
        else blocks.push(bin.sums)
      }
      return { rows: rows.sort((a, b) => a.frame.seq - b.frame.seq), blocks }
    },
  }
}

function addSum(
  sums: Bin['sums'],
  { kind, direction, frames, bytes, firstSeq, lastSeq }: BinSum,
): void {
  if (direction === 'in') sums.framesIn += frames
  else if (direction === 'out') sums.framesOut += frames
  else sums.framesLocal += frames
  if (kind === 'error') sums.errors += frames
  sums.sizeBytes += bytes
  sums.firstSeq = Math.min(sums.firstSeq, firstSeq)
  sums.lastSeq = Math.max(sums.lastSeq, lastSeq)
}

function countOf({ framesIn, framesOut, framesLocal }: SliceBlock): number {
  return framesIn + framesOut + framesLocal
}
