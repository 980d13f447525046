// Servers that speak HTTP/2 only, asked in every way: in the clear and over TLS, by HTTP/1.1, by HTTP/2 and for a WebSocket.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { startHttp2Server, type TestHttp2Server } from '../../support/servers/http2Server.ts'
import { startHttpServer } from '../../support/servers/httpServer.ts'
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
