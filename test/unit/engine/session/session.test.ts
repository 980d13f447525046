import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { SessionStatus } from '../../../../src/shared/session/sessionState.ts'
import { createScriptedSession } from '../../../support/sessions/scriptedSession.ts'

describe('a session', () => {
  it('connects, is open, loses the connection, waits and connects again', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    assert.equal(session.status().state, 'connecting')
    transport.current.io.opened()
    transport.current.io.emit(message('hello'))
    assert.equal(session.status().state, 'open')
    transport.current.end({ kind: 'lost', message: 'reset' })
    await timers.advance(0)
    assert.equal(session.status().state, 'waiting')
    assert.equal(session.status().pending?.until, timers.now() + 1000)
    assert.equal(session.status().now, timers.now())
    await timers.advance(999)
    assert.equal(transport.connections.length, 1)
    await timers.advance(1)
    assert.equal(transport.connections.length, 2)
    await Promise.all([session.stop(), timers.advance(0)])
    assert.deepEqual(recorded(), ['1 message hello', '1 wait 1000 1', '2 end Disconnected.'])
  })

  it('ends at the first failure when nothing was ever open', async () => {
    const { session, transport, timers, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    transport.current.end({ kind: 'lost', message: 'connection refused' })
    await timers.advance(0)
    assert.deepEqual(await session.ended, { by: 'error', message: 'connection refused' })
    assert.deepEqual(recorded(), ['1 end connection refused'])
  })

  it('keeps one connection number through the rhythm of polls', async () => {
    const { session, transport, timers } = createScriptedSession()
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    transport.current.end({ kind: 'next', delayMs: 500 })
    await timers.advance(499)
    assert.equal(transport.connections.length, 1)
    assert.equal(session.status().state, 'open')
    await timers.advance(1)
    assert.deepEqual(
      transport.connections.map(({ io }) => io.connection),
      [1, 1],
    )
  })

  it('does not wait when it is stopped by who hears of the wait', async () => {
    const { session, transport, timers, recorded } = createScriptedSession({
      onFrame: (frame) => void (frame.kind === 'wait' && session.stop()),
    })
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    transport.current.end({ kind: 'lost', message: 'reset' })
    await timers.advance(0)
    assert.equal(session.status().state, 'ended')
    assert.deepEqual(recorded(), ['1 wait 1000 1', '1 end Disconnected.'])
  })

  it('writes exactly one end frame, and nothing after it', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    await Promise.all([session.stop(), session.stop(), timers.advance(0)])
    io.emit(message('late'))
    await timers.advance(10_000)
    assert.deepEqual(recorded(), ['1 end Disconnected.'])
    assert.ok(transport.closed())
  })

  it('does not wait for a transport that ignores its signal', async () => {
    const { session, timers, recorded } = createScriptedSession({ deaf: true })
    session.start()
    await timers.advance(0)
    const stopped = session.stop()
    await timers.advance(5000)
    await stopped
    assert.deepEqual(recorded(), ['1 end Disconnected.'])
  })

  it('is not opened by a connection that was left behind or is over', async () => {
    const { session, transport, timers } = createScriptedSession({ deaf: true })
    session.start()
    await timers.advance(0)
    const { io: leftBehind } = transport.current
    await session.reconnect()
    await timers.advance(5000)
    const { io: second, end } = transport.current
    const before = session.status()
    leftBehind.opened()
    leftBehind.awaiting(true)
    assert.deepEqual(session.status(), before)
    end({ kind: 'done', message: 'Bye.' })
    await timers.advance(0)
    second.opened()
    second.awaiting(true)
    const { state, pending } = session.status()
    assert.deepEqual({ state, pending }, { state: 'ended', pending: null })
  })

  it('sends only while it is open', async () => {
    const { session, transport, timers } = createScriptedSession()
    session.start()
    await timers.advance(0)
    await assert.rejects(session.send({ type: 'text', text: 'early' }), { code: 'not-open' })
    transport.current.io.opened()
    await session.send({ type: 'text', text: 'now' })
    assert.deepEqual(transport.sent, [{ type: 'text', text: 'now' }])
  })

  it('tells views of few frames twice as often as screens draw, of a flood at most once in 50 ms, and once more at the end', async () => {
    const { session, transport, timers, message, statuses } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    io.opened()
    await timers.advance(500)
    const told = statuses.length
    io.emit(message('x'))
    await timers.advance(0)
    assert.equal(statuses.length, told + 1, 'at once after a quiet time')
    const toldIn = async (ms: number, framesPerMs: number) => {
      const before = statuses.length
      for (let n = 0; n < ms; n++) {
        for (let i = 0; i < framesPerMs; i++) io.emit(message('x'))
        await timers.advance(1)
      }
      return statuses.length - before
    }
    const calm = await toldIn(160, 1)
    assert.ok(calm >= 18 && calm <= 21, `${calm} in 160 ms`)
    const flooded = await toldIn(200, 20)
    assert.ok(flooded >= 4 && flooded <= 5, `${flooded} in 200 ms`)
    await Promise.all([session.stop(), timers.advance(0)])
    assert.equal(statuses.at(-1)?.state, 'ended')
    const all = statuses.length
    await timers.advance(5000)
    assert.equal(statuses.length, all)
  })

  it('tells views no more before they have taken what they were told, but for a quarter of a second', async () => {
    let take = () => {}
    const told: number[] = []
    const onStatus = ({ frames }: SessionStatus) => {
      told.push(frames)
      return new Promise<void>((resolve) => {
        take = resolve
      })
    }
    const { session, transport, timers, message } = createScriptedSession({ onStatus })
    session.start()
    await timers.advance(300)
    take()
    await timers.advance(100)
    told.length = 0
    for (let n = 0; n < 100; n++) {
      transport.current.io.emit(message('x'))
      await timers.advance(1)
    }
    assert.equal(told.length, 1)
    take()
    await timers.advance(1)
    assert.deepEqual(told.slice(1), [session.status().frames])
    transport.current.io.emit(message('x'))
    await timers.advance(240)
    assert.equal(told.length, 2)
    await timers.advance(20)
    assert.equal(told.length, 3)
    take()
    await Promise.all([session.stop(), timers.advance(0)])
  })

  it('tells what has come and is not complete as often as anything else, and nothing of a connection that is over', async () => {
    const { session, transport, timers, statuses } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io, end } = transport.current
    io.opened()
    let bytes = 0
    io.unfinished(() => ({ bytes, since: 0, awaits: 'blank-line' }))
    await timers.advance(50)
    const before = statuses.length
    for (let n = 0; n < 100; n++) {
      bytes += 10
      io.wire(10, 0)
      await timers.advance(1)
    }
    assert.equal(statuses.length, before + 2)
    assert.deepEqual(statuses.at(-1)?.unfinished, { bytes: 1000, since: 0, awaits: 'blank-line' })
    end({ kind: 'lost', message: 'reset' })
    await timers.advance(0)
    assert.equal(session.status().unfinished, null)
    await Promise.all([session.stop(), timers.advance(0)])
  })

  it('tells how much of an answer has come while nothing else changes, and nothing while none of it comes', async () => {
    const { session, transport, timers, statuses } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    let bytes = 0
    io.unfinished(() => (bytes === 0 ? null : { bytes, since: 0, awaits: 'body' }))
    io.awaiting(true)
    await timers.advance(50)
    const before = statuses.length
    await timers.advance(5000)
    assert.equal(statuses.length, before, 'a server that holds the request')
    bytes = 4
    await timers.advance(500)
    assert.equal(statuses.length, before + 1)
    assert.equal(statuses.at(-1)?.unfinished?.bytes, 4)
    io.awaiting(false)
    await timers.advance(50)
    const after = statuses.length
    bytes = 8
    await timers.advance(5000)
    assert.equal(statuses.length, after)
    await Promise.all([session.stop(), timers.advance(0)])
  })

  it('names the close frame that says why the server wants no more, until a connection is up again', async () => {
    const { session, transport, timers } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io, end } = transport.current
    io.opened()
    const close = (code: number) =>
      io.emit({
        kind: 'close',
        connection: 1,
        direction: 'in',
        at: 0,
        sizeBytes: 2,
        wireBytes: 4,
        replyTo: null,
        code: null,
        payload: null,
        detail: { code, reason: '', by: 'server' },
      })
    close(1000)
    assert.equal(session.status().failure, null)
    const seq = close(1012)
    assert.equal(session.status().failure, seq)
    end({ kind: 'lost', message: 'It restarts.' })
    await timers.advance(1000)
    assert.equal(session.status().failure, seq)
    transport.current.io.opened()
    assert.equal(session.status().failure, null)
    await Promise.all([session.stop(), timers.advance(0)])
  })
})
