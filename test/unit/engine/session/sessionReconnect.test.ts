import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createScriptedSession } from '../../../support/sessions/scriptedSession.ts'

describe('a session that reconnects', () => {
  it('gives up after the attempts it has, and starts counting again when one was of use', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession({ attempts: 2 })
    session.start()
    for (const opens of [true, false, true, false, false]) {
      await timers.advance(30_000)
      if (opens) {
        transport.current.io.opened()
        transport.current.io.emit(message('hello'))
      }
      transport.current.end({ kind: 'lost', message: 'reset' })
    }
    await timers.advance(30_000)
    assert.deepEqual(recorded(), [
      '1 message hello',
      '1 wait 1000 1',
      '2 wait 2000 2',
      '3 message hello',
      '3 wait 1000 1',
      '4 wait 2000 2',
      '5 end Gave up after 2 attempts: reset',
    ])
  })

  it('backs off and gives up when connections open only to close', async () => {
    const { session, transport, timers, recorded } = createScriptedSession({ attempts: 3 })
    session.start()
    for (let n = 0; n < 4; n++) {
      await timers.advance(30_000)
      transport.current.io.opened()
      transport.current.end({ kind: 'lost', message: 'gone' })
    }
    await session.ended
    assert.deepEqual(recorded(), [
      '1 wait 1000 1',
      '2 wait 2000 2',
      '3 wait 4000 3',
      '4 end Gave up after 3 attempts: gone',
    ])
  })

  it('starts counting again when a connection lasted, though nothing came', async () => {
    const { session, transport, timers, recorded } = createScriptedSession({ attempts: 3 })
    session.start()
    for (const lastsMs of [0, 4999, 5000]) {
      await timers.advance(30_000)
      transport.current.io.opened()
      await timers.advance(lastsMs)
      transport.current.end({ kind: 'lost', message: 'gone' })
    }
    await timers.advance(0)
    assert.deepEqual(recorded(), ['1 wait 1000 1', '2 wait 2000 2', '3 wait 1000 1'])
  })

  it('tells an error on an open connection until data comes on it', async () => {
    const { session, transport, timers, message } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    io.opened()
    io.emit(message('hello'))
    const seq = io.emit({
      ...message('{"error":"x"}'),
      kind: 'error',
      code: 'stream-error-text',
      detail: { message: 'An error came.' },
    })
    assert.equal(session.status().failure, seq)
    io.emit(message('on it goes'))
    assert.equal(session.status().failure, null)
    await session.stop()
  })

  it('skips the wait when asked to reconnect', async () => {
    const { session, transport, timers } = createScriptedSession()
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    transport.current.end({ kind: 'lost', delayMs: 60_000, message: 'reset' })
    await timers.advance(0)
    await session.reconnect()
    await timers.advance(0)
    assert.equal(transport.connections.length, 2)
  })

  it('replaces an open connection when asked to reconnect', async () => {
    const { session, transport, timers, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    await session.reconnect()
    await timers.advance(0)
    assert.equal(transport.connections.length, 2)
    assert.equal(session.status().state, 'connecting')
    assert.deepEqual(recorded(), [])
  })

  it('refuses to reconnect once it has ended', async () => {
    const { session, timers } = createScriptedSession()
    session.start()
    await Promise.all([session.stop(), timers.advance(0)])
    await assert.rejects(session.reconnect(), { code: 'ended' })
  })

  it('replaces an open connection once, however often it is asked while that one closes', async () => {
    const { session, transport, timers } = createScriptedSession({ deaf: true })
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    await session.reconnect()
    assert.equal(session.status().state, 'connecting')
    await session.reconnect()
    await timers.advance(5000)
    assert.equal(transport.connections.length, 2)
    assert.equal(session.status().state, 'connecting')
  })

  it('is closing from the moment it is told to stop, and cannot be told to reconnect then', async () => {
    const { session, transport, timers } = createScriptedSession({ deaf: true })
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    await session.reconnect()
    const stopped = session.stop()
    assert.equal(session.status().state, 'closing')
    await assert.rejects(session.reconnect(), { code: 'ended' })
    await timers.advance(5000)
    await stopped
    assert.equal(transport.connections.length, 1)
  })

  it('connects after a wait that is drawn, also in the rhythm of its method', async () => {
    const { session, transport, timers } = createScriptedSession()
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    transport.current.end({ kind: 'next', delayMs: 500, wait: { reason: 'retry-after' } })
    await timers.advance(499)
    assert.equal(session.status().state, 'waiting')
    await timers.advance(1)
    assert.equal(session.status().state, 'connecting')
    assert.equal(transport.current.io.connection, 1)
    transport.current.io.opened()
    assert.equal(session.status().state, 'open')
  })
})
