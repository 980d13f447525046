// Rows of several lanes as one list in the order of time.

import type { Row } from '../../../shared/session/captureRows.ts'

/** A place in the merged list: how many rows of each lane are before it. */
export type Cut = readonly number[]

/** Rows of a lane, as far as they are read. */
export interface MergedSource {
  /** Taken from its times: see `Lane`. */
  readonly shiftMs: number
  readonly total: number
  row(index: number): Row | undefined
}

export interface MergedRow {
  /** Number of its lane, from 0. */
  readonly lane: number
  /** Among the rows of its lane, from 0. */
  readonly index: number
  /** Epoch ms, by the common axis. */
  readonly at: number
  readonly row: Row
}

/** The number of the row that comes at the place, from 0. */
export function rowsBefore(cut: Cut): number {
  return cut.reduce((sum, rows) => sum + rows, 0)
}

/** The place `count` rows after the cut, by the rows that come there. */
export function cutAfter(cut: Cut, rows: readonly MergedRow[], count: number): Cut {
  const next = [...cut]
  for (const { lane } of rows.slice(0, count)) next[lane] = (next[lane] ?? 0) + 1
  return next
}

/**
 * Up to `count` rows from the cut on; fewer where the next row of a lane is not read. Of rows of one time those of the
 * first lane come first; in a lane rows stay in their order, though one may be a little earlier than the one before it.
 */
export function mergeFrom(lanes: readonly MergedSource[], cut: Cut, count: number): MergedRow[] {
  const merged: MergedRow[] = []
  const heads = lanes.map((_, lane) => headOf(lanes, lane, cut[lane] ?? 0))
  while (merged.length < count) {
    let first: MergedRow | null = null
    for (const head of heads) {
      if (head === 'unread') return merged
      if (head !== null && (first === null || head.at < first.at)) first = head
    }
    if (first === null) return merged
    merged.push(first)
    heads[first.lane] = headOf(lanes, first.lane, first.index + 1)
  }
  return merged
}

/** Null at the lane's end. */
function headOf(
  lanes: readonly MergedSource[],
  lane: number,
  index: number,
): MergedRow | 'unread' | null {
  const source = lanes[lane]
  if (!source || index >= source.total) return null
  const row = source.row(index)
  return row ? { lane, index, row, at: row.frame.at - source.shiftMs } : 'unread'
}

/** A place with `count` rows behind it at least, or all; null where the last `count` rows of a lane are not all read. */
export function tailCut(lanes: readonly MergedSource[], count: number): Cut | null {
  const firsts = lanes.map(({ total }) => Math.max(0, total - count))
  let fromAt = Number.NEGATIVE_INFINITY
  for (const [lane, source] of lanes.entries()) {
    for (let index = firsts[lane] ?? 0; index < source.total; index++)
      if (!source.row(index)) return null
    const first = firsts[lane] ?? 0
    // The rows before are not known: what is earlier may have some of them between.
    if (first > 0) fromAt = Math.max(fromAt, timeOf(source, first))
  }
  return lanes.map((source, lane) => {
    let index = firsts[lane] ?? 0
    while (index < source.total && timeOf(source, index) < fromAt) index++
    return index
  })
}

function timeOf(source: MergedSource, index: number): number {
  return (source.row(index)?.frame.at ?? 0) - source.shiftMs
}
