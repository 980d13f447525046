import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { CaptureError } from '../../../../src/engine/capture/format/captureError.ts'
import { createScriptedSession } from '../../../support/sessions/scriptedSession.ts'

describe('what a session records', () => {
  it('ends with a notice when the capture reaches its limit', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession({
      limits: { captureBytes: 1000, batchFrames: 1 },
    })
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    for (let n = 0; n < 200 && session.status().state === 'open'; n++) {
      transport.current.io.emit(message('x'.repeat(1000)))
    }
    await timers.advance(0)
    assert.equal((await session.ended).by, 'limit')
    assert.deepEqual(
      recorded()
        .slice(-2)
        .map((line) => line.split(' ').slice(1, 3).join(' ')),
      ['notice capture-full', 'end The'],
    )
  })

  it('keeps to that limit, though the peer goes on until the connection is closed', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession({
      limits: { captureBytes: 1000, batchFrames: 1 },
    })
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    io.opened()
    while (session.status().state === 'open') io.emit(message('x'.repeat(1000)))
    const before = recorded().length
    for (let n = 0; n < 100; n++) io.emit(message('x'.repeat(1000)))
    io.emit({
      ...message(''),
      kind: 'close',
      code: null,
      detail: { code: 1000, reason: '', by: 'client' },
      payload: null,
    })
    await timers.advance(0)
    assert.deepEqual(
      recorded()
        .slice(before)
        .map((line) => line.split(' ')[1]),
      ['close', 'end'],
    )
  })

  it('ends with its end, also where that is what fills the capture', async () => {
    // A frame that waits counts 64 bytes.
    const limits = { captureBytes: 128 }
    const { session, transport, timers, message, recorded, capture } = createScriptedSession({
      limits,
    })
    session.start()
    await timers.advance(0)
    transport.current.io.emit(message(''))
    assert.equal(capture.full, false)
    await Promise.all([session.stop(), timers.advance(0)])
    assert.deepEqual(recorded(), ['1 message', '1 end Disconnected.'])
    assert.deepEqual(session.status().outcome, { by: 'user', message: 'Disconnected.' })
  })

  it('ends because the disk is gone, also where what comes after that fills the capture', async () => {
    const { session, transport, timers, message, capture } = createScriptedSession({
      deaf: true,
      limits: { captureBytes: 1000 },
    })
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    const { flush } = capture
    capture.flush = () => {
      capture.flush = flush
      throw new CaptureError('capture-write-failed', 'The disk is gone.')
    }
    io.emit(message('before'))
    await timers.advance(100)
    io.emit(message('x'.repeat(1000)))
    assert.equal(capture.full, true)
    await timers.advance(5000)
    assert.deepEqual(await session.ended, { by: 'error', message: 'The disk is gone.' })
  })

  it('ended with its last frame, however long that takes to be written', async () => {
    const { session, timers, capture } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { now } = timers
    const { flush } = capture
    let writingMs = 0
    timers.now = () => now() + writingMs
    capture.flush = () => {
      flush()
      writingMs += 200
    }
    await Promise.all([session.stop(), timers.advance(0)])
    const [end] = capture.entries({ afterSeq: 0, text: 'end', wire: false })
    assert.equal(session.status().endedAt, end?.frame.at)
  })

  it('records the reference where a secret stood', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession({
      secrets: [{ name: 'token', value: 'hunter2hunter2' }],
    })
    session.start()
    await timers.advance(0)
    transport.current.io.emit(message('you said hunter2hunter2'))
    await Promise.all([session.stop(), timers.advance(0)])
    assert.deepEqual(recorded(), ['1 message you said ${' + 'secret:token}', '1 end Disconnected.'])
  })

  it('records a reference where the server repeats what the proxy was to get', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession({
      proxyUrl: 'http://me:swordfish@127.0.0.1:1',
    })
    session.start()
    await timers.advance(0)
    const sent = Buffer.from('me:swordfish').toString('base64')
    transport.current.io.emit(message(`you said ${sent}`))
    await Promise.all([session.stop(), timers.advance(0)])
    assert.equal(recorded()[0], `1 message you said ${'$'}{secret:proxy-password}`)
  })

  it('records a reference for a credential in what is sent, and where the server repeats it', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    io.emit(message('hunter2hunter2'))
    assert.equal(session.holdsSecret('the one with hunter2hunter2'), false)
    io.emit({ ...message('{"token":"hunter2hunter2"}'), direction: 'out' })
    io.emit(message('you said hunter2hunter2'))
    await Promise.all([session.stop(), timers.advance(0)])
    assert.deepEqual(recorded().slice(0, 3), [
      '1 message hunter2hunter2',
      `1 message {"token":"${'$'}{secret:body-token}"}`,
      `1 message you said ${'$'}{secret:body-token}`,
    ])
    assert.equal(session.holdsSecret('the one with hunter2hunter2'), true)
    assert.equal(session.holdsSecret('the one with the token'), false)
  })

  it('forgets the oldest of many credentials that are sent, so that recording stays fast', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    const send = (text: string) => io.emit({ ...message(text), direction: 'out' })
    const token = (n: number) => `hunter2-${String(n).padStart(4, '0')}-hunter2`
    send(JSON.stringify(Array.from({ length: 300 }, (_, n) => ({ token: token(n) }))))
    io.emit(message(`${token(0)} ${token(299)}`))
    send(`{"token":"${token(300)}"}`)
    io.emit(message(`${token(299)} ${token(300)}`))
    io.emit(message(token(0)))
    await Promise.all([session.stop(), timers.advance(0)])
    const [all = '', ...rest] = recorded()
    assert.doesNotMatch(all, /hunter/)
    const reference = `${'$'}{secret:body-token}`
    assert.deepEqual(rest.slice(0, 4), [
      `1 message ${reference} ${reference}`,
      `1 message {"token":"${reference}"}`,
      `1 message ${reference} ${reference}`,
      `1 message ${token(0)}`,
    ])
  })

  it('takes nothing for a credential that is the peer’s own, as in the answers to its pings', async () => {
    const { session, transport, timers, message, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    io.emit({
      ...message('token=hunter2hunter2'),
      kind: 'pong',
      code: null,
      direction: 'out',
      detail: { masked: true },
    })
    io.emit(message('hunter2hunter2'))
    await Promise.all([session.stop(), timers.advance(0)])
    assert.deepEqual(recorded().slice(0, 2), [
      '1 pong token=hunter2hunter2',
      '1 message hunter2hunter2',
    ])
  })

  it('says how it ended without a secret that the server repeats', async () => {
    const { session, transport, timers, recorded } = createScriptedSession({
      secrets: [{ name: 'token', value: 'hunter2hunter2' }],
    })
    session.start()
    await timers.advance(0)
    transport.current.end({ kind: 'refused', message: 'Closed: 1008, “bad hunter2hunter2”.' })
    const message = `Closed: 1008, “bad ${'$'}{secret:token}”.`
    assert.deepEqual(await session.ended, { by: 'error', message })
    assert.deepEqual(session.status().outcome, { by: 'error', message })
    assert.deepEqual(recorded(), [`1 end ${message}`])
  })

  it('says when recording holds the sender back, and when that is over', async () => {
    const { session, timers, recorded } = createScriptedSession()
    session.start()
    timers.load(1)
    await timers.advance(3000)
    timers.load(0.9)
    await timers.advance(1000)
    timers.load(0.1)
    await timers.advance(3000)
    assert.deepEqual(recorded(), [
      '1 notice back-pressure More arrives than can be taken in, so the sender is held back.',
      '1 notice back-pressure-over Recording keeps up again.',
    ])
  })

  it('ends with its own fault in the timeline when a transport breaks, and reports the stack', async () => {
    const { session, transport, timers, faults, recorded } = createScriptedSession()
    session.start()
    await timers.advance(0)
    transport.current.fail(new Error('undefined is not a function'))
    await timers.advance(0)
    assert.equal((await session.ended).by, 'error')
    assert.deepEqual(
      faults.map(({ message }) => message),
      ['undefined is not a function'],
    )
    assert.deepEqual(recorded(), [
      '1 error internal Lifeline failed: undefined is not a function',
      '1 end Lifeline failed: undefined is not a function',
    ])
  })

  it('reports a fault of its own though a limit has ended it already', async () => {
    const { session, transport, timers, message, faults } = createScriptedSession({
      deaf: true,
      limits: { captureBytes: 1000, batchFrames: 1 },
    })
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    while (session.status().state === 'open') transport.current.io.emit(message('x'.repeat(1000)))
    transport.current.fail(new Error('undefined is not a function'))
    await timers.advance(0)
    assert.equal((await session.ended).by, 'limit')
    assert.deepEqual(
      faults.map(({ message: text }) => text),
      ['undefined is not a function'],
    )
  })

  it('has ended for its views too when its end cannot be recorded by a fault of its own', async () => {
    const { session, timers, capture, faults, statuses } = createScriptedSession()
    session.start()
    await timers.advance(0)
    capture.append = () => {
      throw new TypeError('frames is undefined')
    }
    await Promise.all([session.stop(), timers.advance(0)])
    const message = 'Lifeline failed: frames is undefined'
    assert.deepEqual(await session.ended, { by: 'error', message })
    assert.equal(statuses.at(-1)?.state, 'ended')
    assert.deepEqual(statuses.at(-1)?.outcome, { by: 'error', message })
    assert.equal(faults.length, 1)
  })
})
