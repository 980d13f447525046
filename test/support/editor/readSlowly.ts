// A capture in memory that looks at older frames in slices, as a large one does for a filter.

import type { TimelineApi } from '../../../src/shared/calls/messages.ts'
import { asksFrames, type RowFilter } from '../../../src/shared/session/captureRows.ts'
import { fakePage, fakePosition } from './fakeRows.ts'

/** Of `frames` messages each call about a filter looks at `slice` more. Answers how many calls there were. */
export function readSlowly(api: TimelineApi, frames: number, slice: number): () => number {
  const { rows, positions } = api
  const read = new Map<string, number>()
  let calls = 0

  function readOn({ text, find }: RowFilter) {
    const key = JSON.stringify([text, find])
    const upTo = Math.min(frames, (read.get(key) ?? 0) + slice)
    read.set(key, upTo)
    calls++
    return upTo < frames ? { partial: true, upTo } : { partial: false, upTo }
  }

  api.rows = async (filter, from, count) => {
    if (!asksFrames(filter)) return rows(filter, from, count)
    const now = readOn(filter)
    return { ...fakePage(now.upTo, filter, from, count), ...now }
  }
  api.positions = async (filter, seqs) => {
    if (!asksFrames(filter)) return positions(filter, seqs)
    const now = readOn(filter)
    return { rows: seqs.map((seq) => fakePosition(now.upTo, filter, seq)), ...now }
  }
  api.position = async (filter, seq) => (await api.positions(filter, [seq])).rows[0] ?? 0
  return () => calls
}
