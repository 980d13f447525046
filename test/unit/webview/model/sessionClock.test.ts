// The time of the session on the page, whose clock may be another machine's.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createSessionClock } from '../../../../src/webview/model/sessionClock.ts'

describe('the clock of the session', () => {
  it('runs on from what was told, and stands while the host is silent', () => {
    let own = 7
    let silentMs = 0
    const clock = createSessionClock(
      () => silentMs,
      () => own,
    )
    assert.equal(clock.now(), 0)
    clock.set(50_000)
    own = 1007
    assert.equal(clock.now(), 51_000)
    silentMs = 300
    assert.equal(clock.now(), 50_700)
  })

  it('does not go back for what was told late, and does for another time', () => {
    let own = 0
    const clock = createSessionClock(
      () => 0,
      () => own,
    )
    clock.set(50_000)
    own = 2000
    clock.set(51_400)
    assert.equal(clock.now(), 52_000)
    clock.set(52_300)
    assert.equal(clock.now(), 52_300)
    clock.set(30_000)
    assert.equal(clock.now(), 30_000)
  })
})
