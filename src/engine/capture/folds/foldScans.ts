// Folds of a capture's frames, found in slices as views ask for them: those of the views asked last are kept.

import type { RowFilter } from '../../../shared/session/captureRows.ts'
import { createPace } from '../format/pace.ts'
import type { FoldColumns, FoldRow } from './foldColumns.ts'
import { createFoldRuns, type FoldRuns } from './foldRuns.ts'
import type { FoldMark } from './foldTraits.ts'

const queryPace = { least: 16, most: 8192, ms: 10 }
/** The timeline's own, those of another level that it may come back to, and one of another view. */
const keptScans = 4

export interface FoldScan {
  readonly runs: FoldRuns
  /** Every frame up to this one has been read. */
  readonly upTo: number
  /** Reads on towards `last`, until `until` of the clock in ms. */
  extend(last: number, until: number): void
}

export interface FoldSource extends FoldColumns {
  /** The frames after `after` up to `last` that a decoder knows as heartbeats, in order. */
  heartbeats(after: number, last: number): readonly number[]
}

/** Answers the folds of a filter without a text. */
export function createFoldScans(source: FoldSource): (filter: RowFilter) => FoldScan {
  const scans = new Map<string, FoldScan>()
  return (filter) => {
    const { afterSeq, wire, fold, gapMs } = filter
    const key = JSON.stringify([afterSeq, wire, fold?.level, gapMs])
    const scan = scans.get(key) ?? createFoldScan(source, filter)
    scans.delete(key)
    scans.set(key, scan)
    for (const oldest of scans.keys()) if (scans.size > keptScans) scans.delete(oldest)
    return scan
  }
}

function createFoldScan(source: FoldSource, filter: RowFilter): FoldScan {
  const { afterSeq, wire, fold, gapMs } = filter
  const runs = createFoldRuns({ level: fold?.level ?? null, gapMs: gapMs ?? null })
  const pace = createPace({ ...queryPace, readBytes: source.readBytes })
  let upTo = afterSeq
  /** The shown frame read last. */
  let previous = afterSeq

  function read(last: number): void {
    const heartbeats = source.heartbeats(upTo, last)
    let next = 0
    for (const row of source.rows(upTo, last, wire, previous)) {
      while ((heartbeats[next] ?? Number.POSITIVE_INFINITY) < row.seq) next++
      const mark = row.traits.compared && heartbeats[next] === row.seq ? 'heartbeat' : null
      runs.add(row.at, row.traits, mark ?? markOf(row, previous))
      previous = row.seq
    }
  }

  return {
    runs,
    get upTo() {
      return upTo
    },
    extend(last, until) {
      while (upTo < last && performance.now() < until) upTo = pace.step(upTo, last, read)
    },
  }
}

/** `previous`: the shown frame before it. */
function markOf({ same, exchange }: FoldRow, previous: number): FoldMark {
  if (same) return 'same'
  if (exchange?.replyTo === previous && exchange.unchanged && exchange.purpose === 'poll')
    return 'unchanged'
  if (exchange && exchange.replyTo === null) {
    if (exchange.purpose === 'poll' || exchange.purpose === 'long-poll') return exchange.purpose
  }
  return 'none'
}
