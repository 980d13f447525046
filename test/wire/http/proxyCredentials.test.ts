// Credentials in a proxy's URL: those that cannot be sent are refused in words, wherever the proxy comes from.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import type { Method } from '../../../src/shared/endpoint/endpoint.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { startProxy, type TestProxy } from '../../support/servers/connectProxy.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { type SocksProxy, startSocksProxy } from '../../support/servers/socksProxy.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const methods: readonly Method[] = ['polling', 'long-polling', 'sse', 'websocket']

/** One connection; what it made of the proxy. */
async function connect(url: string, proxy: string, from: 'profile' | 'settings', method: Method) {
  const endpoint = testEndpoint({ url, method, proxy: from === 'profile' ? proxy : 'auto' })
  const network = { proxyUrl: from === 'settings' ? proxy : null, caPems: null }
  const io = createRecordingIo()
  const transport = createTransport({ ...testOptions(endpoint), network })
  await transport.connect(io)
  await transport.close()
  return io
}

const lengths = [0, 1, 254, 255, 256, 257, 1000, 70_000]
const logins = lengths.flatMap((user) => lengths.map((password) => [user, password] as const))

describe('A SOCKS proxy’s user name and password', () => {
  let server: TestHttpServer
  let proxy: SocksProxy
  before(async () => {
    server = await startHttpServer({ '/': answer(200, [], 'plain') })
    proxy = await startSocksProxy()
  })
  after(() => Promise.all([server.close(), proxy.close()]))

  for (const from of ['profile', 'settings'] as const) {
    for (const scheme of ['socks', 'socks5', 'socks5h']) {
      it(`of lengths that ${scheme} cannot send are refused: from the ${from}`, async () => {
        for (const letter of ['a', 'é', '%', '\0']) {
          const bytes = Buffer.byteLength(letter)
          for (const [user, password] of logins) {
            const [name, word] = [user, password].map((length) =>
              encodeURIComponent(letter.repeat(length / bytes).padEnd(length / bytes, letter)),
            )
            const url = `${scheme}://${name}:${word}@${proxy.host}`
            const method = methods[(user + password) % methods.length] ?? 'polling'
            const target =
              method === 'websocket' ? server.origin.replace('http', 'ws') : server.origin
            const asked = proxy.seen.length
            const io = await connect(target, url, from, method)
            const sizes = [user, password].map((length) => Math.floor(length / bytes) * bytes)
            const none = sizes.every((size) => size === 0)
            const fits = none || sizes.every((size) => size > 0 && size <= 255)
            const shown = `${letter} ${sizes}`
            assert.equal(proxy.seen.length - asked, fits ? 1 : 0, shown)
            if (fits) continue
            const [error] = io.all('error')
            assert.equal(error?.code, 'proxy-failed', shown)
            assert.match(error?.detail.message ?? '', /of 1 to 255 bytes each/)
          }
        }
      })
    }
  }

  it('does not end the command line where the environment names them', async () => {
    const named = `socks5://me:${'x'.repeat(300)}@${proxy.host}`
    const { status, stderr } = await startCommand(
      ['watch', 'http://nowhere.invalid/', '--method', 'polling'],
      { env: { http_proxy: named, no_proxy: 'none.invalid' } },
    ).finished
    assert.equal(status, 1)
    assert.match(stderr, /^lifeline: A SOCKS 5 proxy takes a user name and a password of 1 to 255/)
    assert.doesNotMatch(stderr, /xxx|\n {4}at /)
  })

  it('can hold no zero byte for SOCKS 4, where it would end', async () => {
    const io = await connect(server.origin, `socks4a://a%00b@${proxy.host}`, 'profile', 'polling')
    assert.match(io.all('error')[0]?.detail.message ?? '', /no zero byte/)
  })
})

describe('A proxy’s credentials', () => {
  let server: TestHttpServer
  let proxy: TestProxy
  before(async () => {
    server = await startHttpServer({ '/': answer(200, [], 'plain') })
    proxy = await startProxy()
  })
  after(() => Promise.all([server.close(), proxy.close()]))

  for (const [written, sent] of [
    ['me:100%', 'me:100%'],
    ['%:%zz', '%:%zz'],
    ['%C3:%41', '%C3:A'],
    ['m%C3%A9:p%40:s', 'mé:p@:s'],
    ['only', 'only:'],
    ['me:%0D%0AX: y', 'me:\r\nX: y'],
  ] as const) {
    for (const method of ['polling', 'websocket'] as const) {
      it(`are sent as they are meant: ${written} by ${method}`, async () => {
        const target = method === 'websocket' ? server.origin.replace('http', 'ws') : server.origin
        await connect(target, `http://${written}@${proxy.host}`, 'profile', method)
        const basic = Buffer.from(sent).toString('base64')
        assert.equal(proxy.authorizations.at(-1), `Basic ${basic}`)
      })
    }
  }

  for (const path of [
    '//evil.invalid/x',
    '/http://evil.invalid/x',
    '//u:p@evil.invalid//y?z=//a',
  ]) {
    it(`come with the URL of the server, whatever its path and the header Host: ${path}`, async () => {
      const endpoint = testEndpoint({
        url: server.origin + path,
        method: 'polling',
        proxy: proxy.url,
        headers: [['Host', 'evil.invalid']],
      })
      const transport = createTransport(testOptions(endpoint))
      await transport.connect(createRecordingIo())
      await transport.close()
      assert.equal(proxy.seen.at(-1), `GET ${server.origin}${path}`)
    })
  }
})
