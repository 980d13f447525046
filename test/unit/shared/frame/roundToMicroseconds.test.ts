// Checks that a rounded time is written with three digits after the point at the most.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { roundToMicroseconds } from '../../../../src/shared/frame/roundToMicroseconds.ts'

describe('a time in milliseconds', () => {
  const times = [
    [0, 0],
    [0.1 + 0.2, 0.3],
    [8.430908203125, 8.431],
    [999.9996, 1000],
    [1_795_184_525_000.4214, 1_795_184_525_000.421],
  ] as const
  for (const [ms, rounded] of times) {
    it(`of ${ms} is rounded to ${rounded}`, () => assert.equal(roundToMicroseconds(ms), rounded))
  }

  it('has no more than three digits after the point, whatever it was', () => {
    for (let step = 0; step < 100_000; step++) {
      assert.match(String(roundToMicroseconds(step * 0.0101)), /^\d+(?:\.\d{1,3})?$/)
    }
  })
})
