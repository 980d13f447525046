// Binary search over every short list and every place at which it can turn.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { firstIndex } from '../../../../../src/engine/capture/folds/firstIndex.ts'

describe('the first index', () => {
  it('is where the test turns true, or the end of the range', () => {
    for (let low = 0; low < 4; low++) {
      for (let high = low; high < 12; high++) {
        for (let turn = low; turn <= high; turn++) {
          assert.equal(
            firstIndex(low, high, (index) => index >= turn),
            turn,
          )
        }
      }
    }
  })

  it('is the low end of a range that is none', () => {
    assert.equal(
      firstIndex(5, 3, () => true),
      5,
    )
  })
})
