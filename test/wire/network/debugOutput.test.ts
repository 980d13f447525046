// The variable DEBUG makes no package in the bundles print, since that would hold credentials.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { spellings } from '../../support/samples/spellings.ts'
import { startProxy, type TestProxy } from '../../support/servers/connectProxy.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { type SocksProxy, startSocksProxy } from '../../support/servers/socksProxy.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'

const password = 'Hunter2-of-the-proxy'

describe('The command line, as it is built, with DEBUG=*', function () {
  this.timeout(30_000)
  let server: TestHttpServer
  let proxy: TestProxy
  let socks: SocksProxy
  before(async () => {
    server = await startHttpServer({ '/': answer(200, [], 'plain') })
    proxy = await startProxy()
    socks = await startSocksProxy({ login: `me:${password}` })
  })
  after(() => Promise.all([server.close(), proxy.close(), socks.close()]))

  for (const [scheme, target, options] of [
    ['http', 'http', ['--method', 'polling']],
    ['http', 'ws', []],
    ['socks5', 'http', ['--method', 'polling']],
    ['socks5h', 'ws', []],
  ] as const) {
    it(`prints nothing of a proxy’s password: ${target} by ${scheme}`, async () => {
      const { host } = scheme === 'http' ? proxy : socks
      const words = ['watch', `${target}://${server.host}/`, ...options, '--frames', '2']
      const asked = server.requests.length
      const { stdout, stderr } = await startCommand(
        [...words, '--proxy', `${scheme}://me:${password}@${host}`],
        { built: true, env: { DEBUG: '*', DEBUG_COLORS: '0', DEBUG_DEPTH: '9' } },
      ).finished
      assert.ok(server.requests.length > asked, stderr)
      for (const [form, write] of spellings) {
        assert.ok(!`${stdout}${stderr}`.includes(write(password)), form)
      }
      assert.ok(!stderr.includes(Buffer.from(`me:${password}`).toString('base64')))
      assert.doesNotMatch(stderr, /agent/)
    })
  }
})
