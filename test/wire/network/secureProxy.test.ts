// A proxy that speaks TLS itself: the name that it is asked for, and whose certificate is told as not trusted.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { after, before, describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import { neutralTls } from '../../../src/shared/profile/fields/tlsField.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const certificate = makeCertificate({
  name: 'proxy',
  hosts: ['proxy.localhost'],
  addresses: ['127.0.0.1'],
})

describe('A proxy that speaks TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-proxy-'))
  const ca = join(folder, 'proxy.pem')
  let proxy: TestHttpServer

  before(async () => {
    writeFileSync(ca, certificate.cert)
    // Refuses tunnels, and answers 404 to what is asked of itself.
    proxy = await startHttpServer({}, certificate)
  })
  after(async () => {
    rmSync(folder, { recursive: true })
    await proxy.close()
  })

  async function ask(url: string, host: string, trusted: string | null) {
    const method = url.startsWith('ws') ? 'websocket' : 'polling'
    const named = `https://${host}:${proxy.host.split(':')[1]}`
    const tls = { ...neutralTls, ca: trusted }
    const transport = createTransport(testOptions(testEndpoint({ url, method, proxy: named, tls })))
    const io = createRecordingIo()
    await transport.connect(io)
    await transport.close()
    return io.all('error')[0]
  }

  for (const url of ['http://a.example.test/', 'https://a.example.test/', 'ws://a.example.test/']) {
    for (const [host, name] of [
      ['proxy.localhost', 'proxy.localhost'],
      ['proxy.localhost.', 'proxy.localhost'],
      ['127.0.0.1', null],
    ] as const) {
      it(`is asked for by its name, for ${url} through ${host}`, async () => {
        const error = await ask(url, host, ca)
        assert.match(error?.detail.message ?? '', /404/)
        const socket = proxy.requests.at(-1)?.socket as TLSSocket | undefined
        assert.equal(socket?.servername || null, name)
      })
    }

    it(`is told as the one that is not trusted, for ${url}`, async () => {
      const before = proxy.requests.length
      const error = await ask(url, '127.0.0.1', null)
      assert.equal(error?.code, 'tls-untrusted')
      assert.match(error.detail.message, /^The certificate of the proxy 127\.0\.0\.1:\d+ is not/)
      assert.match(error.detail.advice ?? '', /"ca"/)
      assert.doesNotMatch(error.detail.advice ?? '', /Trust it if/)
      assert.equal(proxy.requests.length, before)
    })
  }
})
