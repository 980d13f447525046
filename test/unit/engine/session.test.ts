import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createCapture } from '../../../src/engine/capture/capture.ts'
import { createSession } from '../../../src/engine/session.ts'
import type { Frame, NewFrame } from '../../../src/shared/frame.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import type { SessionPlan } from '../../../src/shared/messages.ts'
import { parseEndpoint } from '../../../src/shared/parseEndpoint.ts'
import type { SessionStatus } from '../../../src/shared/sessionState.ts'
import { createFakeTimers } from '../../support/fakeTimers.ts'
import { createScriptedTransport } from '../../support/scriptedTransport.ts'

interface Options {
  readonly attempts?: number
  readonly deaf?: boolean
  readonly limits?: Partial<Limits>
  readonly secrets?: SessionPlan['secrets']
  readonly onFrame?: (frame: Frame) => void
}

function setUp(options: Options = {}) {
  const { attempts = 3, deaf = false, limits = {}, secrets = [], onFrame } = options
  const parsed = parseEndpoint({ name: 'test', url: 'ws://127.0.0.1:1/', method: 'websocket' })
  assert.ok(parsed.ok)
  const endpoint = { ...parsed.value, reconnectAttempts: attempts }
  const plan: SessionPlan = {
    name: 'test',
    endpoint,
    resolved: endpoint,
    secrets,
    network: { proxyUrl: null, caPems: null },
    limits: { ...defaultLimits, ...limits },
    capturePath: null,
  }
  const capture = createCapture({ path: null, name: plan.name, endpoint, limits: plan.limits })
  const transport = createScriptedTransport({ deaf })
  const timers = createFakeTimers()
  const statuses: SessionStatus[] = []
  const faults: Error[] = []
  const session = createSession({
    plan,
    capture,
    transport,
    timers,
    onStatus: (status) => statuses.push(status),
    ...(onFrame && { onFrame }),
    onFault: (fault) => faults.push(fault),
  })
  const message = (text: string): NewFrame => ({
    kind: 'message',
    at: timers.now(),
    connection: transport.current.io.connection,
    direction: 'in',
    sizeBytes: text.length,
    wireBytes: text.length + 2,
    replyTo: null,
    code: null,
    detail: { type: 'text', fragments: 1, compressed: false, masked: false },
    payload: Buffer.from(text),
  })
  /** What was recorded, a line a frame. */
  const recorded = () =>
    [...capture.entries({ afterSeq: 0, text: '', wire: true })].map(({ frame, preview }) => {
      const words = 'message' in frame.detail ? frame.detail.message : (preview ?? '')
      const wait = frame.kind === 'wait' ? `${frame.detail.delayMs} ${frame.detail.attempt}` : words
      return `${frame.connection} ${frame.kind}${frame.code ? ` ${frame.code}` : ''} ${wait}`.trim()
    })
  return { session, transport, timers, statuses, faults, message, recorded, capture }
}

describe('a session', () => {
  it('connects, is open, loses the connection, waits and connects again', async () => {
    const { session, transport, timers, message, recorded } = setUp()
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
    await timers.advance(999)
    assert.equal(transport.connections.length, 1)
    await timers.advance(1)
    assert.equal(transport.connections.length, 2)
    await Promise.all([session.stop(), timers.advance(0)])
    assert.deepEqual(recorded(), ['1 message hello', '1 wait 1000 1', '2 end Disconnected.'])
  })

  it('writes exactly one end frame, and nothing after it', async () => {
    const { session, transport, timers, message, recorded } = setUp()
    session.start()
    await timers.advance(0)
    const { io } = transport.current
    await Promise.all([session.stop(), session.stop(), timers.advance(0)])
    io.emit(message('late'))
    await timers.advance(10_000)
    assert.deepEqual(recorded(), ['1 end Disconnected.'])
    assert.ok(transport.closed())
  })

  it('ends at the first failure when nothing was ever open', async () => {
    const { session, transport, timers, recorded } = setUp()
    session.start()
    await timers.advance(0)
    transport.current.end({ kind: 'lost', message: 'connection refused' })
    await timers.advance(0)
    assert.deepEqual(await session.ended, { by: 'error', message: 'connection refused' })
    assert.deepEqual(recorded(), ['1 end connection refused'])
  })

  it('gives up after the attempts it has, and starts counting again when one was of use', async () => {
    const { session, transport, timers, message, recorded } = setUp({ attempts: 2 })
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
    const { session, transport, timers, recorded } = setUp({ attempts: 3 })
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
    const { session, transport, timers, recorded } = setUp({ attempts: 3 })
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

  it('keeps one connection number through the rhythm of polls', async () => {
    const { session, transport, timers } = setUp()
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
    const { session, transport, timers, recorded } = setUp({
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

  it('skips the wait when asked to reconnect', async () => {
    const { session, transport, timers } = setUp()
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
    const { session, transport, timers, recorded } = setUp()
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
    const { session, timers } = setUp()
    session.start()
    await Promise.all([session.stop(), timers.advance(0)])
    await assert.rejects(session.reconnect(), { code: 'ended' })
  })

  it('does not wait for a transport that ignores its signal', async () => {
    const { session, timers, recorded } = setUp({ deaf: true })
    session.start()
    await timers.advance(0)
    const stopped = session.stop()
    await timers.advance(5000)
    await stopped
    assert.deepEqual(recorded(), ['1 end Disconnected.'])
  })

  it('sends only while it is open', async () => {
    const { session, transport, timers } = setUp()
    session.start()
    await timers.advance(0)
    await assert.rejects(session.send({ type: 'text', text: 'early' }), { code: 'not-open' })
    transport.current.io.opened()
    await session.send({ type: 'text', text: 'now' })
    assert.deepEqual(transport.sent, [{ type: 'text', text: 'now' }])
  })

  it('ends with its own fault in the timeline when a transport breaks, and reports the stack', async () => {
    const { session, transport, timers, faults, recorded } = setUp()
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

  it('ends with a notice when the capture reaches its limit', async () => {
    const { session, transport, timers, message, recorded } = setUp({
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
    const { session, transport, timers, message, recorded } = setUp({
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

  it('records the reference where a secret stood', async () => {
    const { session, transport, timers, message, recorded } = setUp({
      secrets: [{ name: 'token', value: 'hunter2hunter2' }],
    })
    session.start()
    await timers.advance(0)
    transport.current.io.emit(message('you said hunter2hunter2'))
    await Promise.all([session.stop(), timers.advance(0)])
    assert.deepEqual(recorded(), ['1 message you said ${' + 'secret:token}', '1 end Disconnected.'])
  })

  it('says how it ended without a secret that the server repeats', async () => {
    const { session, transport, timers, recorded } = setUp({
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
    const { session, timers, recorded } = setUp()
    session.start()
    timers.load(1)
    await timers.advance(3000)
    timers.load(0.9)
    await timers.advance(1000)
    timers.load(0.1)
    await timers.advance(3000)
    assert.deepEqual(recorded(), [
      '1 notice back-pressure Recording takes all the time there is, so the sender is held back.',
      '1 notice back-pressure-over Recording keeps up again.',
    ])
  })

  it('tells views at most once in 50 ms, and once more at the end', async () => {
    const { session, transport, timers, message, statuses } = setUp()
    session.start()
    await timers.advance(0)
    transport.current.io.opened()
    for (let n = 0; n < 100; n++) {
      transport.current.io.emit(message('x'))
      await timers.advance(1)
    }
    assert.ok(statuses.length <= 3, `${statuses.length} in 100 ms`)
    await Promise.all([session.stop(), timers.advance(0)])
    assert.equal(statuses.at(-1)?.state, 'ended')
    const told = statuses.length
    await timers.advance(5000)
    assert.equal(statuses.length, told)
  })
})
