// Sums of runs get on however slowly the frames of a page are read.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFoldRuns } from '../../../../../src/engine/capture/folds/foldRuns.ts'
import { foldTraits } from '../../../../../src/engine/capture/folds/foldTraits.ts'
import { createRunSumsCache } from '../../../../../src/engine/capture/folds/runSumsCache.ts'
import { noBookmarks } from '../../../../../src/engine/capture/format/bookmarkedFrames.ts'
import { type RowSource, readRows } from '../../../../../src/engine/capture/reading/rows.ts'
import type { RowFilter } from '../../../../../src/shared/session/captureRows.ts'
import { messageRow } from '../../../../support/editor/fakeRows.ts'

const frames = 3000
const filter: RowFilter = {
  afterSeq: 0,
  text: '',
  wire: true,
  fold: { level: 'bursts', open: [] },
}

/** Longer than summing up may take. */
function readSlowly(): void {
  const end = performance.now() + 15
  while (performance.now() < end);
}

function slowSource(): RowSource {
  const runs = createFoldRuns({ level: 'bursts', gapMs: null })
  for (let seq = 1; seq <= frames; seq++) {
    runs.add(messageRow(seq).frame.at, foldTraits(messageRow(seq).frame), 'none')
  }
  const between = (after: number, last: number) =>
    Array.from({ length: last - after }, (_, index) => messageRow(after + 1 + index))
  return {
    last: () => frames,
    at: (seq) => messageRow(seq).frame.at,
    read(seq, count) {
      readSlowly()
      return { rows: between(seq - 1, seq - 1 + count), detailChars: 0 }
    },
    folds: () => ({ runs, upTo: frames, folding: 1, refolds: false, extend() {} }),
    sumRun: createRunSumsCache({
      packets: () => new Map(),
      decodedTo: () => Number.POSITIVE_INFINITY,
      columns: (after, last) =>
        between(after, last).map(({ frame }) => ({ ...frame, name: null, roundTripMs: null })),
    }),
    wireFrames: () => null,
    bookmarks: noBookmarks,
  } as Partial<RowSource> as RowSource
}

describe('the sums of a run', () => {
  it('are complete after some pages, though reading each takes longer than they may', () => {
    const source = slowSource()
    for (let asked = 0; asked < 100; asked++) {
      const [row] = readRows(source, filter, 0, 10, 1000).rows
      assert.equal(row?.fold?.frames, frames)
      if (row.fold.counting) continue
      assert.deepEqual(row.fold.names, [{ name: 'message', count: frames }])
      return
    }
    assert.fail('It is counting for ever.')
  })
})
