import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createSeqRuns } from '../../../../../src/engine/capture/decoding/seqRuns.ts'

describe('runs of sequence numbers', () => {
  it('grow while numbers follow each other, and are asked for in order', () => {
    const runs = createSeqRuns(10)
    for (const seq of [3, 4, 5, 8, 9]) runs.add(seq)
    assert.deepEqual(runs.from(1), { first: 3, last: 5 })
    assert.deepEqual(runs.from(5), { first: 3, last: 5 })
    assert.deepEqual(runs.from(6), { first: 8, last: 9 })
    assert.equal(runs.from(10), null)
    runs.add(12)
    assert.deepEqual(runs.from(10), { first: 12, last: 12 })
  })

  it('are at most as many as may be kept at a time', () => {
    const runs = createSeqRuns(2)
    for (const seq of [1, 3, 5]) runs.add(seq)
    assert.deepEqual(runs.from(3), { first: 3, last: 3 })
    assert.equal(runs.from(4), null)
    for (let seq = 7; seq < 100; seq += 2) {
      runs.add(seq)
      assert.deepEqual(runs.from(seq), { first: seq, last: seq })
    }
  })
})
