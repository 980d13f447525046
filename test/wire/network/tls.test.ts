// TLS as a profile sets it: own authorities, client certificates, server name, oldest version, and what is wrong in words.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket, TlsOptions } from 'node:tls'
import { after, before, describe, it } from 'mocha'
import { createPollingTransport } from '../../../src/engine/transports/polling/polling.ts'
import { createWebSocketTransport } from '../../../src/engine/transports/websocket/websocket.ts'
import type { Tls } from '../../../src/shared/endpoint/endpoint.ts'
import { neutralTls } from '../../../src/shared/profile/fields/tlsField.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import {
  answerBytes,
  type HttpBehaviour,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { makePfx } from '../../support/servers/testPfx.ts'
import { startWsServer } from '../../support/servers/wsServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const authority = makeCertificate({ name: 'Test authority', isAuthority: true })
const other = makeCertificate({ name: 'Other authority', isAuthority: true })
const server = makeCertificate({ name: 'server', addresses: ['127.0.0.1'], issuer: authority })
const inner = makeCertificate({ name: 'inner', hosts: ['inner.test'], issuer: authority })
const client = makeCertificate({ name: 'client', issuer: authority })
const stranger = makeCertificate({ name: 'stranger', issuer: other })
const encryptedKey = client.privateKey.export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'sesame',
})

const folder = mkdtempSync(join(tmpdir(), 'lifeline-tls-'))
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const files = {
  ca: file('ca.pem', `A comment before it.\n${other.cert}${authority.cert}`),
  cert: file('client.pem', client.cert),
  key: file('client.key', client.key),
  both: file('both.pem', client.cert + client.key),
  lockedKey: file('locked.key', encryptedKey),
  lockedBoth: file('locked.pem', `${client.cert}${encryptedKey}`),
  pfx: file('client.pfx', makePfx(client, 'sesame')),
  strangerCert: file('stranger.pem', stranger.cert),
  strangerKey: file('stranger.key', stranger.key),
  text: file('readme.txt', 'no certificate'),
  broken: file('broken.pem', authority.cert.replaceAll(/[a-z]/g, 'A')),
}
after(() => rmSync(folder, { recursive: true }))

/** Answers with the name that the client's certificate is for, and the server name asked for. */
const whoAmI: HttpBehaviour = ({ socket }) => {
  const tls = socket as TLSSocket
  const names = [tls.getPeerCertificate().subject?.CN ?? 'nobody', tls.servername || 'no name']
  socket.write(answerBytes(200, [], `${names.join(' at ')} by ${tls.getProtocol()}`))
}

async function ask(tls: Partial<Tls>, options: TlsOptions, behaviour = whoAmI) {
  const listening = await startHttpServer({ '/': behaviour }, options)
  const url = `${listening.origin}/`
  const endpoint = testEndpoint({ url, method: 'polling', tls: { ...neutralTls, ...tls } })
  const transport = createPollingTransport(testOptions(endpoint))
  const io = createRecordingIo()
  const outcome = await transport.connect(io)
  await transport.close()
  await listening.close()
  const [response] = io.all('response')
  const [error] = io.all('error')
  return {
    outcome,
    error,
    body: response?.payload ? Buffer.from(response.payload).toString() : null,
    requests: listening.requests.length,
  }
}

const demanding: TlsOptions = {
  cert: server.cert,
  key: server.key,
  ca: authority.cert,
  requestCert: true,
}

describe('TLS of a profile', () => {
  it('trusts the authorities of a file beside the system’s', async () => {
    const { body } = await ask({ ca: files.ca }, server)
    assert.match(body ?? '', /^nobody/)
  })

  const certificates: readonly (readonly [string, Partial<Tls>])[] = [
    ['certificate and key from two files', { cert: files.cert, key: files.key }],
    ['certificate and key from one file', { cert: files.both }],
    ['a key with a passphrase', { cert: files.cert, key: files.lockedKey, passphrase: 'sesame' }],
    ['one locked file for both', { cert: files.lockedBoth, passphrase: 'sesame' }],
    ['a PKCS #12 file', { pfx: files.pfx, passphrase: 'sesame' }],
  ]
  for (const [title, tls] of certificates) {
    it(`shows a client certificate: ${title}`, async () => {
      const { body, error } = await ask({ ca: files.ca, ...tls }, demanding)
      assert.equal(error, undefined)
      assert.match(body ?? '', /^client at/)
    })
  }

  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    it(`says that the server demands a client certificate, in ${version}`, async () => {
      const { outcome, error } = await ask({ ca: files.ca }, { ...demanding, maxVersion: version })
      assert.ok(error)
      assert.match(
        `${error.detail.message} ${error.detail.advice}`,
        /demands? a client certificate/,
      )
      assert.match(error.code ?? '', /^tls-/, error.detail.cause)
      if (version === 'TLSv1.3') {
        assert.equal(error.code, 'tls-client-certificate')
        assert.equal(outcome.kind, 'refused')
      }
    })
  }

  it('gives the client certificate as the likely reason where the server only hangs up', async () => {
    const { error } = await ask(
      { ca: files.ca, cert: files.strangerCert, key: files.strangerKey },
      demanding,
    )
    assert.equal(error?.code, 'connection-reset')
    assert.match(error.detail.advice ?? '', /may not accept the client certificate/)
  })

  it('shows the client certificate to no other origin', async () => {
    const second = await startHttpServer(
      { '/': whoAmI },
      { ...demanding, rejectUnauthorized: false },
    )
    const away: HttpBehaviour = ({ socket }) =>
      socket.write(answerBytes(302, [`Location: ${second.origin}/`]))
    const { body } = await ask({ ca: files.ca, cert: files.both }, demanding, away)
    await second.close()
    assert.equal(body, null)
    assert.equal(second.requests.length, 1)
  })

  it('asks for the server name, and checks the certificate against it', async () => {
    const tls = { ca: files.ca, serverName: 'inner.test' }
    assert.match((await ask(tls, inner)).body ?? '', /at inner\.test/)
    const { error } = await ask({ ...tls, serverName: 'outer.test' }, inner)
    assert.match(error?.detail.message ?? '', /another host name/)
  })

  it('checks the certificate against an address that stands for the server name', async () => {
    const { body } = await ask({ ca: files.ca, serverName: '127.0.0.1' }, server)
    assert.match(body ?? '', /at no name/)
    const { error } = await ask({ ca: files.ca, serverName: '127.0.0.2' }, server)
    assert.match(error?.detail.message ?? '', /another host name/)
  })

  it('refuses versions older than the oldest allowed', async () => {
    const old: TlsOptions = { cert: server.cert, key: server.key, maxVersion: 'TLSv1.2' }
    const { error } = await ask({ ca: files.ca, minVersion: 'TLSv1.3' }, old)
    assert.equal(error?.code, 'tls-failed')
    assert.match(error.detail.advice ?? '', /minVersion/, error.detail.cause)
  })

  it('speaks a version that is off by default, where the profile allows it', async () => {
    const ancient: TlsOptions = {
      cert: server.cert,
      key: server.key,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    }
    assert.match(
      (await ask({ ca: files.ca, minVersion: 'TLSv1.1' }, ancient)).body ?? '',
      /TLSv1\.1$/,
    )
    assert.equal((await ask({ ca: files.ca }, ancient)).error?.code, 'tls-failed')
  })

  const missing = join(folder, 'missing.pem')
  const mistakes: readonly (readonly [string, Partial<Tls>, RegExp])[] = [
    ['a missing authority file', { ca: missing }, /"tls\.ca" does not exist: .*missing\.pem/],
    ['a folder', { ca: folder }, /"tls\.ca" is a folder/],
    ['a device', { ca: '/dev/zero' }, /"tls\.ca" is a device or a pipe, which has no end/],
    ['authorities that are none', { ca: files.text }, /"tls\.ca" holds no certificate in PEM/],
    [
      'a broken authority',
      { ca: files.broken },
      /"tls\.ca" holds a certificate that cannot be read/,
    ],
    ['a missing certificate', { cert: missing, key: files.key }, /"tls\.cert" does not exist/],
    ['a missing key', { cert: files.cert, key: missing }, /"tls\.key" does not exist/],
    ['a certificate that is none', { cert: files.key }, /"tls\.cert" holds no certificate/],
    [
      'a key that is none',
      { cert: files.cert, key: files.text },
      /"tls\.key" holds no private key/,
    ],
    ['no key at all', { cert: files.cert }, /"tls\.cert" holds no private key; name .* "tls\.key"/],
    [
      'a key of another certificate',
      { cert: files.cert, key: files.strangerKey },
      /stranger\.key does not belong to the certificate in .*client\.pem/,
    ],
    [
      'a key that needs a passphrase',
      { cert: files.cert, key: files.lockedKey },
      /needs a passphrase/,
    ],
    [
      'a wrong passphrase',
      { cert: files.cert, key: files.lockedKey, passphrase: 'simsalabim' },
      /passphrase does not open the file of "tls\.key"/,
    ],
    ['a missing PKCS #12 file', { pfx: missing }, /"tls\.pfx" does not exist/],
    ['PEM for PKCS #12', { pfx: files.both }, /"tls\.pfx" is no PKCS #12 file/],
    ['PKCS #12 without its passphrase', { pfx: files.pfx }, /"tls\.pfx" needs a passphrase/],
    [
      'PKCS #12 with a wrong passphrase',
      { pfx: files.pfx, passphrase: 'x' },
      /passphrase does not open the file of "tls\.pfx"/,
    ],
  ]
  for (const [title, tls, words] of mistakes) {
    it(`names ${title} before anything is sent`, async () => {
      const { error, outcome, requests } = await ask(tls, server)
      assert.equal(error?.code, 'tls-setup')
      assert.match(error.detail.message, words)
      assert.ok(error.detail.advice)
      assert.doesNotMatch(JSON.stringify(error), /simsalabim/)
      assert.equal(outcome.kind, 'refused')
      assert.equal(requests, 0)
    })
  }

  describe('of a WebSocket', () => {
    let listening: Awaited<ReturnType<typeof startWsServer>>
    before(async () => {
      const accepted = { '/': () => null }
      listening = await startWsServer({ accepted, server: createHttpsServer(demanding) })
    })
    after(() => listening.close())

    async function open(tls: Partial<Tls>) {
      const url = listening.url('/').replace('ws:', 'wss:')
      const fields = { url, method: 'websocket', tls: { ...neutralTls, ...tls } } as const
      const transport = createWebSocketTransport(testOptions(testEndpoint(fields)))
      const io = createRecordingIo()
      const ended = transport.connect(io)
      await Promise.race([io.first('response'), ended])
      io.abort()
      const outcome = await ended
      await transport.close()
      return { io, outcome }
    }

    it('shows the client certificate', async () => {
      const { io } = await open({ ca: files.ca, cert: files.both })
      assert.equal(io.all('response')[0]?.detail.status, 101)
    })

    it('says that the server demands one', async () => {
      const { io, outcome } = await open({ ca: files.ca })
      assert.equal(io.all('error')[0]?.code, 'tls-client-certificate')
      assert.equal(outcome.kind, 'refused')
    })

    it('names a wrong passphrase', async () => {
      const { io, outcome } = await open({ pfx: files.pfx, passphrase: 'x' })
      assert.equal(io.all('error')[0]?.code, 'tls-setup')
      assert.equal(outcome.kind, 'refused')
    })
  })
})
