// Addresses other than a name and a port: IPv6, a localhost of IPv6 only, Unix sockets.

import assert from 'node:assert/strict'
import dns from 'node:dns'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, isIP } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'mocha'
import { WebSocketServer } from 'ws'
import { createTransport } from '../../../src/engine/createTransport.ts'
import { sendCompanion } from '../../../src/engine/transports/http/companion.ts'
import type { Endpoint, Method } from '../../../src/shared/endpoint/endpoint.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const certificate = makeCertificate({ name: 'six', addresses: ['::1'], hosts: ['localhost'] })
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)

/** Answers with the Host field, keeps a stream and a WebSocket open. */
function serve(server: Server): Server {
  server.on('request', (request, response) => {
    if (request.url === '/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: hello\n\n')
    } else response.end(request.headers.host)
  })
  new WebSocketServer({ server })
  return server
}

/** The request and the answer of one connection, and the host that the server was asked for. */
async function ask(method: Method, url: string, fields: Partial<Endpoint> = {}) {
  const options = testOptions(testEndpoint({ url, method, ...fields }))
  const network = { ...options.network, caPems: [certificate.cert] }
  const transport = createTransport({ ...options, network })
  const io = createRecordingIo()
  const ended = transport.connect(io)
  await Promise.race([io.first('response'), ended])
  io.abort()
  await ended
  await transport.close()
  const [request] = io.all('request')
  const [response] = io.all('response')
  return { io, request, response }
}

if (hasIpv6) {
  describe('An IPv6 address', () => {
    let plain: Server
    let secure: Server
    before(async () => {
      plain = serve(createServer())
      secure = serve(createHttpsServer(certificate))
      for (const server of [plain, secure]) {
        await new Promise<void>((resolve) => server.listen(0, '::1', resolve))
      }
    })
    after(() => {
      for (const server of [plain, secure]) {
        server.closeAllConnections()
        server.close()
      }
    })
    const lookup = dns.lookup
    afterEach(() => {
      dns.lookup = lookup
    })

    const methods: readonly (readonly [Method, string, string])[] = [
      ['polling', 'http', '/'],
      ['long-polling', 'http', '/'],
      ['sse', 'http', '/stream'],
      ['websocket', 'ws', '/'],
    ]
    for (const [method, scheme, path] of methods) {
      for (const [security, suffix] of [
        ['', ''],
        [' over TLS', 's'],
      ] as const) {
        it(`is reached by ${method}${security}`, async () => {
          const { port } = (suffix ? secure : plain).address() as AddressInfo
          const url = `${scheme}${suffix}://[::1]:${port}${path}`
          const { request, response } = await ask(method, url)
          assert.equal(response?.detail.status, method === 'websocket' ? 101 : 200)
          assert.equal(response?.detail.remoteAddress, `[::1]:${port}`)
          const [, host] = request?.detail.headers.find(([name]) => name === 'Host') ?? []
          assert.equal(host, `[::1]:${port}`)
          assert.equal(request?.detail.url, url)
        })
      }
    }

    it('is found behind a localhost that has no other', async () => {
      const stub = (
        host: string,
        options: dns.LookupOptions,
        done: (...args: unknown[]) => void,
      ) => {
        assert.equal(isIP(host), 0)
        if (options.all) done(null, [{ address: '::1', family: 6 }])
        else done(null, '::1', 6)
      }
      dns.lookup = stub as typeof dns.lookup
      for (const [server, http, ws] of [
        [plain, 'http', 'ws'],
        [secure, 'https', 'wss'],
      ] as const) {
        const { port } = server.address() as AddressInfo
        const polled = await ask('polling', `${http}://localhost:${port}/`)
        assert.equal(polled.response?.detail.remoteAddress, `[::1]:${port}`)
        const opened = await ask('websocket', `${ws}://localhost:${port}/`)
        assert.equal(opened.response?.detail.status, 101)
      }
    })
  })
}

describe('A Unix socket', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-socket-'))
  const path = join(folder, 'app.sock')
  const server = serve(createServer())
  before(() => new Promise<void>((resolve) => server.listen(path, resolve)))
  after(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true })
  })

  const urls: readonly (readonly [Method, string, string])[] = [
    ['polling', `unix:${path}:/poll?a=1`, '/poll?a=1'],
    ['polling', `unix://${path}`, '/'],
    ['long-polling', `unix:${path}:/poll`, '/poll'],
    ['sse', `unix:${path}:/stream`, '/stream'],
    ['websocket', `ws+unix:${path}:/ws?b`, '/ws?b'],
  ]
  for (const [method, url, target] of urls) {
    it(`is reached by ${method} at ${target}`, async () => {
      const { request, response } = await ask(method, url)
      assert.equal(response?.detail.status, method === 'websocket' ? 101 : 200)
      assert.equal(request?.detail.target, target)
      assert.equal(request?.detail.socketPath, path)
      assert.equal(request?.detail.proxy, undefined)
      const [, host] = request?.detail.headers.find(([name]) => name === 'Host') ?? []
      assert.equal(host, 'localhost')
    })
  }

  it('goes past the proxy', async () => {
    const { response } = await ask('polling', `unix:${path}:/`, { proxy: 'http://127.0.0.1:1' })
    assert.equal(response?.detail.status, 200)
  })

  it('is kept between exchanges, and serves companion requests', async () => {
    const options = testOptions(testEndpoint({ url: `unix:${path}:/poll`, method: 'polling' }))
    const transport = createTransport(options)
    const io = createRecordingIo()
    await transport.connect(io)
    await transport.connect(io)
    assert.equal(io.all('response')[1]?.detail.reused, true)
    await transport.close()
    const beside = createRecordingIo()
    await sendCompanion({ request: 'GET', url: '/x', headers: [], body: null }, options, beside)
    assert.equal(beside.all('response')[0]?.detail.status, 200)
    assert.equal(beside.all('request')[0]?.detail.socketPath, path)
  })

  const none = join(folder, 'none.sock')
  const file = join(folder, 'file')
  for (const method of ['polling', 'websocket'] as const) {
    const scheme = method === 'websocket' ? 'ws+unix' : 'unix'

    it(`that is not there is told as such: ${method}`, async () => {
      const { io } = await ask(method, `${scheme}:${none}:/`)
      const [error] = io.all('error')
      assert.equal(error?.code, 'connection-refused')
      assert.equal(error.detail.message, `There is no socket at ${none}.`)
    })

    it(`that nobody listens on is told as such: ${method}`, async () => {
      writeFileSync(file, '')
      const { io } = await ask(method, `${scheme}:${file}:/`)
      const [error] = io.all('error')
      assert.equal(error?.code, 'connection-refused')
      assert.match(error.detail.message, new RegExp(`at ${file}`))
    })
  }
})
