// Certificates that are not trusted, TLS asked of servers without it and plain words said to servers with it.

import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { after, before, describe, it } from 'mocha'
import { allowUntrusted } from '../../support/samples/testEndpoint.ts'
import { helloFeed } from '../../support/servers/helloFeed.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'
import { allMethods, endpointAt, runSession } from '../../support/sessions/runSession.ts'

const addresses = ['127.0.0.1']
const authority = makeCertificate({ name: 'Authority', isAuthority: true })
const untrusted = [
  ['it is self-signed', { name: 'Self', addresses }],
  ['its issuer is unknown here', { name: 'Issued', addresses, issuer: authority }],
] as const

describe('A certificate that is not trusted', function () {
  this.timeout(20_000)
  const servers: TestHttpServer[] = []

  before(async () => {
    for (const [, wish] of untrusted) {
      servers.push(await startHttpServer({ '/feed': helloFeed }, makeCertificate(wish)))
    }
  })
  after(() => Promise.all(servers.map((server) => server.close())))

  const originAt = (index: number) => servers[index]?.origin ?? ''

  for (const method of allMethods) {
    for (const [index, [reason]] of untrusted.entries()) {
      it(`ends ${method} with the reason and how to allow it: ${reason}`, async () => {
        const run = await runSession(
          endpointAt(originAt(index), method, '/feed', { reconnectAttempts: 3 }),
        )
        const { code, detail } = run.only('error')
        assert.equal(code, 'tls-untrusted')
        const words = 'The certificate of 127.0.0.1:port is not trusted: '
        assert.equal(detail.message.replace(/:\d+ /, ':port '), `${words}${reason}.`)
        assert.match(detail.advice ?? '', /in "ca" of the profile’s "tls"\.$/)
        assert.deepEqual(run.all('request'), [], 'nothing was sent')
        assert.deepEqual(run.end, { by: 'error', message: detail.message })
      })
    }

    it(`does not keep ${method} from connecting where the profile allows it`, async () => {
      const run = await runSession(endpointAt(originAt(0), method, '/feed', allowUntrusted), {
        until: ({ kind, detail }) =>
          kind === 'event' ||
          kind === 'message' ||
          (kind === 'response' && 'status' in detail && detail.purpose.endsWith('poll')),
      })
      assert.deepEqual(run.all('error'), [])
      assert.match(run.lines.join('\n'), /hello/)
      const [response] = run.all('response')
      assert.ok(response?.detail.timings.tlsMs !== undefined)
    })
  }

  it('is allowed on the command line by the option that the advice names', async () => {
    const url = `${originAt(0).replace('https', 'wss')}/feed`
    const refused = await runCommand('watch', url)
    assert.equal(refused.status, 1)
    assert.match(
      refused.stderr,
      /^lifeline: The certificate .* it is self-signed\.\nlifeline: Trust it .*\.\nlifeline: On the command line: --ca, --fingerprint [0-9A-F:]{95}, --allow-untrusted\.\n$/,
    )
    const advised = /--fingerprint ([0-9A-F:]+)/.exec(refused.stderr)?.[1] ?? ''
    for (const allowed of [['--allow-untrusted'], ['--fingerprint', advised]]) {
      const { status, stdout } = await runCommand('watch', url, ...allowed, '--frames', '3')
      assert.equal(status, 0)
      assert.match(stdout, /text hello/)
    }
  })
})

describe('The wrong scheme', () => {
  let plain: Server
  let plainOrigin = ''
  let secure: TestHttpServer
  let telling: TestHttpServer
  const nginxWords =
    '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>'

  before(async () => {
    // As web servers do it: a complaint in plain HTTP.
    plain = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    plainOrigin = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`
    secure = await startHttpServer({}, makeCertificate({ name: 'Self', addresses }))
    // As nginx does it: a complaint in the clear at a port of TLS.
    telling = await startHttpServer({ '/': answer(400, [], nginxWords) })
  })
  after(async () => {
    plain.close()
    await telling.close()
    await secure.close()
  })

  for (const method of allMethods) {
    it(`ends ${method} with what to change where the server has no TLS`, async () => {
      const run = await runSession(endpointAt(plainOrigin, method, '/'))
      const { code, detail } = run.only('error')
      assert.equal(code, 'tls-failed')
      assert.match(detail.advice ?? '', /may not use TLS at this port: try http: or ws: in the URL/)
      assert.deepEqual([detail.speaksTls, detail.fields], [false, ['url']])
      assert.equal(run.end.by, 'error')
    })

    it(`ends ${method} with what to change where the server has TLS`, async () => {
      const origin = secure.origin.replace('https', 'http')
      const run = await runSession(endpointAt(origin, method, '/'))
      const { code, detail } = run.only('error')
      assert.equal(code, 'connection-reset')
      assert.match(
        detail.advice ?? '',
        /If it uses TLS at this port, start the URL with https:\/\/ or wss:\/\//,
      )
      assert.deepEqual([detail.speaksTls, detail.fields], [true, ['url']])
      assert.equal(run.end.by, 'error')
    })

    it(`ends ${method} with what to change where the server says that it wants TLS`, async () => {
      const run = await runSession(endpointAt(telling.origin, method, '/'))
      const { detail } = run.only('error')
      assert.match(detail.advice ?? '', /wants TLS at this port: start the URL with https/)
      assert.deepEqual([detail.speaksTls, detail.fields], [true, ['url']])
    })
  }
})
