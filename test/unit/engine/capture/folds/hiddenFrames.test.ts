// Frames that folded runs hide, counted without going through the runs.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { foldedRows } from '../../../../../src/engine/capture/folds/foldedRows.ts'
import { createFoldRuns } from '../../../../../src/engine/capture/folds/foldRuns.ts'
import type { FoldTraits } from '../../../../../src/engine/capture/folds/foldTraits.ts'

const traits: FoldTraits = {
  ...{ burst: null, heartbeat: false, compared: true },
  ...{ tellsSilence: false, announces: false },
}

describe('frames that runs hide', () => {
  it('are counted over many runs by looking at a few of them', () => {
    const runs = createFoldRuns({ level: 'repeats', gapMs: null })
    const count = 20_000
    for (let frame = 0; frame < 3 * count; frame++)
      runs.add(frame, traits, frame % 3 === 0 ? 'none' : 'same')
    let looks = 0
    const counted = {
      ...runs,
      frames: runs.frames,
      length: runs.length,
      growing: runs.growing,
      loose: runs.loose,
      run(index: number) {
        looks++
        return runs.run(index)
      },
    }
    const rows = foldedRows(counted, [0, 3])
    looks = 0
    assert.equal(rows.hiddenAmong(0, 3 * count - 1), 2 * (count - 2))
    assert.ok(looks < 50, `${looks} runs were looked at`)
  })
})
