// The time of a row, by what it counts from.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import { formatClock } from '../../../../src/shared/text/units.ts'
import { countedFrom, timeText, timeWeight } from '../../../../src/webview/rows/rowTime.ts'

const frame = { at: 1_790_000_012_500, elapsedMs: 12_500 } as Frame

describe('the time of a row', () => {
  it('counts from the row before, the start, or is that of the clock', () => {
    const before = frame.at - 4.1
    assert.equal(timeText(frame, countedFrom('before', before)), '+4.1 ms')
    assert.equal(timeText(frame, countedFrom('before', null)), '12.500', 'where rows are hidden')
    assert.equal(timeText(frame, countedFrom('start', before)), '12.500')
    assert.equal(timeText(frame, countedFrom('clock', before)), formatClock(frame.at))
  })

  it('is a dot where hardly any time lies between, so that a burst is calm', () => {
    const since = (ms: number) => timeText({ ...frame, at: 1000 + ms }, 1000)
    assert.deepEqual([-0.2, 0, 0.03, 0.0625].map(since), ['·', '·', '·', '+0.1 ms'])
    assert.equal(timeText({ ...frame, elapsedMs: 0 }, null), '0.000', 'the first frame')
  })

  it('weighs more the longer nothing came', () => {
    const weights = [999, 1000, 9999, 10_000].map((ms) => timeWeight(frame, frame.at - ms, 5))
    assert.deepEqual(weights, ['usual', 'long', 'long', 'longest'])
    assert.equal(timeWeight(frame, frame.at - 4000, 4000), 'usual', 'every four seconds')
    assert.equal(timeWeight(frame, frame.at - 4000, 1000), 'long')
    assert.equal(timeWeight(frame, null, 0), 'usual', 'a time since the start is no pause')
    assert.equal(timeWeight(frame, 'clock', 0), 'usual')
  })
})
