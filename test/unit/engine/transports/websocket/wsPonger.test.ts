// Answering pings: each one while they leave, the latest one when they do not.

import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'mocha'
import {
  createPonger,
  type Ponger,
} from '../../../../../src/engine/transports/websocket/wsPonger.ts'

describe('createPonger', () => {
  let pongs: number[]
  let leave: (() => void)[]
  let ponger: Ponger
  let socket: {
    OPEN: 1
    readyState: 1 | 2
    pong(data: Uint8Array, mask: boolean, left: () => void): void
  }

  beforeEach(() => {
    pongs = []
    leave = []
    socket = {
      OPEN: 1,
      readyState: 1,
      pong(data, _mask, left) {
        pongs.push(data[0] ?? -1)
        leave.push(left)
      },
    }
    ponger = createPonger(socket)
  })

  function ping(count: number): void {
    for (let i = 1; i <= count; i++) ponger.answer(100 + i, Uint8Array.of(i))
  }

  it('answers each ping and knows which one a pong is for', () => {
    ping(3)
    assert.deepEqual(pongs, [1, 2, 3])
    assert.deepEqual([ponger.sent(), ponger.sent(), ponger.sent()], [101, 102, 103])
    assert.equal(ponger.sent(), null)
  })

  it('answers only the latest ping of those that came while 60 pongs could not leave', () => {
    ping(80)
    assert.equal(pongs.length, 60)
    leave[0]?.()
    assert.equal(pongs.length, 61)
    assert.equal(pongs.at(-1), 80)
    leave[1]?.()
    assert.equal(pongs.length, 61)
  })

  it('answers nothing once the connection is closing', () => {
    ping(61)
    socket.readyState = 2
    leave[0]?.()
    ponger.answer(1, Uint8Array.of(1))
    assert.equal(pongs.length, 60)
  })
})
