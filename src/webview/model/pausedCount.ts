// Counts the rows of a paused view up to its last frame, slice by slice while older frames are read.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import { untilReadOn } from './findRow.ts'
import type { ReadOn } from './slowSearch.ts'

interface RowsUpTo {
  /** By now. */
  readonly rows: number
  /** Frames after this one have not been looked at; null where all have. */
  readonly readTo: number | null
}

export interface PausedCountOptions {
  readonly api: Pick<TimelineApi, 'positions'>
  /** The view as it is now. */
  readonly view: () => { readonly filter: RowFilter; readonly pausedSeq: number | null }
  /** Asked while it is partial. */
  readonly readOn: ReadOn
  readonly take: (rows: number, partial: boolean) => void
}

/** Answers what counts anew; where it is at it already, that goes on. */
export function createPausedCount({ api, view, readOn, take }: PausedCountOptions): () => void {
  /** Whether what is being counted is still to be known; null while nothing is. */
  let counting: (() => boolean) | null = null

  async function count(filter: RowFilter, seq: number, isWanted: () => boolean): Promise<void> {
    for (;;) {
      const counted = await rowsUpTo(api, filter, seq)
      if (counted === null || !isWanted()) return
      const { rows, readTo } = counted
      // What was under way when the user stopped it is none of what is told.
      if (readTo !== null && !readOn(readTo)) return
      take(rows, readTo !== null)
      if (readTo === null) return
      await untilReadOn()
    }
  }

  return () => {
    const { filter, pausedSeq } = view()
    if (pausedSeq === null || counting?.() === true) return
    const isWanted = () => view().filter === filter && view().pausedSeq === pausedSeq
    counting = isWanted
    void count(filter, pausedSeq, isWanted).finally(() => {
      if (counting === isWanted) counting = null
    })
  }
}

/** How many rows there are up to this frame. Null where it cannot be told: the rows' own reading says what is wrong. */
async function rowsUpTo(
  api: Pick<TimelineApi, 'positions'>,
  filter: RowFilter,
  seq: number,
): Promise<RowsUpTo | null> {
  const { text, fold, gapMs, afterSeq } = filter
  const isPlain = text !== '' || (fold ?? gapMs) === undefined
  if (!isPlain && seq <= afterSeq) return { rows: 0, readTo: null }
  // Of a run that has gone on growing since, the row is there; a silence after the frame is not.
  const answer = await api.positions(filter, [isPlain ? seq + 1 : seq]).catch(() => null)
  if (answer === null) return null
  const { rows, upTo = seq } = answer
  const before = rows[0] ?? 0
  if (upTo < seq) return { rows: before, readTo: upTo }
  return { rows: isPlain ? before : before + 1, readTo: null }
}
