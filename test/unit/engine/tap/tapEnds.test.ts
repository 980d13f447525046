// Checks that a tap tells of everything that ends before its time, by the side that ended it, and of a port that it cannot have.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { ListenError } from '../../../../src/engine/relay/relay.ts'
import { defaultTapSettings } from '../../../../src/shared/endpoint/tapSettings.ts'
import { scriptTap } from '../../../support/tap/scriptedTap.ts'
import { idleRelay, startTap } from '../../../support/tap/tapSession.ts'

describe('a tap', () => {
  it('tells who leaves an answer that has not ended, with what came of it', async () => {
    const tap = await scriptTap()
    for (const by of ['server', 'client', 'relay'] as const) {
      const pair = tap.pair()
      pair.request(`GET /${by}`)
      pair.response('200 OK', ['Content-Length: 10'])
      pair.body('server', 'half')
      pair.closed(by, by === 'server' ? 'ECONNRESET' : undefined)
    }
    assert.deepEqual(
      tap.all('response').map((one) => [tap.text(one), one.sizeBytes]),
      [
        ['half', 4],
        ['half', 4],
        ['half', 4],
      ],
    )
    const [error] = tap.all('error')
    assert.deepEqual([error?.code, error?.connection], ['connection-reset', 1])
    assert.match(error?.detail.message ?? '', /connection to api\.example:80 was reset/)
    const codes = tap.all('notice').map(({ code, connection }) => [code, connection])
    assert.deepEqual(codes.slice(1), [
      ['tap-client-left', 2],
      ['stopped-in-body', 3],
    ])
  })

  it('tells who leaves before an answer', async () => {
    const tap = await scriptTap()
    const [first, second] = [tap.pair(), tap.pair()]
    first.request('GET /a')
    second.request('GET /b')
    first.closed('client')
    second.closed('server')
    assert.match(tap.all('notice').at(-1)?.detail.message ?? '', /before an answer came/)
    assert.match(
      tap.all('error')[0]?.detail.message ?? '',
      /closed the connection without an answer/,
    )
  })

  it('tells a request whose server cannot be reached, and why', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a')
    const fault = { code: 'connection-refused', message: 'Nothing accepts connections at h:1.' }
    pair.tell({ kind: 'unreachable', fault, timings: {} })
    pair.closed('relay')
    assert.deepEqual(tap.frames.map(({ kind }) => kind).slice(1), ['request', 'error'])
    assert.equal(tap.all('error')[0]?.replyTo, tap.all('request')[0]?.seq)
  })

  it('tells what the relay has refused, without the head', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    const head = Buffer.from(
      'GET / HTTP/1.1\r\nHost: evil.example\r\nCookie: sid=abcdef123456\r\n\r\n',
    )
    const refused = {
      kind: 'refused',
      reason: 'host',
      message: 'Not for this.',
      head,
      status: 403,
    } as const
    pair.tell(refused)
    pair.closed('relay')
    const notice = tap.all('notice').at(-1)
    assert.deepEqual(
      [notice?.code, notice?.connection, notice?.detail.message],
      ['tap-refused', 0, 'Not for this.'],
    )
    assert.equal(notice && tap.payload(notice), null)
  })

  it('tells pipelining beside the answer that was under way', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a')
    pair.answer('200 OK', [], 'whole')
    pair.tell({
      kind: 'refused',
      reason: 'pipelining',
      message: 'Too early.',
      head: new Uint8Array(0),
      status: null,
    })
    pair.closed('relay')
    const kinds = tap.frames.map(({ kind, connection }) => `${kind} ${connection}`)
    assert.deepEqual(kinds, ['notice 0', 'request 1', 'response 1', 'notice 1'])
  })

  it('tells an answer that is none, with its first bytes', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a')
    pair.tell({ kind: 'unreadable', refusal: 'its first line is no status line' })
    pair.body('server', 'SSH-2.0-x\r\n', 'more')
    pair.closed('server')
    const [error, ...more] = tap.all('error')
    assert.ok(error)
    assert.deepEqual(
      [error.code, tap.text(error), more.length],
      ['http-invalid', 'SSH-2.0-x\r\n', 0],
    )
    assert.equal(tap.inFlight(), 0)
  })

  it('tells what comes behind an answer, and that nobody reads it', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a')
    pair.answer('200 OK', [], 'ok')
    pair.tell({ kind: 'unreadable', refusal: 'nobody has asked for it' })
    pair.body('server', 'HTTP/1.1 408 Request Timeout\r\n\r\n')
    pair.closed('server')
    const surplus = tap.all('notice').filter(({ code }) => code === 'http-surplus')
    assert.deepEqual(
      surplus.map(({ detail, connection }) => [detail.message, connection]),
      [
        [
          'What came behind the answer is not read: nobody has asked for it. It passes as it is.',
          1,
        ],
      ],
    )
    assert.deepEqual(tap.all('error'), [])
    assert.equal(tap.inFlight(), 0)
  })

  it('tells each fault on purpose where it acts', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a?b=c')
    pair.tell({ kind: 'fault', fault: 'delay', message: 'Held for 200 ms.' })
    tap.tell({ kind: 'fault', id: 0, at: 1, fault: 'refuse', message: 'Refused.' })
    pair.tell({ kind: 'fault', fault: 'cut', message: 'Cut.' })
    const told = tap
      .all('notice')
      .slice(1)
      .map(({ code, connection, detail }) => [code, connection, detail.message])
    assert.deepEqual(told, [
      ['tap-fault', 1, 'Held for 200 ms: GET /a.'],
      ['tap-fault', 0, 'Refused.'],
      ['tap-cut', 1, 'Cut: GET /a.'],
    ])
  })

  it('says where it listens, and stops without a fault', async () => {
    const tap = await scriptTap('wss://api.example/v2?x=1')
    assert.equal(tap.session.status().listening, 'ws://localhost:53124/v2?x=1')
    assert.equal(tap.session.status().state, 'open')
    assert.match(
      tap.lines()[0] ?? '',
      /^0 · notice Point your program to ws:\S+ instead of wss:\/\/api\.example\/v2\?x=1\.$/,
    )
    assert.deepEqual(await tap.stop(), { by: 'user', message: 'The tap was stopped.' })
    assert.equal(tap.session.status().listening, null)
    assert.deepEqual(tap.faults, [])
  })

  it('ends when its port is taken, with advice', async () => {
    const tap = startTap('http://api.example', {
      endpoint: { tap: { ...defaultTapSettings, port: 80 } },
      relay: () => ({
        ...idleRelay,
        listen: () =>
          Promise.reject(new ListenError({ code: 'EADDRINUSE', message: 'listen EADDRINUSE' })),
      }),
    })
    const end = await tap.session.ended
    assert.equal(end.by, 'error')
    const [error] = tap.all('error')
    assert.deepEqual([error?.code, error?.detail.fields], ['tap-port-taken', ['tap.port']])
    assert.match(error?.detail.message ?? '', /port 80/)
    assert.equal(tap.session.status().failure, error?.seq)
  })

  it('ends when it listens no longer', async () => {
    const tap = await scriptTap()
    tap.fail(new ListenError({ code: 'EMFILE', message: 'too many open files' }))
    assert.equal((await tap.session.ended).by, 'error')
    assert.equal(tap.all('error')[0]?.code, 'tap-cannot-listen')
  })
})
