// SOCKS proxies: every method goes through them, names are looked up where the scheme says, refusals are told.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { after, before, describe, it } from 'mocha'
import { createPollingTransport } from '../../../src/engine/transports/polling/polling.ts'
import { createWebSocketTransport } from '../../../src/engine/transports/websocket/websocket.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startSocksProxy } from '../../support/servers/socksProxy.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { startWsServer } from '../../support/servers/wsServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const authority = makeCertificate({ name: 'Test authority', isAuthority: true })
const certificate = makeCertificate({
  name: 'good',
  addresses: ['127.0.0.1'],
  hosts: ['localhost'],
  issuer: authority,
})

/** Two polls over one transport. */
async function poll(url: string, proxy: string) {
  const options = testOptions(testEndpoint({ url, method: 'polling', proxy }))
  const network = { ...options.network, caPems: [authority.cert] }
  const transport = createPollingTransport({ ...options, network })
  const io = createRecordingIo()
  await transport.connect(io)
  const outcome = await transport.connect(io)
  await transport.close()
  return { io, outcome }
}

describe('A SOCKS proxy', () => {
  let plain: TestHttpServer
  let secure: TestHttpServer

  before(async () => {
    plain = await startHttpServer({ '/': answer(200, [], 'plain') })
    secure = await startHttpServer({ '/': answer(200, [], 'secure') }, certificate)
  })
  after(() => Promise.all([plain.close(), secure.close()]))

  for (const scheme of ['socks', 'socks4', 'socks4a', 'socks5', 'socks5h']) {
    const version = scheme.startsWith('socks4') ? 4 : 5
    const far = scheme !== 'socks4' && scheme !== 'socks5'

    it(`named ${scheme}: takes names ${far ? 'as they are' : 'that were looked up here'}, and its way is kept`, async () => {
      const proxy = await startSocksProxy()
      for (const server of [plain, secure]) {
        const named = server.origin.replace('127.0.0.1', 'localhost')
        const { io } = await poll(named, `${scheme}://${proxy.host}`)
        const [first, second] = io.all('response')
        assert.deepEqual([first?.detail.status, second?.detail.status], [200, 200])
        assert.equal(second?.detail.reused, true)
        assert.equal(io.all('request')[0]?.detail.proxy, `${scheme}://${proxy.host}`)
        assert.equal(io.all('request')[0]?.detail.target, '/')
        const port = new URL(server.origin).port
        const asked = new RegExp(
          `^${version} ${far ? 'localhost' : '(127\\.0\\.0\\.1|::1)'}:${port}$`,
        )
        assert.match(proxy.seen.at(-1) ?? '', asked)
      }
      assert.equal(proxy.seen.length, 2)
      await proxy.close()
    })
  }

  it('leads to an address whose certificate is for that address', async () => {
    const proxy = await startSocksProxy()
    const { io } = await poll(secure.origin, `socks5://${proxy.host}`)
    assert.equal(io.all('response').length, 2)
    await proxy.close()
  })

  it('does not hide that a certificate is not trusted', async () => {
    const other = await startHttpServer({}, makeCertificate({ name: 'self', hosts: ['localhost'] }))
    const proxy = await startSocksProxy()
    const { io } = await poll(
      other.origin.replace('127.0.0.1', 'localhost'),
      `socks5h://${proxy.host}`,
    )
    assert.equal(io.frames[0]?.code, 'tls-untrusted')
    await Promise.all([proxy.close(), other.close()])
  })

  it('gets the user name and password of its URL, which are not recorded', async () => {
    const proxy = await startSocksProxy({ login: 'me:pa ss' })
    const { io } = await poll(plain.origin, `socks5://me:pa%20ss@${proxy.host}`)
    assert.equal(io.all('response').length, 2)
    assert.doesNotMatch(JSON.stringify(io.frames), /pa ss|pa%20ss/)
    await proxy.close()
  })

  const refusals = [
    ['a wrong password', { login: 'me:right' }, 'me:wrong@', /did not accept the user name/],
    ['no password', { login: 'me:right' }, '', /wants a user name and password/],
    ['a rule', { refuse: 2 }, '', /did not reach 127\.0\.0\.1:\d+: the proxy’s rules/],
    ['a refused connection', { refuse: 5 }, '', /nothing accepts connections there/],
  ] as const
  for (const [title, wish, login, words] of refusals) {
    it(`that refuses for ${title} says so`, async () => {
      const proxy = await startSocksProxy(wish)
      const { io, outcome } = await poll(plain.origin, `socks5://${login}${proxy.host}`)
      const [error] = io.frames
      assert.ok(error?.kind === 'error')
      assert.equal(error.code, 'proxy-failed')
      assert.match(error.detail.message, words)
      assert.equal(outcome.kind, 'lost')
      assert.equal(io.all('request').length, 0)
      await proxy.close()
    })
  }

  it('that is not there, or is none, is told as such', async () => {
    const gone = await startSocksProxy()
    await gone.close()
    const other = createNetServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    for (const host of [gone.host, `127.0.0.1:${port}`]) {
      const { io } = await poll(plain.origin, `socks5://${host}`)
      assert.equal(io.frames[0]?.code, 'proxy-failed')
      assert.match(io.all('error')[0]?.detail.message ?? '', new RegExp(host))
    }
    other.close()
  })

  it('that is silent is given up with the time limit', async () => {
    const proxy = await startSocksProxy({ silent: true })
    const fields = { url: plain.origin, method: 'polling', timeoutMs: 60 } as const
    const endpoint = testEndpoint({ ...fields, proxy: `socks5://${proxy.host}` })
    const transport = createPollingTransport(testOptions(endpoint))
    const io = createRecordingIo()
    await transport.connect(io)
    assert.equal(io.frames[0]?.code, 'proxy-failed')
    await Promise.all([transport.close(), proxy.close()])
  })

  it('does not stand between us and a name that does not exist', async () => {
    const proxy = await startSocksProxy()
    const { io } = await poll('http://no.such.host.invalid/', `socks5://${proxy.host}`)
    assert.equal(io.frames[0]?.code, 'dns-failed')
    await proxy.close()
  })

  for (const secured of [false, true]) {
    it(`carries a WebSocket ${secured ? 'with' : 'without'} TLS`, async () => {
      const proxy = await startSocksProxy()
      const listener = secured ? createTlsServer(certificate) : createServer()
      const server = await startWsServer({ accepted: { '/': () => null }, server: listener })
      const url = `${secured ? 'wss' : 'ws'}://localhost:${server.port}/`
      const options = testOptions(
        testEndpoint({ url, method: 'websocket', proxy: `socks5h://${proxy.host}` }),
      )
      const network = { ...options.network, caPems: [authority.cert] }
      const transport = createWebSocketTransport({ ...options, network })
      const io = createRecordingIo()
      const ended = transport.connect(io)
      const response = await io.first('response')
      assert.equal(response.detail.status, 101)
      assert.equal(io.all('request')[0]?.detail.proxy, `socks5h://${proxy.host}`)
      assert.match(proxy.seen[0] ?? '', /^5 localhost:/)
      io.abort()
      await ended
      await transport.close()
      await Promise.all([server.close(), proxy.close()])
    })
  }
})
