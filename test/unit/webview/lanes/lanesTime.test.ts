// The time that lanes have together, and the part of it that is in view.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  calmTop,
  clampedTop,
  followedTop,
  lanesTime,
} from '../../../../src/webview/lanes/lanesTime.ts'

const scale = { screenMs: 10_000, heightPx: 500 }
/** 24 px. */
const marginMs = 480

describe('the time of lanes', () => {
  const first = { fromAt: 1000, untilAt: 5000, isLive: false }
  const second = { fromAt: 3000, untilAt: 40_000, isLive: true }

  it('is from the first frame of all to the last, and runs on while one lives', () => {
    assert.deepEqual(lanesTime([first, second]), { firstAt: 1000, endAt: 40_000, isLive: true })
    const unborn = { fromAt: null, untilAt: null, isLive: true }
    assert.deepEqual(lanesTime([unborn]), { firstAt: null, endAt: null, isLive: true })
  })

  it('stands with its beginning at the top until it fills the screen, then with its end at the foot', () => {
    assert.equal(followedTop(lanesTime([first]), scale), 1000 - marginMs)
    assert.equal(followedTop(lanesTime([first, second]), scale), 40_000 + marginMs - 10_000)
  })

  it('is followed a little late where a screen is shorter than the way of a frame to it', () => {
    const short = { screenMs: 20, heightPx: 500 }
    const margin = (24 / 500) * 20
    assert.equal(followedTop(lanesTime([second]), short), 40_000 - 300 + margin - 20)
    const over = { ...second, isLive: false }
    assert.equal(followedTop(lanesTime([over]), short), 40_000 + margin - 20)
  })

  it('is not left by scrolling', () => {
    const time = lanesTime([first, second])
    assert.equal(clampedTop(-5000, time, scale), 1000 - marginMs)
    assert.equal(clampedTop(99_000, time, scale), followedTop(time, scale))
    assert.equal(clampedTop(20_000, time, scale), 20_000)
  })

  it('moves a tenth of a screen at a time for who wants less motion', () => {
    const time = lanesTime([first, second])
    const tops = [20_001, 20_500, 21_000, 21_001].map((top) => calmTop(top, time, 10_000))
    assert.deepEqual(tops, [21_000, 21_000, 21_000, 22_000])
    assert.equal(calmTop(1000 - marginMs, time, 10_000), 1000 - marginMs)
  })
})
