// Numbers sorted in steps: none of them is long, and nothing is lost.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  finish,
  quantilesOf,
  sortInSteps,
} from '../../../../src/shared/comparison/sortedNumbers.ts'

describe('numbers that are sorted in steps', () => {
  for (const length of [0, 1, 16_384, 16_385, 100_003]) {
    it(`are in order, ${length} of them`, () => {
      const numbers = Float64Array.from({ length }, (_, i) => ((i * 7919) % 100_019) / 3)
      const expected = numbers.toSorted()
      assert.deepEqual(finish(sortInSteps(numbers)), expected)
    })
  }

  it('have quantiles by nearest rank', () => {
    assert.equal(quantilesOf([]), null)
    assert.deepEqual(quantilesOf([5]), { p50: 5, p95: 5, max: 5 })
    const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1)
    assert.deepEqual(quantilesOf(hundred), { p50: 50, p95: 95, max: 100 })
  })
})
