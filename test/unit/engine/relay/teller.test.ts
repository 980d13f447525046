// The time that pieces take through a relay, as its thread tells it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createRelayFigures, createTeller } from '../../../../src/engine/relay/teller.ts'

describe('what passing a piece on takes', () => {
  it('is nothing before the first, and then an average that follows', () => {
    const figures = createRelayFigures()
    const teller = createTeller(figures, () => {})
    const { added } = figures
    assert.equal(added[0], 0)
    teller.passed(0.2)
    assert.equal(added[0], 0.2)
    teller.passed(100)
    assert.ok((added[0] ?? 0) > 0.2 && (added[0] ?? 0) < 2, 'one that is slow is not all')
    for (let n = 0; n < 1000; n++) teller.passed(0.4)
    assert.ok(Math.abs((added[0] ?? 0) - 0.4) < 0.01)
  })
})
