// The ways of a tap's relay to its server: over TLS, through proxies; and what passes when it is no HTTP any more.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, it } from 'mocha'
import { WebSocket, WebSocketServer } from 'ws'
import { createWsFrameReader } from '../../../src/engine/protocols/websocket/wsFrames.ts'
import { comesTo } from '../../support/eventually.ts'
import { allowUntrusted } from '../../support/samples/testEndpoint.ts'
import { startProxy } from '../../support/servers/connectProxy.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startSocksProxy } from '../../support/servers/socksProxy.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { gather, request, type TestRelay, useRelay } from '../../support/tap/useRelay.ts'

const testCertificate = makeCertificate({ name: 'localhost', addresses: ['127.0.0.1'] })

async function ask(relay: TestRelay, end: string): Promise<string> {
  const client = relay.connect()
  const came = gather(client)
  client.write(request(relay.host, '/'))
  await came.endsWith(end)
  return came.text()
}

describe('the ways of a relay', () => {
  const startRelay = useRelay()
  let server: TestHttpServer | null = null
  afterEach(() => server?.close())

  it('speaks TLS with the server, by the certificates of the profile', async () => {
    server = await startHttpServer({ '/': answer(200, [], 'over TLS') }, testCertificate)
    const relay = await startRelay(server.origin, { endpoint: allowUntrusted })
    await ask(relay, 'over TLS')
    const [dialled] = relay.of('dialled')
    assert.ok((dialled?.timings.tlsMs ?? 0) > 0)
    assert.equal(dialled?.remoteAddress, server.host)
  })

  it('does not trust a certificate that nobody trusts', async () => {
    server = await startHttpServer({ '/': answer(200) }, testCertificate)
    const relay = await startRelay(server.origin)
    assert.match(await ask(relay, '.\n'), /^HTTP\/1.1 502 /)
    const { fault } = relay.of('unreachable')[0] ?? {}
    assert.equal(fault?.code, 'tls-untrusted')
    assert.ok(fault?.certificate?.flaws.includes('it is self-signed'))
    assert.equal(server.requests.length, 0)
  })

  it('answers HEAD in the place of the server without a body', async () => {
    server = await startHttpServer({})
    const relay = await startRelay(server.origin)
    await server.close()
    for (const [line, host, status] of [
      ['HEAD / HTTP/1.1', relay.host, 502],
      ['HEAD / HTTP/1.1', 'evil.example', 403],
      ['HEAD http://a.example/ HTTP/1.1', relay.host, 400],
      ['HEAD / HTTP/9', relay.host, 400],
    ] as const) {
      const client = relay.connect()
      const came = gather(client)
      client.write(`${line}\r\nHost: ${host}\r\n\r\n`)
      await came.ended
      const whole = new RegExp(`^HTTP/1.1 ${status} [^]*\r\nContent-Length: [1-9][^]*\r\n\r\n$`)
      assert.match(came.text(), whole)
      client.end()
    }
  })

  it('goes through an HTTP proxy by CONNECT, in the clear and over TLS', async () => {
    const proxy = await startProxy()
    const network = { proxyUrl: proxy.url, caPems: null }
    const endpoint = { ...allowUntrusted, proxy: 'auto' }
    for (const tls of [undefined, testCertificate]) {
      server = await startHttpServer({ '/': answer(200, [], 'behind it') }, tls)
      const relay = await startRelay(server.origin, { endpoint, network })
      await ask(relay, 'behind it')
      assert.equal(relay.of('dialled')[0]?.proxy, new URL(proxy.url).host)
      await server.close()
    }
    assert.equal(proxy.seen.length, 2)
    await proxy.close()
  })

  it('says what a proxy that refuses says', async () => {
    const proxy = await startProxy(407)
    server = await startHttpServer({})
    const network = { proxyUrl: proxy.url, caPems: null }
    const relay = await startRelay(server.origin, { endpoint: { proxy: 'auto' }, network })
    await ask(relay, '.\n')
    assert.equal(relay.of('unreachable')[0]?.fault.code, 'proxy-failed')
    await proxy.close()
  })

  it('goes through a SOCKS proxy', async () => {
    const proxy = await startSocksProxy()
    server = await startHttpServer({ '/': answer(200, [], 'behind it') })
    const network = { proxyUrl: `socks5://${proxy.host}`, caPems: null }
    const relay = await startRelay(server.origin, { endpoint: { proxy: 'auto' }, network })
    await ask(relay, 'behind it')
    await proxy.close()
  })
})

describe('a WebSocket through a relay', () => {
  const startRelay = useRelay()

  for (const perMessageDeflate of [false, true]) {
    it(`passes frames as they are, ${perMessageDeflate ? 'compressed' : 'plain'} and in fragments`, async () => {
      const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate })
      wss.on('connection', (ws) =>
        ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary })),
      )
      await once(wss, 'listening')
      const relay = await startRelay(`ws://127.0.0.1:${(wss.address() as AddressInfo).port}`)
      const ws = new WebSocket(`ws://${relay.host}/feed`, { perMessageDeflate })
      await once(ws, 'open')
      ws.send('first part, ', { fin: false })
      ws.send('second part', { fin: true })
      ws.ping('are you there')
      assert.equal(String((await once(ws, 'message'))[0]), 'first part, second part')
      ws.close(4000, 'enough')
      await once(ws, 'close')
      await comesTo(() => relay.of('closed').length, 1)
      const opcodes = { client: framesOf(relay, 'client'), server: framesOf(relay, 'server') }
      assert.deepEqual(opcodes.client, ['1 masked', '0 masked', '9 masked', '8 masked'])
      assert.deepEqual(opcodes.server.toSorted(), ['1', '10', '8'])
      wss.close()
    })
  }

  it('passes what a program sends before the handshake is answered', async () => {
    const wss = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    const got = once(wss, 'connection').then(([ws]) => once(ws as WebSocket, 'message'))
    await once(wss, 'listening')
    const relay = await startRelay(`ws://127.0.0.1:${(wss.address() as AddressInfo).port}`)
    const client = relay.connect()
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
    const head = request(relay.host, '/', ...upgrade, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==')
    client.write(
      Buffer.concat([Buffer.from(head), Buffer.from('818200000000', 'hex'), Buffer.from('hi')]),
    )
    assert.equal(String((await got)[0]), 'hi')
    client.destroy()
    await comesTo(() => relay.of('closed').length, 1)
    wss.close()
  })
})

function framesOf(relay: TestRelay, from: 'client' | 'server'): string[] {
  const found: string[] = []
  const reader = createWsFrameReader(({ opcode, masked }) => {
    found.push(masked ? `${opcode} masked` : String(opcode))
  })
  reader.feed(Buffer.from(relay.body(from), 'latin1'))
  return found
}
