// The measure that tests of slow inputs have in place of a limit on time.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { assertLinear } from '../../support/assertLinear.ts'

describe('assertLinear()', () => {
  let steps = 0
  function walk(count: number): void {
    for (let i = 0; i < count; i++) steps = (steps + i) % 1009
  }

  it('passes what takes as much longer as there is more', () => {
    assertLinear(100_000, walk)
  })

  it('fails what looks at everything again for each part', () => {
    assert.throws(
      () =>
        assertLinear(1000, (size) => {
          for (let i = 0; i < size; i++) walk(size)
        }),
      /four times as much takes/,
    )
  })
})
