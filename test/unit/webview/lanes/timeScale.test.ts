// The scale of the true-to-time layout.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  gridMs,
  placeOf,
  stepFor,
  ticksOf,
  tickWords,
  timeAt,
  zoomed,
  zoomedAround,
} from '../../../../src/webview/lanes/timeScale.ts'

const scale = { topAt: 1_700_000_000_000, screenMs: 10_000, heightPx: 500 }

describe('the scale of time', () => {
  it('places times evenly, and tells the time of a place', () => {
    assert.equal(placeOf(scale.topAt + 5000, scale), 250)
    assert.equal(timeAt(250, scale), scale.topAt + 5000)
  })

  it('zooms by steps from 1 ms to 1 h, and no further', () => {
    assert.equal(zoomed(10_000, 1), 5000)
    assert.equal(zoomed(10_000, -1), 30_000)
    assert.equal(zoomed(1, 1), 1)
    assert.equal(zoomed(3_600_000, -1), 3_600_000)
  })

  it('keeps the time under the pointer where it is', () => {
    for (const screenMs of [1, 2000, 3_600_000]) {
      const next = zoomedAround(scale, screenMs, 120)
      assert.ok(Math.abs(placeOf(timeAt(120, scale), next) - 120) < 0.5, String(screenMs))
    }
  })

  it('chooses a step in which a span has room', () => {
    assert.equal(stepFor(64), 100)
    assert.equal(stepFor(90), 200)
  })

  it('has round times that are far enough apart', () => {
    assert.equal(gridMs(scale), 1000)
    assert.equal(gridMs({ ...scale, screenMs: 1 }), 0.1)
    assert.equal(gridMs({ ...scale, screenMs: 3_600_000 }), 600_000)
    const ticks = ticksOf(scale, scale.topAt - 300)
    assert.deepEqual(ticks.slice(0, 2), [scale.topAt + 700, scale.topAt + 1700])
    assert.equal(ticks.length, 10)
  })

  const words: readonly (readonly [number, number, string])[] = [
    [34_000, 1000, '34.0 s'],
    [34_500, 500, '34.5 s'],
    [59_960, 20, '59.96 s'],
    [1.2, 0.1, '0.0012 s'],
    [125_000, 1000, '2:05'],
    [125_500, 500, '2:05.5'],
    [3_605_000, 5000, '1:00:05'],
    [-500, 500, '−0.5 s'],
    [60_000, 1000, '1:00'],
  ]
  for (const [ms, step, text] of words)
    it(`tells ${ms} ms as ${text}`, () => assert.equal(tickWords(ms, step), text))
})
