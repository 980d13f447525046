// The best and the worst of a row: marked only where they differ by more than chance.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { marksOf } from '../../../../src/shared/comparison/marks.ts'

describe('the marks of a row', () => {
  it('are those of what is about the best and about the worst', () => {
    assert.deepEqual(marksOf([498, 1.6, 1.1, 1], 5), ['worst', 'best', 'best', 'best'])
    assert.deepEqual(marksOf([1021, 712, 171, 158], 20), ['worst', null, 'best', 'best'])
    assert.deepEqual(marksOf([0, 0, 3], 0.5), ['best', 'best', 'worst'])
  })

  it('are none where all are alike, or nobody knows', () => {
    assert.deepEqual(marksOf([10, 12, 19], 0), [null, null, null])
    assert.deepEqual(marksOf([1, 4], 5), [null, null])
    assert.deepEqual(marksOf([1, null], 0), [null, null])
    assert.deepEqual(marksOf([null, 1, 9], 0), [null, 'best', 'worst'])
  })
})
