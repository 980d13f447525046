// Tiles of a lane: what is known of one stretch of its time, to which later answers are added.

import { sliceLimits } from '../../shared/limits.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { SliceBlock, TimeSlice } from '../../shared/session/timeSlice.ts'
import { msPerPx, type TimeScale } from './timeScale.ts'

/** What frames that cannot be told apart come to. */
export type BlockSums = Omit<SliceBlock, 'bin'>

/** The frames of a short time: rows, or sums where there are too many. */
export interface TimeBin {
  /** Epoch ms at which it begins, of the session's own clock. */
  readonly fromAt: number
  readonly rows: readonly Row[]
  readonly sums: BlockSums | null
}

export interface TimeTile {
  /** By the number of the bin, from 0. */
  readonly bins: ReadonlyMap<number, TimeBin>
  readonly reaching: readonly Row[]
  /** Frames up to this one are in it. */
  readonly upTo: number
  readonly partial: boolean
  /** Some of its rows were read before they were decoded. */
  readonly undecoded: boolean
}

/** Of one tile. */
export const tileBins = 128

/** About so many pixels are one bin. */
const binPx = 4

/** A power of two, so that all zooms of one step share their tiles. */
export function binMsFor(scale: TimeScale): number {
  return 2 ** Math.round(Math.log2(binPx * msPerPx(scale)))
}

export const emptyTile: TimeTile = {
  bins: new Map(),
  reaching: [],
  upTo: 0,
  partial: true,
  undecoded: false,
}

/** `slice`: the frames of the tile after `tile.upTo`; its first bin begins at `fromAt`. */
export function withSlice(
  tile: TimeTile,
  slice: TimeSlice,
  fromAt: number,
  binMs: number,
): TimeTile {
  const bins = new Map(tile.bins)
  const at = (bin: number) =>
    bins.get(bin) ?? { fromAt: fromAt + bin * binMs, rows: [], sums: null }
  for (const row of slice.rows) {
    const bin = Math.floor((row.frame.at - fromAt) / binMs)
    // A frame right at an edge may fall beside it by rounding.
    const number = Math.min(Math.max(0, bin), tileBins - 1)
    bins.set(number, withRow(at(number), row))
  }
  for (const block of slice.blocks) {
    const known = at(block.bin)
    bins.set(block.bin, { ...known, rows: [], sums: addSums(sumsOf(known), block) })
  }
  return {
    bins,
    reaching: tile.upTo === 0 ? slice.reaching : tile.reaching,
    upTo: Math.max(tile.upTo, slice.upTo),
    partial: slice.partial,
    // Rows that were read before stay as they were then.
    undecoded: tile.undecoded || slice.undecoded === true,
  }
}

function withRow(bin: TimeBin, row: Row): TimeBin {
  if (bin.rows.some(({ frame }) => frame.seq === row.frame.seq)) return bin
  if (bin.sums === null && bin.rows.length < sliceLimits.framesABin)
    return { ...bin, rows: [...bin.rows, row] }
  return { ...bin, rows: [], sums: addSums(sumsOf(bin), sumsOfRow(row)) }
}

/** Null where there is nothing in it. */
export function sumsOf({ rows, sums }: TimeBin): BlockSums | null {
  return rows.reduce<BlockSums | null>((sum, row) => addSums(sum, sumsOfRow(row)), sums)
}

export function addSums(before: BlockSums | null, more: BlockSums | SliceBlock): BlockSums {
  return {
    framesIn: (before?.framesIn ?? 0) + more.framesIn,
    framesOut: (before?.framesOut ?? 0) + more.framesOut,
    framesLocal: (before?.framesLocal ?? 0) + more.framesLocal,
    errors: (before?.errors ?? 0) + more.errors,
    sizeBytes: (before?.sizeBytes ?? 0) + more.sizeBytes,
    firstSeq: Math.min(before?.firstSeq ?? more.firstSeq, more.firstSeq),
    lastSeq: Math.max(before?.lastSeq ?? more.lastSeq, more.lastSeq),
  }
}

export function sumsOfRow({ frame }: Row): BlockSums {
  const { direction, seq, sizeBytes, kind } = frame
  return {
    framesIn: direction === 'in' ? 1 : 0,
    framesOut: direction === 'out' ? 1 : 0,
    framesLocal: direction === 'local' ? 1 : 0,
    errors: kind === 'error' ? 1 : 0,
    sizeBytes,
    firstSeq: seq,
    lastSeq: seq,
  }
}

export function countOf({ framesIn, framesOut, framesLocal }: BlockSums): number {
  return framesIn + framesOut + framesLocal
}
