// Costs of the methods by the model, against sums done by hand.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { methodCosts, pollInterval } from '../../../../src/shared/advice/methodCosts.ts'
import { usualNeeds } from '../../../../src/shared/advice/needs.ts'

const feed = {
  ...usualNeeds,
  changesPerMinute: 60,
  itemBytes: 200,
  maxAgeMs: 5000,
  viewers: 10_000,
}

describe('the costs of a method', () => {
  it('are requests at an interval for polling, whose news is half of it late', () => {
    const { polling } = methodCosts(feed)
    assert.deepEqual(polling, {
      requestsPerSecond: 2000,
      bytesPerSecond: 2000 * 650 + 10_000 * 200,
      connectionsPerSecond: 0,
      openConnections: 0,
      delayMs: 2500,
    })
    assert.equal(pollInterval({ maxAgeMs: 0 }), 100)
  })

  it('are a request a change for long polling, and a connection for each viewer', () => {
    const long = methodCosts(feed)['long-polling']
    assert.equal(long.requestsPerSecond, 10_000)
    assert.equal(long.bytesPerSecond, 10_000 * (650 + 200))
    assert.equal(long.openConnections, 10_000)
    const quiet = methodCosts({ ...feed, changesPerMinute: 0 })['long-polling']
    assert.equal(quiet.requestsPerSecond, 400)
    const flood = methodCosts({ ...feed, changesPerMinute: 60_000, viewers: 1 })['long-polling']
    assert.equal(flood.requestsPerSecond, 20)
  })

  it('are bytes for streams, and least for a WebSocket that is spoken to', () => {
    const { sse, websocket } = methodCosts({ ...feed, viewers: 1 })
    assert.equal(sse.requestsPerSecond, 0)
    assert.ok(Math.abs(sse.bytesPerSecond - (220 + 20 / 15)) < 1e-9)
    assert.ok(Math.abs(websocket.bytesPerSecond - (204 + 8 / 15)) < 1e-9)
    const spoken = methodCosts({ ...feed, viewers: 1, sentPerMinute: 60 })
    assert.equal(spoken.sse.requestsPerSecond, 1)
    assert.ok(spoken.websocket.bytesPerSecond < spoken.sse.bytesPerSecond - 600)
  })
})
