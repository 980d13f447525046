// Certificates and proxies: who is trusted, which way requests go, and what a refusal says.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, before, describe, it } from 'mocha'
import { httpExchange } from '../../../src/engine/transports/http/httpExchange.ts'
import { createNetwork } from '../../../src/engine/transports/network/network.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import type { NetworkSettings } from '../../../src/shared/session/sessionPlan.ts'
import { allowUntrusted, testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { startProxy, type TestProxy } from '../../support/servers/connectProxy.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const address = ['127.0.0.1']
const authority = makeCertificate({ name: 'Test authority', isAuthority: true })
const certificates = {
  selfSigned: makeCertificate({ name: 'self', addresses: address }),
  expired: makeCertificate({
    name: 'old',
    addresses: address,
    issuer: authority,
    fromDay: -9,
    toDay: -2,
  }),
  wrongHost: makeCertificate({ name: 'other', hosts: ['other.test'], issuer: authority }),
  good: makeCertificate({ name: 'good', addresses: address, issuer: authority }),
}
type Name = keyof typeof certificates

const behaviours = { '/': answer(200, [], 'secure') }

/** Asks twice over one network: the second exchange shows what is kept. */
async function ask(
  url: string,
  fields: Partial<Endpoint> = {},
  settings: Partial<NetworkSettings> = {},
  timeoutMs = 3000,
) {
  const endpoint = testEndpoint({ url, method: 'polling', ...fields })
  const network = createNetwork({
    ...testOptions(endpoint),
    network: { proxyUrl: null, caPems: null, ...settings },
  })
  const io = createRecordingIo()
  const request = {
    purpose: 'poll',
    method: 'GET',
    url: new URL(url),
    headers: [],
    body: null,
    timeoutMs,
  } as const
  try {
    for (let i = 0; i < 2; i++) await httpExchange(request, { network, limits: defaultLimits, io })
  } finally {
    network.close()
  }
  return io
}

describe('A TLS certificate', () => {
  const servers = new Map<Name, TestHttpServer>()
  const origin = (name: Name) => servers.get(name)?.origin ?? ''

  before(async () => {
    for (const name of Object.keys(certificates) as Name[]) {
      servers.set(name, await startHttpServer(behaviours, certificates[name]))
    }
  })
  after(() => Promise.all([...servers.values()].map((server) => server.close())))

  const refusals: readonly (readonly [Name, RegExp])[] = [
    ['selfSigned', /self-signed/],
    ['expired', /expired/],
    ['wrongHost', /another host name/],
  ]
  for (const [name, reason] of refusals) {
    it(`is refused with its reason: ${reason.source}`, async () => {
      const io = await ask(origin(name), {}, { caPems: [authority.cert] })
      const [error] = io.frames
      assert.ok(error?.kind === 'error')
      assert.equal(error.code, 'tls-untrusted')
      assert.match(error.detail.message, reason)
      assert.match(error.detail.advice ?? '', /Trust it if it is the certificate that you expect/)
      assert.equal(io.all('request').length, 0)
      assert.equal(servers.get(name)?.requests.length, 0)
    })

    it(`is accepted where the profile allows it: ${name}`, async () => {
      const io = await ask(origin(name), allowUntrusted)
      assert.equal(io.all('response').length, 2)
    })
  }

  it('of an unknown authority is refused', async () => {
    const io = await ask(origin('good'))
    assert.match(io.all('error')[0]?.detail.message ?? '', /issuer is unknown/)
  })

  it('of an authority that was handed in is trusted, and its phase is measured once', async () => {
    const io = await ask(origin('good'), {}, { caPems: [authority.cert] })
    const [first, second] = io.all('response')
    assert.ok((first?.detail.timings.tlsMs ?? 0) > 0)
    assert.equal(second?.detail.timings.tlsMs, undefined)
    assert.equal(second?.detail.reused, true)
  })

  it('does not count as bytes on the wire', async () => {
    const io = await ask(origin('good'), {}, { caPems: [authority.cert] })
    const [request, , , response] = io.frames
    assert.ok((request?.wireBytes ?? 0) < 250)
    assert.ok((response?.wireBytes ?? 999) < 100)
    const sum = io.frames.reduce((bytes, frame) => bytes + frame.wireBytes, 0)
    assert.equal(sum, io.wireBytes.in + io.wireBytes.out)
  })

  it('is asked of a server that speaks no TLS in vain', async () => {
    const plain = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    const io = await ask(`https://127.0.0.1:${(plain.address() as AddressInfo).port}`)
    plain.close()
    assert.equal(io.frames[0]?.code, 'tls-failed')
    assert.match(io.all('error')[0]?.detail.advice ?? '', /http:/)
  })
})

describe('A proxy', () => {
  let plain: TestHttpServer
  let secure: TestHttpServer
  let proxy: TestProxy

  before(async () => {
    plain = await startHttpServer(behaviours)
    secure = await startHttpServer(behaviours, certificates.good)
    proxy = await startProxy()
  })
  after(() => Promise.all([plain.close(), secure.close(), proxy.close()]))

  it('from the settings is asked for plain HTTP, and recorded without its credentials', async () => {
    const io = await ask(
      plain.origin,
      { proxy: 'auto' },
      { proxyUrl: proxy.url.replace('//', '//me:secret@') },
    )
    assert.equal(io.all('response').length, 2)
    assert.equal(proxy.seen.at(-1), `GET ${plain.origin}/`)
    assert.equal(proxy.authorizations.at(-1), `Basic ${btoa('me:secret')}`)
    const [request] = io.all('request')
    assert.equal(request?.detail.proxy, proxy.host)
    assert.equal(request?.detail.target, `${plain.origin}/`)
    assert.equal(request?.detail.url, `${plain.origin}/`)
    const recorded = JSON.stringify(io.frames)
    assert.match(recorded, /"Proxy-Authorization","Basic \*\*\*"/)
    assert.doesNotMatch(recorded, /secret|bWU6/)
    assert.equal(io.all('response')[1]?.detail.reused, true)
  })

  it('that the profile names tunnels HTTPS, and the tunnel is kept', async () => {
    const seen = proxy.seen.length
    const io = await ask(secure.origin, { proxy: proxy.url }, { caPems: [authority.cert] })
    assert.deepEqual(
      io.all('response').map(({ detail }) => detail.status),
      [200, 200],
    )
    assert.deepEqual(proxy.seen.slice(seen), [`CONNECT ${secure.host}`])
    assert.equal(io.all('request')[0]?.detail.target, '/')
    assert.equal(io.all('response')[1]?.detail.reused, true)
  })

  it('of the settings is passed by where a redirect leads to this machine', async () => {
    const away = await startHttpServer({
      '/': answer(302, [`Location: ${plain.origin.replace('127.0.0.1', 'localhost')}/`]),
    })
    const proxies = async (fields: Partial<Endpoint>) => {
      const io = await ask(away.origin, fields, { proxyUrl: proxy.url })
      assert.equal(io.all('response').at(-1)?.detail.status, 200)
      return io.all('request').map((request) => request.detail.proxy)
    }
    const { host } = proxy
    assert.deepEqual(await proxies({ proxy: 'auto' }), [host, undefined, host, undefined])
    assert.deepEqual(await proxies({ proxy: proxy.url }), [host, host, host, host])
    await away.close()
  })

  it('of the settings is passed by when the profile says none', async () => {
    const seen = proxy.seen.length
    const io = await ask(plain.origin, { proxy: 'none' }, { proxyUrl: proxy.url })
    assert.equal(io.all('response').length, 2)
    assert.equal(io.all('request')[0]?.detail.proxy, undefined)
    assert.equal(proxy.seen.length, seen)
  })

  for (const status of [403, 407, 502]) {
    it(`that refuses the tunnel with ${status} is told as such`, async () => {
      const refusing = await startProxy(status)
      const io = await ask(secure.origin, { proxy: refusing.url })
      await refusing.close()
      const [error] = io.frames
      assert.ok(error?.kind === 'error')
      assert.equal(error.code, 'proxy-failed')
      assert.match(error.detail.message, new RegExp(String(status)))
      assert.match(error.detail.advice ?? '', /"proxy": "none"/)
      assert.equal(io.all('request').length, 0)
    })
  }

  it('that is not there is told as such', async () => {
    const gone = await startProxy()
    await gone.close()
    for (const url of [plain.origin, secure.origin]) {
      const io = await ask(url, { proxy: gone.url })
      assert.equal(io.frames[0]?.code, 'proxy-failed')
      assert.match(io.all('error')[0]?.detail.message ?? '', new RegExp(gone.host))
    }
  })

  it('that does not answer is left when the time is over', async () => {
    const sockets = new Set<Socket>()
    const silent = createServer((socket) => sockets.add(socket.resume()))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const io = await ask(secure.origin, { proxy: `http://127.0.0.1:${port}` }, {}, 200)
    assert.match(io.all('error')[1]?.detail.message ?? '', /did not let us through within 0.2 s/)
    assert.equal(sockets.size, 2)
    await Promise.all([...sockets].map((one) => one.destroyed || once(one, 'close')))
    silent.close()
  })

  it('that speaks no HTTP is told as such', async () => {
    const other = createServer((socket) => socket.end('SSH-2.0 OpenSSH_9.7\r\n\r\n'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const io = await ask(secure.origin, { proxy: `http://127.0.0.1:${port}` })
    assert.match(io.all('error')[0]?.detail.message ?? '', /does not speak HTTP/)
    other.close()
  })

  it('that the profile names without a scheme is one of HTTP', async () => {
    const io = await ask(plain.origin, { proxy: proxy.host })
    assert.equal(io.all('request')[0]?.detail.proxy, proxy.host)
    assert.equal(io.all('response').length, 2)
  })

  it('that cannot be read is told with what names it', async () => {
    const proxyUrl = 'ftp://me:secret@127.0.0.1:21'
    const proxyFrom = 'the variable HTTP_PROXY'
    const io = await ask(plain.origin, { proxy: 'auto' }, { proxyUrl, proxyFrom })
    const { message = '' } = io.all('error')[0]?.detail ?? {}
    assert.match(
      message,
      /^The proxy of the variable HTTP_PROXY .* “ftp:\/\/\*\*\*@127\.0\.0\.1:21”/,
    )
  })

  for (const named of ['ftp://127.0.0.1:1', 'not a proxy']) {
    it(`named ${named} is refused with what to change`, async () => {
      const io = await ask(plain.origin, { proxy: named })
      assert.equal(io.frames[0]?.code, 'proxy-failed')
    })
  }
})
