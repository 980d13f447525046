// Tells single frames from blocks: frames that are too dense to be told apart.

import type { Row } from '../../shared/session/captureRows.ts'
import { addSums, type BlockSums, sumsOf, sumsOfRow, type TimeBin } from './timeTiles.ts'

export interface LaneRow {
  readonly row: Row
  /** Epoch ms of the axis. */
  readonly at: number
}

export interface LaneBlock {
  readonly fromAt: number
  readonly untilAt: number
  readonly sums: BlockSums
  /** How dense it is where. */
  readonly density: readonly Density[]
}

/** What crossed in a short stretch. */
export interface Density {
  readonly fromAt: number
  readonly untilAt: number
  readonly framesIn: number
  readonly framesOut: number
}

export interface LaneItems {
  /** In order. */
  readonly rows: readonly LaneRow[]
  readonly blocks: readonly LaneBlock[]
}

/** Nearer ones stand together. */
const nearPx = 5
/** So many that stand together are a block. */
const leastLines = 8
/** A block ends with each so many bins, so that each tells of as much time. */
const cellBins = 16
/** Of these, so many are one stretch of its density. */
const densityBins = 4

interface Group {
  /** Number of its cell. */
  readonly cell: number
  readonly bins: TimeBin[]
  lines: number
  hasSums: boolean
  untilAt: number
}

/** `bins` in order of time. `shiftMs` is taken from their times. */
export function laneItems(
  bins: readonly TimeBin[],
  binMs: number,
  pxMs: number,
  shiftMs: number,
): LaneItems {
  const rows: LaneRow[] = []
  const blocks: LaneBlock[] = []
  for (const group of groupsOf(bins, binMs, nearPx * pxMs)) {
    if (group.hasSums || group.lines >= leastLines) blocks.push(blockOf(group, binMs, shiftMs))
    // Errors are seen wherever they are.
    for (const bin of group.bins)
      for (const row of bin.rows)
        if (isDrawnApart(group, row)) rows.push({ row, at: row.frame.at - shiftMs })
  }
  return { rows, blocks }
}

function isDrawnApart({ hasSums, lines }: Group, { frame }: Row): boolean {
  return (!hasSums && lines < leastLines) || frame.kind === 'error' || frame.kind === 'end'
}

function groupsOf(bins: readonly TimeBin[], binMs: number, nearMs: number): readonly Group[] {
  const groups: Group[] = []
  for (const bin of bins) {
    const first = bin.rows[0]?.frame.at ?? bin.fromAt
    const last = bin.rows.at(-1)?.frame.at ?? bin.fromAt
    const hasSums = bin.sums !== null
    const cell = Math.floor(bin.fromAt / binMs / cellBins + 1e-9)
    const group = groups.at(-1)
    const isNear = group !== undefined && (hasSums ? bin.fromAt : first) - group.untilAt <= nearMs
    const own = group && group.cell === cell && isNear ? group : null
    if (own === null)
      groups.push({ cell, bins: [bin], lines: bin.rows.length, hasSums, untilAt: 0 })
    else {
      own.bins.push(bin)
      own.lines += bin.rows.length
      own.hasSums ||= hasSums
    }
    const at = groups.at(-1)
    if (at) at.untilAt = hasSums ? bin.fromAt + binMs : last
  }
  return groups
}

function blockOf({ bins }: Group, binMs: number, shiftMs: number): LaneBlock {
  let sums: BlockSums | null = null
  for (const bin of bins) {
    if (bin.sums) sums = addSums(sums, bin.sums)
    for (const row of bin.rows) sums = addSums(sums, sumsOfRow(row))
  }
  const density = densityOf(bins, binMs, shiftMs)
  return {
    fromAt: density[0]?.fromAt ?? 0,
    untilAt: density.at(-1)?.untilAt ?? 0,
    sums: sums as BlockSums,
    density,
  }
}

/** By few bins at a time: single ones would make a comb of what is even. */
function densityOf(bins: readonly TimeBin[], binMs: number, shiftMs: number): readonly Density[] {
  const stretches: Density[] = []
  let before = Number.NaN
  for (const bin of bins) {
    const { framesIn = 0, framesOut = 0 } = sumsOf(bin) ?? {}
    const number = Math.floor(bin.fromAt / binMs / densityBins + 1e-9)
    const fromAt = bin.fromAt - shiftMs
    const known = number === before ? stretches.pop() : undefined
    before = number
    stretches.push({
      fromAt: known?.fromAt ?? fromAt,
      untilAt: fromAt + binMs,
      framesIn: (known?.framesIn ?? 0) + framesIn,
      framesOut: (known?.framesOut ?? 0) + framesOut,
    })
  }
  return stretches
}
