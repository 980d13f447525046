// Acts at once, then not again before the interval is over, and never forgets the last cause.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { createThrottle } from '../../../../src/host/window/throttle.ts'

describe('a throttle', () => {
  let acts = 0
  beforeEach(() => {
    acts = 0
    mock.timers.enable({ apis: ['setTimeout'] })
  })
  afterEach(() => mock.timers.reset())

  it('acts at once for the first cause', () => {
    const throttle = createThrottle(10_000, () => acts++)
    throttle.request()
    assert.equal(acts, 1)
    throttle.dispose()
  })

  it('acts once for all causes of an interval, when it is over', () => {
    const throttle = createThrottle(500, () => acts++)
    for (let i = 0; i < 100; i++) throttle.request()
    assert.equal(acts, 1)
    mock.timers.tick(499)
    assert.equal(acts, 1)
    mock.timers.tick(1)
    assert.equal(acts, 2)
    throttle.dispose()
  })

  it('does not act after it is disposed of', () => {
    const throttle = createThrottle(500, () => acts++)
    throttle.request()
    throttle.request()
    throttle.dispose()
    mock.timers.tick(5000)
    assert.equal(acts, 1)
  })
})
