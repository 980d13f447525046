// One certificate trusted by its fingerprint: it and no other, by every method and way, whatever is wrong with it.

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { after, before, describe, it } from 'mocha'
import type { Endpoint, Method } from '../../../src/shared/endpoint/endpoint.ts'
import { neutralTls } from '../../../src/shared/profile/fields/tlsField.ts'
import { startProxy, type TestProxy } from '../../support/servers/connectProxy.ts'
import { helloFeed } from '../../support/servers/helloFeed.ts'
import { startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { type SocksProxy, startSocksProxy } from '../../support/servers/socksProxy.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { allMethods, endpointAt, runSession } from '../../support/sessions/runSession.ts'

const addresses = ['127.0.0.1']
const certificates = {
  'self-signed': makeCertificate({ name: 'Self', addresses }),
  expired: makeCertificate({ name: 'Old', addresses, fromDay: -9, toDay: -2 }),
  'for another host': makeCertificate({ name: 'Other', hosts: ['other.test'] }),
}
type Name = keyof typeof certificates
const names = Object.keys(certificates) as Name[]

function fingerprintOf(name: Name): string {
  return new X509Certificate(certificates[name].cert).fingerprint256
}

function pinnedTo(fingerprint: string): Pick<Endpoint, 'tls'> {
  return { tls: { ...neutralTls, fingerprint } }
}

describe('A certificate trusted by its fingerprint', function () {
  this.timeout(20_000)
  const servers = new Map<Name, TestHttpServer>()
  let proxy: TestProxy
  let socks: SocksProxy

  before(async () => {
    for (const name of names) {
      servers.set(name, await startHttpServer({ '/feed': helloFeed }, certificates[name]))
    }
    proxy = await startProxy()
    socks = await startSocksProxy()
  })
  after(async () => {
    await Promise.all([...servers.values()].map((server) => server.close()))
    await proxy.close()
    await socks.close()
  })

  async function run(name: Name, method: Method, fields: Partial<Endpoint>) {
    let seen = 0
    const origin = servers.get(name)?.origin ?? ''
    return runSession(
      endpointAt(origin, method, '/feed', { reconnectAttempts: 0, intervalMs: 100, ...fields }),
      {
        until: ({ kind, detail }) =>
          kind === 'event' ||
          kind === 'message' ||
          (kind === 'response' && 'purpose' in detail && /poll/.test(detail.purpose) && ++seen > 2),
      },
    )
  }

  for (const name of names) {
    for (const method of allMethods) {
      it(`is accepted by ${method} though it is ${name}, on every new connection`, async () => {
        const { lines, all } = await run(name, method, pinnedTo(fingerprintOf(name)))
        assert.deepEqual(all('error'), [])
        assert.match(lines.join('\n'), /hello/)
      })
    }
  }

  it('may be written without colons and in small letters', async () => {
    const fingerprint = fingerprintOf('self-signed').replaceAll(':', '').toLowerCase()
    const { all } = await run('self-signed', 'polling', pinnedTo(fingerprint))
    assert.deepEqual(all('error'), [])
  })

  for (const method of ['polling', 'websocket'] as const) {
    for (const way of ['http', 'socks'] as const) {
      it(`is accepted by ${method} through a proxy (${way}), and another is not`, async () => {
        const through = { proxy: way === 'http' ? proxy.url : `socks5://${socks.host}` }
        const own = pinnedTo(fingerprintOf('for another host'))
        const accepted = await run('for another host', method, { ...own, ...through })
        assert.deepEqual(accepted.all('error'), [])
        const other = pinnedTo(fingerprintOf('expired'))
        const refused = await run('for another host', method, { ...other, ...through })
        assert.equal(refused.only('error').code, 'tls-untrusted')
        assert.deepEqual(refused.all('request'), [])
      })
    }
  }

  for (const method of allMethods) {
    it(`does not let another be accepted by ${method}: nothing is sent to it`, async () => {
      const server = servers.get('self-signed')
      const before = server?.requests.length
      const { only, all, end } = await run(
        'self-signed',
        method,
        pinnedTo(fingerprintOf('expired')),
      )
      const { code, detail } = only('error')
      assert.equal(code, 'tls-untrusted')
      assert.match(detail.message, /it is another one than was trusted by its fingerprint\.$/)
      assert.deepEqual(all('request'), [])
      assert.equal(server?.requests.length, before)
      assert.equal(end.by, 'error')
    })
  }
})

describe('An error about a certificate', () => {
  for (const [name, flaws] of [
    ['self-signed', ['it is self-signed']],
    ['expired', ['it has expired', 'it is self-signed']],
    ['for another host', ['it is self-signed', 'it was issued for another host name']],
  ] as const) {
    for (const method of ['polling', 'sse', 'websocket'] as const) {
      it(`holds the certificate and all that is wrong with it: ${name}, ${method}`, async () => {
        const server = await startHttpServer({ '/feed': helloFeed }, certificates[name])
        try {
          const run = await runSession(endpointAt(server.origin, method, '/feed'))
          const { certificate } = run.only('error').detail
          const known = new X509Certificate(certificates[name].cert)
          assert.deepEqual(certificate, {
            subject: known.subject,
            issuer: known.issuer,
            names: [name === 'for another host' ? 'DNS:other.test' : 'IP Address:127.0.0.1'],
            validFrom: known.validFrom,
            validTo: known.validTo,
            fingerprint: known.fingerprint256,
            host: new URL(server.origin).host,
            flaws,
          })
        } finally {
          await server.close()
        }
      })
    }
  }
})
