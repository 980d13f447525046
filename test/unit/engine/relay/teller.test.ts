// The time that pieces take through a relay, as its thread tells it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { addedMs, createRelayFigures, createTeller } from '../../../../src/engine/relay/teller.ts'

describe('what passing a piece on takes', () => {
  it('is the median of the last hundred, once there are some', () => {
    const figures = createRelayFigures()
    const teller = createTeller(figures, () => {})
    for (let n = 0; n < 9; n++) teller.passed(n === 0 ? 64 : 0.2)
    assert.equal(addedMs(figures), null)
    teller.passed(0.2)
    assert.equal(addedMs(figures), 0.2, 'one that is slow is not all')
    for (let n = 0; n < 1000; n++) teller.passed(0.4)
    assert.equal(addedMs(figures), 0.4)
  })
})
