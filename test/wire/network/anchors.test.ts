// Trust in a certificate that is no root: an authority below one, the server's own; and what is said where a chain has a gap.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import type { Method } from '../../../src/shared/endpoint/endpoint.ts'
import { neutralTls } from '../../../src/shared/profile/fields/tlsField.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { answer, startHttpServer } from '../../support/servers/httpServer.ts'
import { makeCertificate, type TestCertificate } from '../../support/servers/testCertificate.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const addresses = ['127.0.0.1']
const root = makeCertificate({ name: 'Root', isAuthority: true })
const team = makeCertificate({ name: 'Team', isAuthority: true, issuer: root })
const leaf = makeCertificate({ name: 'leaf', addresses, issuer: team })
const elsewhere = makeCertificate({ name: 'other', hosts: ['other.test'], issuer: team })
const old = makeCertificate({ name: 'old', addresses, issuer: team, fromDay: -9, toDay: -2 })
const alone = makeCertificate({ name: 'alone', addresses })

const folder = mkdtempSync(join(tmpdir(), 'lifeline-anchors-'))
after(() => rmSync(folder, { recursive: true }))

function fileOf({ name, cert }: TestCertificate): string {
  const path = join(folder, `${name}.pem`)
  writeFileSync(path, cert)
  return path
}

/** `sent`: the server's certificate and those that it sends along. */
async function ask(
  trusted: TestCertificate | null,
  [own, ...along]: readonly [TestCertificate, ...TestCertificate[]],
  method: Method = 'polling',
) {
  const cert = [own, ...along].map((one) => one.cert).join('')
  const server = await startHttpServer({ '/': answer(404) }, { cert, key: own.key })
  const url = method === 'websocket' ? `wss://${server.host}/` : server.origin
  const tls = { ...neutralTls, ca: trusted && fileOf(trusted) }
  const transport = createTransport(testOptions(testEndpoint({ url, method, tls })))
  const io = createRecordingIo()
  await transport.connect(io)
  await transport.close()
  await server.close()
  const [error] = io.all('error')
  return { status: io.all('response')[0]?.detail.status, error }
}

describe('A certificate that the profile names', () => {
  for (const method of ['polling', 'sse', 'websocket'] as const) {
    it(`is trusted though it is no root, for ${method}`, async () => {
      assert.equal((await ask(team, [leaf], method)).status, 404)
      assert.equal((await ask(team, [leaf, team], method)).status, 404)
      assert.equal((await ask(leaf, [leaf], method)).status, 404)
      assert.equal((await ask(leaf, [leaf, team], method)).status, 404)
    })
  }

  it('is trusted as a root, as ever', async () => {
    assert.equal((await ask(root, [leaf, team])).status, 404)
    assert.equal((await ask(alone, [alone])).status, 404)
  })

  for (const label of ['X509 CERTIFICATE', 'TRUSTED CERTIFICATE']) {
    it(`is read as OpenSSL writes it: ${label}`, async () => {
      const cert = `${team.cert}${root.cert}`.replaceAll(' CERTIFICATE-', ` ${label}-`)
      assert.equal((await ask({ ...team, cert }, [leaf])).status, 404)
    })
  }

  it('does not make up for another host name', async () => {
    const { error } = await ask(team, [elsewhere])
    assert.equal(error?.code, 'tls-untrusted')
    assert.match(error.detail.message, /another host name/)
    assert.match((await ask(elsewhere, [elsewhere])).error?.detail.message ?? '', /another host/)
  })

  it('does not make up for a date', async () => {
    assert.match((await ask(team, [old])).error?.detail.message ?? '', /expired/)
    assert.match((await ask(old, [old])).error?.detail.message ?? '', /expired/)
  })

  it('does not make another one trusted', async () => {
    assert.equal((await ask(alone, [leaf, team])).error?.code, 'tls-untrusted')
    assert.equal((await ask(leaf, [elsewhere, team])).error?.code, 'tls-untrusted')
  })
})

describe('A chain that is not trusted', () => {
  for (const method of ['polling', 'websocket'] as const) {
    for (const trusted of [null, root]) {
      const title = trusted ? 'with the root trusted' : 'with nothing named'
      it(`is told to have a gap where the server sends its certificate alone, ${title}: ${method}`, async () => {
        const { detail } = (await ask(trusted, [leaf], method)).error ?? {}
        assert.match(detail?.message ?? '', /its issuer is unknown here/)
        assert.match(detail?.advice ?? '', /sends its own certificate alone/)
        assert.match(detail?.advice ?? '', /"ca"/)
      })
    }
  }

  it('is told with the field that would make it trusted', async () => {
    for (const sent of [[leaf, team], [leaf, team, root], [alone]] as const) {
      const { detail } = (await ask(null, sent)).error ?? {}
      assert.doesNotMatch(detail?.advice ?? '', /sends its own certificate alone/)
      assert.match(detail?.advice ?? '', /^Trust it .* in "ca" of the profile’s "tls"\.$/)
      assert.ok(detail?.fields?.includes('tls.ca'))
    }
  })

  it('is not told so where the name or the date is wrong', async () => {
    assert.doesNotMatch((await ask(team, [old])).error?.detail.advice ?? '', /"ca"/)
  })
})
