// One way of a WebSocket that passes a tap, cut at every place: pings are dropped whole, and nothing else is.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createWsWay } from '../../../../src/engine/relay/wsWay.ts'

const ping = Buffer.from([0x89, 3, 1, 2, 3])
const masked = Buffer.from([0x89, 0x82, 9, 9, 9, 9, 1, 2])
const text = Buffer.from([0x81, 2, 0x68, 0x69])
const part = Buffer.from([0x01, 1, 0x61])
const rest = Buffer.from([0x80, 1, 0x62])
const pong = Buffer.from([0x8a, 0])

describe('one way of a WebSocket through a tap', () => {
  const whole = Buffer.concat([text, ping, part, masked, rest, pong, ping, text])
  const kept = Buffer.concat([text, part, rest, pong, text])

  it('drops pings wherever its bytes are cut', () => {
    for (let first = 0; first <= whole.length; first++) {
      for (let second = first; second <= whole.length; second++) {
        const way = createWsWay()
        const pieces = [
          whole.subarray(0, first),
          whole.subarray(first, second),
          whole.subarray(second),
        ]
        const framed = pieces.map((piece) => way.pass(piece, true))
        assert.deepEqual(Buffer.concat(framed.flatMap(({ passed }) => passed)), kept)
        assert.equal(
          framed.reduce((sum, { droppedPings }) => sum + droppedPings, 0),
          3,
        )
        assert.equal(way.isBetweenFrames(), true)
      }
    }
  })

  it('passes a ping whose start has gone on already', () => {
    const way = createWsWay()
    const passed = [
      ...way.pass(ping.subarray(0, 2), false).passed,
      ...way.pass(ping.subarray(2), true).passed,
    ]
    assert.deepEqual(Buffer.concat(passed), ping)
  })

  it('passes the start that it has kept when pings are dropped no longer', () => {
    const way = createWsWay()
    const passed = [
      ...way.pass(ping.subarray(0, 2), true).passed,
      ...way.pass(ping.subarray(2), false).passed,
    ]
    assert.deepEqual(Buffer.concat(passed), ping)
  })

  it('says where the last frame ends', () => {
    const way = createWsWay()
    const { frames, lastEnd } = way.pass(whole.subarray(0, text.length + ping.length + 1), false)
    assert.deepEqual([frames, lastEnd], [2, text.length + ping.length])
    assert.equal(way.isBetweenFrames(), false)
  })
})
