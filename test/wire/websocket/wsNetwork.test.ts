// WebSockets over TLS and through a proxy.

import assert from 'node:assert/strict'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { describe, it } from 'mocha'
import { createWebSocketTransport } from '../../../src/engine/transports/websocket/websocket.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { isWireKind } from '../../../src/shared/frame/frame.ts'
import { allowUntrusted, testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { startProxy } from '../../support/servers/connectProxy.ts'
import { makeCertificate, type TestCertificate } from '../../support/servers/testCertificate.ts'
import { useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead, type RawBehaviour } from '../../support/servers/wsServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'
import { mixed, runWebSocket, sends } from '../../support/sessions/runWebSocket.ts'

const raw: Readonly<Record<string, RawBehaviour>> = { '/mixed': sends(...mixed) }

describe('A WebSocket over TLS', () => {
  const addresses = ['127.0.0.1']
  const authority = makeCertificate({ name: 'Test authority', isAuthority: true })
  const good = makeCertificate({ name: 'good', addresses, issuer: authority })
  const selfSigned = makeCertificate({ name: 'self', addresses })
  const use = ({ cert, key }: TestCertificate) =>
    useWsServer({ raw, server: createTlsServer({ cert, key }) })
  const trusted = use(good)
  const untrusted = use(selfSigned)

  async function run(server: typeof trusted, fields: Partial<Endpoint>, caPems: string[] | null) {
    const io = createRecordingIo()
    const url = server.url('/mixed').replace('ws:', 'wss:')
    const endpoint = testEndpoint({ url, method: 'websocket', ...fields })
    const network = { proxyUrl: null, caPems }
    const transport = createWebSocketTransport({ ...testOptions(endpoint), network })
    const outcome = await transport.connect(io)
    await transport.close()
    return { io, outcome }
  }

  it('opens where the certificate is trusted, with the time that TLS took', async () => {
    const { io, outcome } = await run(trusted, {}, [authority.cert])
    assert.equal(outcome.kind, 'done')
    const [response] = io.all('response')
    assert.equal(typeof response?.detail.timings.tlsMs, 'number')
    assert.equal(io.all('message').length, 3)
    assert.equal(io.all('request')[0]?.detail.url.startsWith('wss:'), true)
  })

  it('says why a certificate is not trusted and what to do; no request has left', async () => {
    const { io, outcome } = await run(untrusted, {}, null)
    assert.deepEqual(
      io.frames.map((frame) => [frame.kind, frame.code]),
      [['error', 'tls-untrusted']],
    )
    const [error] = io.all('error')
    assert.match(error?.detail.message ?? '', /self-signed/)
    assert.match(error?.detail.advice ?? '', /Trust it if it is the certificate that you expect/)
    assert.equal(outcome.kind, 'refused')
  })

  it('opens in spite of it where the profile says so', async () => {
    const { outcome } = await run(untrusted, allowUntrusted, null)
    assert.equal(outcome.kind, 'done')
  })
})

describe('A WebSocket through a proxy', () => {
  const server = useWsServer({ raw })

  const run = (path: string, proxy: string) => runWebSocket(server.url(path), { proxy })

  it('goes through a tunnel, ws: too, and says so', async () => {
    const proxy = await startProxy()
    const { io, outcome } = await run('/mixed', proxy.url)
    await proxy.close()
    assert.equal(outcome.kind, 'done')
    assert.deepEqual(proxy.seen, [`CONNECT 127.0.0.1:${server.port}`])
    assert.equal(io.all('request')[0]?.detail.proxy, proxy.host)
    assert.equal(io.all('response')[0]?.wireBytes, acceptHead({ headers: {} }).length)
    assert.equal(io.all('message').length, 3)
    // What was said to the proxy is not counted, as with HTTP.
    const whole = io.frames.filter(({ kind }) => !isWireKind(kind))
    const sum = whole.reduce((bytes, frame) => bytes + frame.wireBytes, 0)
    assert.equal(sum, io.wireBytes.in + io.wireBytes.out)
  })

  it('is told when the proxy refuses', async () => {
    const proxy = await startProxy(407)
    const { io } = await run('/mixed', proxy.url)
    await proxy.close()
    assert.deepEqual(
      io.frames.map((frame) => [frame.kind, frame.code]),
      [['error', 'proxy-failed']],
    )
    assert.match(io.all('error')[0]?.detail.message ?? '', /407/)
  })

  it('is told when what is there speaks no HTTP', async () => {
    const other = createServer((socket) => socket.end('SSH-2.0 OpenSSH_9.7\r\n\r\n'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const { io } = await run('/mixed', `http://127.0.0.1:${port}`)
    assert.match(io.all('error')[0]?.detail.message ?? '', /does not speak HTTP/)
    other.close()
  })

  it('is told when the proxy is not there, or is none', async () => {
    const proxy = await startProxy()
    await proxy.close()
    for (const url of [proxy.url, 'ftp://127.0.0.1/']) {
      const { io } = await run('/mixed', url)
      assert.deepEqual(
        io.frames.map((frame) => [frame.kind, frame.code]),
        [['error', 'proxy-failed']],
      )
    }
  })
})
