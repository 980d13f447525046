// The counts of a session's frames, with nobody to count the sockets.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createStatistics } from '../../../../src/engine/analyses/statistics.ts'
import {
  fragment,
  ignoredLine,
  mixedFrames,
  request,
  start,
  textMessage,
} from '../../../support/captures/captureFrames.ts'

describe('the statistics of frames', () => {
  it('have the wire bytes of frames each way, those of fragments with their message', () => {
    const statistics = createStatistics()
    statistics.add({ ...request('http://a/', []), wireBytes: 90 })
    statistics.add(fragment(1))
    statistics.add(ignoredLine('abc'))
    statistics.add(textMessage('12345'))
    const { wireBytesIn, wireBytesOut, bytesIn, wireFrames } = statistics.result()
    assert.deepEqual([wireBytesIn, wireBytesOut, bytesIn, wireFrames], [4 + 7, 90, 5, 2])
  })

  it('have as many connections as frames name', () => {
    const statistics = createStatistics()
    assert.equal(statistics.result().connections, 0)
    statistics.add(textMessage('a'))
    statistics.add({ ...textMessage('b'), connection: 3 })
    statistics.add({ ...textMessage('c'), connection: 0 })
    assert.equal(statistics.result().connections, 3)
  })

  it('have a rate only when they are asked for one', () => {
    const statistics = createStatistics()
    for (const frame of mixedFrames) statistics.add(frame)
    assert.equal(statistics.result().framesPerSecond, 0)
    assert.equal(statistics.result(start + 100).framesPerSecond, 5)
  })
})
