// The cost of a second reading where decoding stays behind for as long as a session lasts.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createFoldReader,
  type FoldReader,
} from '../../../../../src/engine/capture/folds/foldReader.ts'
import { createFoldRuns } from '../../../../../src/engine/capture/folds/foldRuns.ts'
import { foldTraits } from '../../../../../src/engine/capture/folds/foldTraits.ts'
import {
  createSecondReading,
  isSameFolding,
} from '../../../../../src/engine/capture/folds/secondReading.ts'

const traits = foldTraits({ kind: 'message', direction: 'in', code: null })
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
const forever = Number.POSITIVE_INFINITY

describe('a second reading that stays behind', () => {
  it('is compared with the first one where they may differ, and no further back', () => {
    let decoded = 0
    const source = {
      // Two of three frames.
      heartbeats: (after: number, last: number) =>
        range(after + 1, Math.min(last, decoded)).filter((seq) => seq % 3 !== 0),
      rows: (after: number, last: number) =>
        range(after + 1, last).map((seq) => ({ seq, at: seq * 1000, same: false, traits })),
      readBytes: () => 0,
    }
    const runs = createFoldRuns({ level: 'repeats', gapMs: null })
    let first: FoldReader = createFoldReader(source, false, { runs, upTo: 0, previous: 0 })
    const second = createSecondReading(source, first)
    for (let length = 30; length <= 3000; length += 30) {
      first.extend(length, forever)
      decoded = length - 15
      second.confirms(first, decoded, forever)
      const { alike } = second
      const better = second.replaces(first, decoded, forever)
      assert.ok(better)
      assert.equal(isSameFolding(first.runs, better.runs, 0), false)
      assert.equal(isSameFolding(first.runs, better.runs, alike), false)
      for (let run = 0; run < alike; run++) {
        assert.deepEqual(first.runs.run(run), better.runs.run(run))
      }
      first = better
      assert.ok(second.alike > first.runs.length - 20, `${second.alike} of ${first.runs.length}`)
    }
  })
})
