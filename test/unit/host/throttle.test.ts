// Acts at once, then not again before the interval is over, and never forgets the last cause.

import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, it } from 'mocha'
import { createThrottle } from '../../../src/host/throttle.ts'

describe('a throttle', () => {
  it('acts at once for the first cause', () => {
    let acts = 0
    const throttle = createThrottle(10_000, () => acts++)
    throttle.request()
    assert.equal(acts, 1)
    throttle.dispose()
  })

  it('acts once for all causes of an interval, when it is over', async () => {
    const acted = Promise.withResolvers<void>()
    let acts = 0
    const throttle = createThrottle(5, () => {
      acts++
      if (acts === 2) acted.resolve()
    })
    for (let i = 0; i < 100; i++) throttle.request()
    assert.equal(acts, 1)
    await acted.promise
    assert.equal(acts, 2)
    throttle.dispose()
  })

  it('does not act after it is disposed of', async () => {
    let acts = 0
    const throttle = createThrottle(1, () => acts++)
    throttle.request()
    throttle.request()
    throttle.dispose()
    await delay(5)
    assert.equal(acts, 1)
  })
})
