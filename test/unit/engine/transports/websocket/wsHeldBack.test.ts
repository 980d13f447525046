// A WebSocket whose messages are decompressed more slowly than they come.

import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { watchHeldBack } from '../../../../../src/engine/transports/websocket/wsHeldBack.ts'

describe('the watch over a socket that is read no faster than it is decompressed', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }))
  afterEach(() => mock.timers.reset())

  it('tells once that the sender is held back, and once that it no longer is', () => {
    let now = 0
    const pass = (ms: number) => {
      now += ms
      mock.timers.tick(ms)
    }
    const socket = new EventEmitter()
    const told: string[] = []
    const stop = watchHeldBack(
      socket,
      ({ code }) => told.push(code),
      () => now,
    )
    /** For a second. */
    const second = (heldMs: number) => {
      socket.emit('pause')
      pass(heldMs / 2)
      socket.emit('resume')
      socket.emit('pause')
      pass(heldMs / 2)
      socket.emit('resume')
      pass(1000 - heldMs)
    }
    second(700)
    assert.deepEqual(told, [])
    second(900)
    second(900)
    second(600)
    assert.deepEqual(told, ['back-pressure'])
    second(400)
    assert.deepEqual(told, ['back-pressure', 'back-pressure-over'])
    // A pause that goes on counts for each second.
    socket.emit('pause')
    pass(1000)
    assert.equal(told.length, 3)
    pass(1000)
    assert.equal(told.length, 3)
    socket.emit('resume')
    pass(1000)
    assert.equal(told.length, 4)

    stop()
    socket.emit('pause')
    pass(5000)
    assert.equal(told.length, 4)
    assert.deepEqual(socket.eventNames(), [])
  })
})
