// The bars of the strip.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { barsOf } from '../../../../src/webview/strip/stripBars.ts'
import { overviewOf } from './overviewOf.ts'

const scale = (ms: number, widthPx: number) => ({ fromAt: 0, untilAt: ms, widthPx })

describe('the bars of the strip', () => {
  it('are of whole bins that lie side by side until they can be seen', () => {
    const overview = overviewOf({ framesIn: Array(1000).fill(2) })
    const bars = barsOf(overview, null, 'frames', scale(1000, 500))
    assert.equal(bars.length, 125)
    assert.deepEqual(bars[1], {
      fromPx: 4,
      untilPx: 7,
      received: 1,
      sent: 0,
      hasErrors: false,
      matches: 0,
    })
  })

  it('are no wider than a frame by itself where bins are wide', () => {
    const [bar] = barsOf(overviewOf({ framesIn: [1, 0, 0, 0] }), null, 'frames', scale(4, 400))
    assert.deepEqual([bar?.fromPx, bar?.untilPx], [0, 6])
  })

  it('show a single frame beside a flood, each way by one measure', () => {
    const overview = overviewOf({ framesIn: [10_000, 0, 1], framesOut: [0, 100, 0] })
    const bars = barsOf(overview, null, 'frames', scale(3, 300))
    assert.deepEqual(
      bars.map(({ received, sent }) => [received, sent]),
      [
        [1, 0],
        [0, 0.1],
        [0.01, 0],
      ],
    )
  })

  it('count bytes where they are to', () => {
    const overview = overviewOf({ framesIn: [9, 1], bytesIn: [10, 1000] })
    const [few, many] = barsOf(overview, null, 'bytes', scale(2, 200))
    assert.equal(few?.received, 0.1)
    assert.equal(many?.received, 1)
  })

  it('tell of errors and matches where nothing crossed', () => {
    const overview = overviewOf({ framesIn: [0, 0, 0], errors: [0, 3, 0] })
    const bars = barsOf(overview, [0, 0, 5], 'frames', scale(3, 300))
    assert.deepEqual(
      bars.map(({ hasErrors, matches }) => [hasErrors, matches]),
      [
        [true, 0],
        [false, 5],
      ],
    )
  })
})
