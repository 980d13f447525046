// Servers that speak HTTP/2 only, asked in every way: in the clear and over TLS, by HTTP/1.1, by HTTP/2 and for a WebSocket.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { startHttp2Server, type TestHttp2Server } from '../../support/servers/http2Server.ts'
import {
  answer,
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'
import { certificate, connectTo } from '../../support/sessions/runHttp2.ts'

describe('A server that speaks HTTP/2 only', () => {
  let plain: TestHttp2Server
  let secure: TestHttp2Server

  before(async () => {
    const behave: Parameters<typeof startHttp2Server>[0] = ({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
      stream.end('data: one\n\n')
    }
    plain = await startHttp2Server(behave)
    secure = await startHttp2Server(behave, { ...certificate, ALPNProtocols: ['h2'] })
  })
  after(async () => {
    await plain.close()
    await secure.close()
  })

  it('works over TLS without a setting, and in the clear with it', async () => {
    for (const [origin, fields] of [
      [secure.origin, {}],
      [secure.origin, { httpVersion: '2' }],
      [plain.origin, { httpVersion: '2' }],
    ] as const) {
      const { io } = await connectTo(origin, { method: 'sse', fields })
      assert.deepEqual(io.all('event').map(textOf), ['one'])
    }
  })

  it('is told as such to who asks by HTTP/1.1, with the setting that helps', async () => {
    for (const [origin, fields] of [
      [plain.origin, {}],
      [plain.origin, { httpVersion: '1.1' }],
      [secure.origin, { httpVersion: '1.1' }],
    ] as const) {
      for (const method of ['polling', 'long-polling', 'sse'] as const) {
        const { io } = await connectTo(origin, { method, fields })
        const [error] = io.all('error')
        assert.equal(error?.code, 'http2-only', `${origin} ${method}`)
        assert.match(
          error?.detail.message ?? '',
          /speaks HTTP\/2 only, and was asked by HTTP\/1\.1/,
        )
        assert.equal(error?.detail.advice, 'Set "httpVersion": "2" in the profile.')
        assert.deepEqual(error?.detail.fields, ['httpVersion'])
      }
    }
  })

  it('is told as such to a WebSocket, which no setting helps', async () => {
    for (const { origin } of [plain, secure]) {
      const { io } = await connectTo(origin.replace('http', 'ws'), { method: 'websocket' })
      const [error] = io.all('error')
      assert.equal(error?.code, 'http2-only', error?.detail.message)
      assert.match(error?.detail.advice ?? '', /^Let the server take HTTP\/1\.1 as well/)
    }
  })
})

describe('An answer over HTTP/1.1 that asks for HTTP/2', () => {
  const node = 'Missing ALPN Protocol, expected `h2` to be available.'
  const answers: Readonly<Record<string, HttpBehaviour>> = {
    '/node': answer(403, ['Content-Type: text/plain'], `Unknown ALPN Protocol. ${node}`),
    '/version': answer(505, [], 'HTTP/1.1 is not supported'),
    '/only': answer(400, [], '<h1>This server requires HTTP/2</h1>'),
    '/upgrade': answer(426, ['Upgrade: h2c', 'Connection: Upgrade']),
  }
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({
      ...answers,
      '/credentials': answer(403, [], 'Use HTTPS'),
      '/websocket': answer(426, ['Upgrade: websocket', 'Connection: Upgrade']),
    })
  })
  after(() => server.close())

  for (const method of ['polling', 'long-polling', 'sse', 'websocket'] as const) {
    it(`is told as such to ${method}, without advice about credentials`, async () => {
      const url = (path: string) =>
        `${method === 'websocket' ? server.origin.replace('http', 'ws') : server.origin}${path}`
      for (const path of Object.keys(answers)) {
        const { io } = await connectTo(url(path), { method })
        const [error] = io.all('error')
        assert.equal(error?.code, 'http2-only', path)
        assert.doesNotMatch(error?.detail.advice ?? '', /credentials/)
      }
      for (const path of ['/credentials', '/websocket']) {
        const { io } = await connectTo(url(path), { method })
        assert.notEqual(io.all('error')[0]?.code, 'http2-only', path)
      }
    })
  }
})

describe('A server that does not speak HTTP/2', () => {
  it('is told as such over TLS where it refuses what is offered, and where it takes neither version', async () => {
    const old = await startHttpServer({}, { ...certificate, ALPNProtocols: ['http/1.1'] })
    const other = await startHttpServer({}, { ...certificate, ALPNProtocols: ['mqtt'] })
    const only = await connectTo(old.origin, { fields: { httpVersion: '2' } })
    assert.equal(only.io.all('error')[0]?.code, 'http2-unavailable')
    assert.equal(only.outcomes[0]?.kind, 'refused')
    const neither = await connectTo(other.origin, {})
    assert.equal(neither.io.all('error')[0]?.code, 'tls-failed')
    assert.match(neither.io.all('error')[0]?.detail.message ?? '', /neither HTTP\/2 nor HTTP\/1\.1/)
    await old.close()
    await other.close()
  })
})
