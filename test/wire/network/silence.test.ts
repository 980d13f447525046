// Limits for the first byte of an answer and for silence, apart from that for the whole.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import {
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { profileAt, runSession } from '../../support/sessions/runSession.ts'

const head = (type: string, length?: number) =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${length === undefined ? '' : `Content-Length: ${length}\r\n`}\r\n`

/** Writes something every 20 ms, so often, and then nothing. */
const drip =
  (start: string, piece: string, times: number): HttpBehaviour =>
  ({ socket }) => {
    socket.write(start, 'latin1')
    let left = times
    const timer = setInterval(() => {
      if (left-- > 0 && !socket.destroyed) socket.write(piece, 'latin1')
      else clearInterval(timer)
    }, 20)
  }

describe('Silence', function () {
  this.timeout(20_000)
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({
      '/never': () => {},
      '/events': drip(head('text/event-stream'), 'data: x\n\n', 20),
      '/part': drip(head('text/plain', 100), 'x', 20),
      '/whole': drip(head('text/plain', 20), 'x', 20),
      // A name in the head of gzip, which gives no content.
      '/undecoded': drip(
        `${head('text/event-stream').slice(0, -2)}Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\0`,
        'x',
        20,
      ),
      '/slow-head': drip('HTTP/1.1 200 OK\r\nX: ', 'x', 20),
      '/chat': ({ socket, header }) => {
        const key = header('sec-websocket-key') ?? ''
        drip(
          acceptHead({ headers: { 'sec-websocket-key': key } }),
          '\x81\x01x',
          20,
        )({ socket } as never)
      },
    })
  })
  after(() => server.close())

  const run = (
    method: Parameters<typeof profileAt>[1],
    path: string,
    entry: object,
    count = Number.POSITIVE_INFINITY,
  ) => {
    let answers = 0
    return runSession(profileAt(server.origin, method, path, { ...entry }), {
      until: ({ kind }) => kind === 'response' && ++answers === count,
    })
  }
  const codes = (one: Awaited<ReturnType<typeof runSession>>) =>
    one.all('error').map(({ code }) => code)

  it('ends an event stream, once it is longer than the limit', async () => {
    const events = await run('sse', '/events', { silenceTimeout: '150ms' })
    assert.deepEqual(codes(events), ['silence-timeout'])
    assert.equal(events.all('event').length, 20)
    assert.match(events.only('error').detail.message, /silent for 0.15 s/)
    assert.equal(events.end.by, 'error')
  })

  it('ends a WebSocket', async () => {
    const chat = await run('websocket', '/chat', { silenceTimeout: '150ms' })
    assert.deepEqual(codes(chat), ['silence-timeout'])
    assert.equal(chat.all('message').length, 20)
  })

  it('ends an answer in its middle, and what came is recorded', async () => {
    const part = await run('polling', '/part', { silenceTimeout: '150ms' })
    assert.deepEqual(codes(part), ['silence-timeout'])
    assert.equal(part.text(part.only('response')), 'x'.repeat(20))
    assert.equal(part.only('error').replyTo, part.only('request').seq)
  })

  it('is none where bytes come that give no content yet', async () => {
    const { all } = await run('sse', '/undecoded', { silenceTimeout: '150ms' })
    const [response] = all('response')
    const [error] = all('error')
    assert.equal(error?.code, 'silence-timeout')
    assert.ok((error?.at ?? 0) - (response?.at ?? 0) >= 400)
  })

  it('in a head counts from its first byte on', async () => {
    const fields = { firstByteTimeout: '100ms', silenceTimeout: '150ms' }
    const { all } = await run('polling', '/slow-head', fields)
    const [error] = all('error')
    assert.equal(error?.code, 'silence-timeout')
    assert.ok((error?.at ?? 0) - (all('request')[0]?.at ?? 0) >= 400)
  })

  it('is none where bytes come', async () => {
    const whole = await run(
      'polling',
      '/whole',
      { silenceTimeout: '300ms', firstByteTimeout: '5s' },
      1,
    )
    assert.deepEqual(codes(whole), [])
  })

  for (const [method, path] of [
    ['polling', '/never'],
    ['sse', '/never'],
    ['websocket', '/never'],
  ] as const) {
    it(`before the first byte has a limit of its own: ${method}`, async () => {
      const never = await run(method, path, { firstByteTimeout: '100ms' })
      assert.deepEqual(codes(never), ['http-timeout'])
      assert.match(never.only('error').detail.message, /Not a byte of an answer came within 0.1 s/)
    })
  }
})
