// Names of this machine: `localhost` and those below it, with a dot at their end or without.

import assert from 'node:assert/strict'
import dns from 'node:dns'
import { createServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { after, afterEach, before, beforeEach, describe, it } from 'mocha'
import { WebSocketServer } from 'ws'
import { createTransport } from '../../../src/engine/createTransport.ts'
import { allMethods } from '../../../src/shared/endpoint/methods.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { startSocksProxy } from '../../support/servers/socksProxy.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const certificate = makeCertificate({ name: 'here', hosts: ['localhost', 'acme.localhost'] })

interface Seen {
  readonly host: string | undefined
  readonly cookie: string | undefined
  readonly servername: string | undefined
}

describe('A name of this machine', () => {
  const seen: Seen[] = []
  const lookup = dns.lookup
  let plain: Server
  let secure: Server

  function serve(server: Server): Promise<Server> {
    server.on('request', (request, response) => {
      const { host, cookie } = request.headers
      const { servername } = request.socket as Partial<Pick<TLSSocket, 'servername'>>
      seen.push({ host, cookie, servername: servername || undefined })
      response.setHeader('Set-Cookie', 'id=1; Secure')
      if (request.url === '/away') response.writeHead(302, { Location: '/' })
      else response.setHeader('Content-Type', 'text/event-stream')
      response.end('data: hello\n\n')
    })
    new WebSocketServer({ server }).on('connection', (_socket, { headers: { host, cookie } }) => {
      seen.push({ host, cookie, servername: undefined })
    })
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
  }

  before(async () => {
    plain = await serve(createServer())
    secure = await serve(createHttpsServer(certificate))
  })
  after(() => {
    for (const server of [plain, secure]) {
      server.closeAllConnections()
      server.close()
    }
  })
  beforeEach(() => {
    seen.length = 0
    // As many a system's resolver answers for names below `localhost`.
    dns.lookup = ((host: string, options: dns.LookupOptions, done: (error: Error) => void) => {
      if (isIP(host) > 0) lookup(host, options, done as never)
      else done(Object.assign(new Error(`no ${host}`), { code: 'ENOTFOUND', hostname: host }))
    }) as unknown as typeof dns.lookup
  })
  afterEach(() => {
    dns.lookup = lookup
  })

  async function ask(url: string, method: (typeof allMethods)[number] = 'polling', proxy = 'none') {
    const options = testOptions(testEndpoint({ url, method, proxy, cookies: true }))
    const network = { ...options.network, caPems: [certificate.cert] }
    const transport = createTransport({ ...options, network })
    const io = createRecordingIo()
    const ended = transport.connect(io)
    await Promise.race([io.first('response', ({ detail }) => detail.status !== 302), ended])
    io.abort()
    await ended
    await transport.close()
    return io
  }

  const portOf = (server: Server) => (server.address() as AddressInfo).port

  for (const method of allMethods) {
    const scheme = method === 'websocket' ? 'ws' : 'http'
    for (const name of ['localhost', 'localhost.', 'acme.localhost', 'a.b.localhost.']) {
      it(`leads here without being looked up: ${name} by ${method}`, async () => {
        const host = `${name}:${portOf(plain)}`
        const io = await ask(`${scheme}://${host}/`, method)
        assert.equal(io.all('error')[0]?.detail.message, undefined)
        assert.equal(seen[0]?.host, host)
        assert.equal(io.all('response')[0]?.detail.remoteAddress, `127.0.0.1:${portOf(plain)}`)
      })
    }
  }

  it('is one whose secure cookies are kept over plain HTTP', async () => {
    await ask(`http://acme.localhost:${portOf(plain)}/away`)
    assert.equal(seen[1]?.cookie, 'id=1')
  })

  for (const [name, asked] of [
    ['acme.localhost', 'acme.localhost'],
    ['acme.localhost.', 'acme.localhost'],
    ['localhost.', 'localhost'],
  ] as const) {
    it(`is asked of TLS without its last dot: ${name}`, async () => {
      const host = `${name}:${portOf(secure)}`
      const io = await ask(`https://${host}/`)
      assert.equal(io.all('error')[0]?.detail.message, undefined)
      assert.deepEqual(seen, [{ host, cookie: undefined, servername: asked }])
    })
  }

  it('is not looked up for a proxy that wants addresses', async () => {
    const proxy = await startSocksProxy()
    const io = await ask(
      `http://acme.localhost:${portOf(plain)}/`,
      'polling',
      `socks5://${proxy.host}`,
    )
    await proxy.close()
    assert.equal(io.all('response')[0]?.detail.status, 200)
    assert.deepEqual(proxy.seen, [`5 127.0.0.1:${portOf(plain)}`])
  })

  it('where nobody listens is told as such', async () => {
    const server = await serve(createServer())
    const port = portOf(server)
    await new Promise((resolve) => server.close(resolve))
    const [error] = (await ask(`http://acme.localhost:${port}/`)).all('error')
    assert.equal(error?.code, 'connection-refused')
  })
})
