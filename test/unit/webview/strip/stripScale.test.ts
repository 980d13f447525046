// The scale of the strip.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { placeOf, scaleOf, timeAt } from '../../../../src/webview/strip/stripScale.ts'

describe('the scale of the strip', () => {
  it('ends where the last frame of a session that has ended is drawn whole', () => {
    const scale = scaleOf(1000, 11_000, 1000, false)
    assert.equal(placeOf(1000, scale), 0)
    assert.ok(placeOf(11_000, scale) > 991 && placeOf(11_000, scale) < 993)
  })

  it('stands still while a live session goes on, with room of an eighth at the most', () => {
    const ends = new Set<number>()
    for (let ms = 60_000; ms <= 120_000; ms += 100) {
      const { untilAt } = scaleOf(0, ms, 1000, true)
      assert.ok(untilAt > ms && untilAt < ms * 1.15, `${ms} ${untilAt}`)
      ends.add(untilAt)
    }
    assert.ok(ends.size <= 9, `${ends.size}`)
  })

  it('leads from a place to its time and back, and never out of itself', () => {
    const scale = { fromAt: 500, untilAt: 1500, widthPx: 200 }
    assert.equal(timeAt(placeOf(700, scale), scale), 700)
    assert.equal(timeAt(-50, scale), 500)
    assert.equal(timeAt(900, scale), 1500)
    assert.equal(timeAt(10, { ...scale, widthPx: 0 }), 500)
  })
})
