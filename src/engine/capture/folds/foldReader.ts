// Reads a capture's frames into runs, in order, each as its columns and what is decoded of it tell.

import { createPace } from '../format/pace.ts'
import type { FoldColumns, FoldRow } from './foldColumns.ts'
import type { FoldRuns } from './foldRuns.ts'
import type { FoldMark } from './foldTraits.ts'

const queryPace = { least: 16, most: 8192, ms: 10 }

export interface FoldSource extends FoldColumns {
  /** The frames after `after` up to `last` that a decoder knows as heartbeats, in order. */
  heartbeats(after: number, last: number): readonly number[]
}

export interface FoldReader {
  readonly runs: FoldRuns
  /** Every frame up to this one has been read. */
  readonly upTo: number
  /** Reads on towards `last`, until `until` of the clock in ms. */
  extend(last: number, until: number): void
  /** One that has read the same, and may read on otherwise. */
  fork(): FoldReader
}

export interface FoldReading {
  readonly runs: FoldRuns
  readonly upTo: number
  /** The shown frame read last. */
  readonly previous: number
}

export function createFoldReader(
  source: FoldSource,
  wire: boolean,
  { runs, ...start }: FoldReading,
): FoldReader {
  const pace = createPace({ ...queryPace, readBytes: source.readBytes })
  let { upTo, previous } = start

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
    fork: () => createFoldReader(source, wire, { runs: runs.fork(), upTo, previous }),
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
