// A session over a source that connects to nothing: others come to it, several at once.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFrameCount } from '../../../../src/engine/capture/frameCount.ts'
import { createSession } from '../../../../src/engine/session/session.ts'
import type { Source, SourceIo } from '../../../../src/engine/session/source.ts'
import { secretReference } from '../../../../src/shared/endpoint/references.ts'
import type { EndDetail, Frame } from '../../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../../src/shared/limits.ts'
import type { SessionStatus } from '../../../../src/shared/session/sessionState.ts'
import { createFakeTimers } from '../../../support/sessions/fakeTimers.ts'

/** Not yet started. The script plays whoever connects: it has `io`, and says when the source is over. */
function listen(parts: Partial<Source> = {}) {
  const timers = createFakeTimers()
  const frames: Frame[] = []
  const statuses: SessionStatus[] = []
  const faults: Error[] = []
  const over = Promise.withResolvers<EndDetail>()
  const calls: string[] = []
  const script = { io: null as SourceIo | null }
  const session = createSession({
    plan: {
      secrets: [{ name: 'token', value: 'abc123' }],
      network: { proxyUrl: null, caPems: null },
      limits: defaultLimits,
    },
    capture: createFrameCount(),
    timers,
    source(io) {
      script.io = io
      io.signal.addEventListener('abort', () => {
        calls.push('abort')
        over.resolve({ by: 'user', message: 'No longer listening.' })
      })
      return {
        method: 'websocket',
        run: () => over.promise,
        async close() {
          calls.push('close')
        },
        ...parts,
      }
    },
    onStatus: (status) => statuses.push(status),
    onFrame: (frame) => frames.push(frame),
    onFault: (fault) => faults.push(fault),
  })
  assert.ok(script.io)
  const { io } = script
  const message = (connection: number, text: string, direction: 'in' | 'out' = 'in') =>
    io.emit({
      kind: 'message',
      at: timers.now(),
      connection,
      direction,
      sizeBytes: text.length,
      wireBytes: text.length + 2,
      replyTo: null,
      code: null,
      detail: { type: 'text', fragments: 1, compressed: false, masked: false },
      payload: Buffer.from(text),
    })
  const told = () => frames.map((frame) => `${frame.connection} ${frame.kind} ${frame.direction}`)
  return { session, io, timers, frames, statuses, faults, over, calls, message, told }
}

describe('a session whose source listens', () => {
  it('tells where, as long as it does, and takes another name for it', () => {
    let where: string | null = null
    const hosts: string[] = []
    const { session, io } = listen({
      method: 'tap',
      listening: () => where,
      allowHost: (host) => hosts.push(host),
    })
    session.start()
    assert.equal(session.status().listening, null)
    where = 'http://localhost:53124'
    io.enter('open', null)
    assert.equal(session.status().listening, where)
    session.allowHost('me-53124.app.github.dev')
    assert.deepEqual(hosts, ['me-53124.app.github.dev'])
    where = null
    assert.equal(session.status().listening, null)
  })

  it('has no address where it listens nowhere, and lets a name be', () => {
    const { session } = listen()
    session.start()
    assert.equal(session.status().listening, null)
    session.allowHost('elsewhere.example')
  })

  it('hides what was sent, and the last of what passes, however much has passed since', () => {
    const { session, io, frames, message } = listen()
    session.start()
    message(io.nextConnection(), '{"password":"Tr0ub4dor-and-3"}', 'out')
    for (let n = 1; n <= 300; n++)
      io.hidePassing([{ name: 'passing', value: `${n}-of-300-answers` }])
    const said = 'It was Tr0ub4dor-and-3 and 300-of-300-answers.'
    io.emitLocal({ kind: 'notice', connection: 1, code: 'http-surplus', detail: { message: said } })
    const [notice] = frames.filter(({ kind }) => kind === 'notice')
    const told = notice?.kind === 'notice' ? notice.detail.message : ''
    const [sent, passing] = ['body-password', 'passing'].map((name) => secretReference(name))
    assert.equal(told, `It was ${sent} and ${passing}.`)
  })

  it('records two connections at once, each under its number', async () => {
    const { session, io, timers, message, told, over } = listen()
    session.start()
    assert.equal(session.status().state, 'idle')
    io.enter('waiting', null)
    assert.equal(session.status().state, 'waiting')
    const [first, second] = [io.nextConnection(), io.nextConnection()]
    assert.deepEqual([first, second], [1, 2])
    io.enter('open', null)
    message(first, 'a', 'out')
    message(second, 'b', 'out')
    io.wire(10, 20)
    message(first, 'c')
    message(second, 'd')
    const { state, statistics, frames, method } = session.status()
    assert.deepEqual([state, frames, method], ['open', 4, 'websocket'])
    assert.deepEqual([statistics.connections, statistics.framesIn, statistics.framesOut], [2, 2, 2])
    assert.deepEqual([statistics.wireBytesIn, statistics.wireBytesOut], [10, 20])
    over.resolve({ by: 'server', message: 'Nobody is left.' })
    await timers.advance(0)
    assert.deepEqual(await session.ended, { by: 'server', message: 'Nobody is left.' })
    assert.deepEqual(told(), [
      '1 message out',
      '2 message out',
      '1 message in',
      '2 message in',
      '2 end local',
    ])
  })

  it('stops it, closes it, and hears nothing of it any more', async () => {
    const { session, io, timers, message, told, calls } = listen()
    session.start()
    message(io.nextConnection(), 'a')
    await Promise.all([session.stop(), timers.advance(0)])
    io.enter('open', null)
    message(1, 'late')
    assert.deepEqual(calls, ['abort', 'close'])
    assert.equal(session.status().state, 'ended')
    assert.deepEqual(told(), ['1 message in', '1 end local'])
    assert.deepEqual(await session.ended, { by: 'user', message: 'No longer listening.' })
  })

  it('ends with its fault, whether `run` rejects or something beside it fails', async () => {
    for (const way of ['run', 'beside'] as const) {
      const { session, io, timers, over, faults, told } = listen()
      session.start()
      const fault = new Error('no socket for abc123')
      if (way === 'run') over.reject(fault)
      else io.fail(fault)
      await timers.advance(0)
      assert.deepEqual(await session.ended, {
        by: 'error',
        message: `Lifeline failed: no socket for ${secretReference('token')}`,
      })
      assert.deepEqual(told(), ['0 error local', '0 end local'])
      assert.equal(faults.length, 1)
    }
  })

  it('refuses what the source cannot do', async () => {
    const { session, io } = listen()
    session.start()
    io.enter('open', null)
    const { canSend, repeatMs } = session.status()
    assert.deepEqual([canSend, repeatMs], [false, null])
    const request = { request: 'GET', url: '/', headers: [], body: null }
    await assert.rejects(session.send({ type: 'text', text: 'a' }), { code: 'cannot-send' })
    await assert.rejects(session.request(request), { code: 'no-endpoint' })
    await assert.rejects(session.reconnect(), { code: 'no-endpoint' })
  })

  it('lets the user send where it can', async () => {
    const sent: unknown[] = []
    const none = () => Promise.resolve()
    const { session, io } = listen({
      messages: [{ name: 'Hello', kind: 'text', value: 'hello' }],
      sender: {
        send: async (message) => void sent.push(message),
        ping: none,
        closeWith: none,
        repeat: none,
        repeatMs: 500,
      },
    })
    session.start()
    await assert.rejects(session.send({ type: 'text', text: 'a' }), { code: 'not-open' })
    io.enter('open', null)
    await session.send({ type: 'saved', name: 'Hello' })
    assert.deepEqual(sent, [{ type: 'text', text: 'hello' }])
    const { canSend, repeatMs } = session.status()
    assert.deepEqual([canSend, repeatMs], [true, 500])
  })
})
