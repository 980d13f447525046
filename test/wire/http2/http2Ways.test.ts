// The ways to an HTTP/2 server: through proxies, over Unix sockets, with client certificates and authorities of one's own.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { after, describe, it } from 'mocha'
import { neutralTls } from '../../../src/shared/profile/fields/tlsField.ts'
import { startProxy } from '../../support/servers/connectProxy.ts'
import { respond, startHttp2Server } from '../../support/servers/http2Server.ts'
import { startSocksProxy } from '../../support/servers/socksProxy.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'
import { certificate, connectTo, runHttp2, secure } from '../../support/sessions/runHttp2.ts'

const folder = mkdtempSync(join(tmpdir(), 'lifeline-http2-'))
after(() => rmSync(folder, { recursive: true }))

const hello = respond(200, {}, 'hello')

describe('The way to an HTTP/2 server', () => {
  for (const [title, tls] of [
    ['over TLS', secure],
    ['in the clear, by a tunnel too', {}],
  ] as const) {
    it(`leads through an HTTP proxy ${title}`, async () => {
      const proxy = await startProxy()
      const { io, host, connections } = await runHttp2(hello, {
        ...tls,
        times: 2,
        fields: { proxy: proxy.url },
      })
      await proxy.close()
      assert.deepEqual(proxy.seen, [`CONNECT ${host}`])
      assert.equal(connections, 1)
      assert.equal(io.all('request')[0]?.detail.proxy, proxy.host)
      assert.deepEqual(io.all('response').map(textOf), ['hello', 'hello'])
    })

    it(`leads through a SOCKS proxy ${title}`, async () => {
      const proxy = await startSocksProxy()
      const { io } = await runHttp2(hello, { ...tls, fields: { proxy: `socks5://${proxy.host}` } })
      await proxy.close()
      assert.equal(proxy.seen.length, 1)
      assert.equal(io.all('response')[0]?.detail.httpVersion, '2')
      assert.equal(textOf(io.all('response')[0]), 'hello')
    })
  }

  it('ends at a proxy that refuses the tunnel', async () => {
    const proxy = await startProxy(403)
    for (const tls of [secure, {}]) {
      const { io } = await runHttp2(hello, { ...tls, fields: { proxy: proxy.url } })
      assert.deepEqual(
        io.all('error').map(({ code }) => code),
        ['proxy-failed'],
      )
    }
    await proxy.close()
  })

  it('is a Unix socket', async () => {
    const path = join(folder, 'h2.sock')
    const server = createServer((_request, response) => response.end('by path'))
    await new Promise<void>((resolve) => server.listen(path, resolve))
    const { io } = await connectTo(`unix:${path}:/a`, { fields: { httpVersion: '2' } })
    server.close()
    const [request] = io.all('request')
    assert.equal(textOf(io.all('response')[0]), 'by path')
    assert.equal(request?.detail.socketPath, path)
    assert.deepEqual(request?.detail.headers[2], [':authority', 'localhost'])
  })

  it('shows a client certificate to a server that an authority of one’s own vouches for', async () => {
    const authority = makeCertificate({ name: 'Authority', isAuthority: true })
    const own = makeCertificate({ name: 'own', addresses: ['127.0.0.1'], issuer: authority })
    const client = makeCertificate({ name: 'client', issuer: authority })
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const tls = {
      ...neutralTls,
      ca: file('ca.pem', authority.cert),
      cert: file('client.pem', client.cert),
      key: file('client.key', client.key),
    }
    const { io } = await runHttp2(
      ({ stream, session }) => {
        stream.respond()
        stream.end((session.socket as TLSSocket).getPeerCertificate().subject.CN)
      },
      { tls: { ...own, ca: authority.cert, requestCert: true }, fields: { tls } },
    )
    assert.equal(textOf(io.all('response')[0]), 'client')
  })

  it('ends at a certificate that is not trusted, and at a host that does not answer, as in HTTP/1.1', async () => {
    const untrusted = await runHttp2(hello, { ...secure, fields: { tls: neutralTls } })
    assert.equal(untrusted.io.all('error')[0]?.code, 'tls-untrusted')
    assert.equal(untrusted.received.length, 0)
    const { io } = await connectTo('http://127.0.0.1:1/', { fields: { httpVersion: '2' } })
    assert.equal(io.all('error')[0]?.code, 'connection-refused')
  })

  it('leads elsewhere by redirects, on a connection for each origin', async () => {
    const target = await startHttp2Server(hello, certificate)
    const { io } = await runHttp2(
      ({ stream }) => {
        stream.respond({ ':status': 302, location: `${target.origin}/there` })
        stream.end()
      },
      { ...secure, times: 2 },
    )
    await target.close()
    assert.deepEqual(
      io.all('response').map(({ detail }) => [detail.status, detail.streamId, detail.reused]),
      [
        [302, 1, false],
        [200, 1, false],
        [302, 3, true],
        [200, 3, true],
      ],
    )
    assert.deepEqual(io.all('request')[1]?.detail.headers[2], [':authority', target.host])
  })
})
