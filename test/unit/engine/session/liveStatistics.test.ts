// A live session's counts as frames come.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createLiveStatistics } from '../../../../src/engine/session/liveStatistics.ts'
import {
  errorFrame,
  fragment,
  ignoredLine,
  request,
  start,
  textMessage,
} from '../../../support/captures/captureFrames.ts'

describe('createLiveStatistics', () => {
  it('counts frames and payload bytes by direction, errors, connections and wire bytes', () => {
    const statistics = createLiveStatistics()
    statistics.connection()
    statistics.add(request('http://a/', []))
    statistics.add(textMessage('12345'))
    statistics.add(textMessage('678'))
    statistics.add(errorFrame('connection-reset', 'gone'))
    statistics.wire(100, 40)
    statistics.wire(1, 2)
    assert.deepEqual(statistics.snapshot(start), {
      framesIn: 2,
      framesOut: 1,
      bytesIn: 8,
      bytesOut: 0,
      wireBytesIn: 101,
      wireBytesOut: 42,
      framesPerSecond: 2,
      connections: 1,
      errors: 1,
      wireFrames: 0,
    })
  })

  it('counts frames of the wire layer apart, since their bytes are counted with what they make', () => {
    const statistics = createLiveStatistics()
    statistics.add(fragment(1, start))
    statistics.add(ignoredLine('x'))
    const { framesIn, bytesIn, framesPerSecond, wireFrames } = statistics.snapshot(start)
    assert.deepEqual([framesIn, bytesIn, framesPerSecond, wireFrames], [0, 0, 0, 2])
  })

  it('does not count an error as received, though the peer or the network is at fault', () => {
    const statistics = createLiveStatistics()
    statistics.add({ ...errorFrame('dns-failed', 'not found'), direction: 'in' })
    const { framesIn, framesPerSecond, errors } = statistics.snapshot(start)
    assert.deepEqual([framesIn, framesPerSecond, errors], [0, 0, 1])
  })

  it('gives the rate of the last second, which falls to 0 when nothing comes', () => {
    const statistics = createLiveStatistics()
    for (let ms = 0; ms < 5000; ms += 10) statistics.add(textMessage('', start + ms))
    const rate = statistics.snapshot(start + 5000).framesPerSecond
    assert.ok(rate >= 90 && rate <= 100, `${rate}`)
    const later = statistics.snapshot(start + 5500).framesPerSecond
    assert.ok(later >= 40 && later <= 50, `${later}`)
    assert.equal(statistics.snapshot(start + 7000).framesPerSecond, 0)
    assert.equal(statistics.snapshot(start + 1e9).framesPerSecond, 0)
  })

  it('does not count frames of others twice when the clock goes back', () => {
    const statistics = createLiveStatistics()
    statistics.add(textMessage('', start + 1000))
    statistics.add(textMessage('', start))
    assert.equal(statistics.snapshot(start + 1000).framesPerSecond, 2)
    assert.equal(statistics.snapshot(start + 10).framesPerSecond, 2)
  })
})
