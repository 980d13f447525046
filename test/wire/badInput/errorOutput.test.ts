// Standard error does not repeat what a server or a proxy says of a request: logs keep it, and it may be a credential.

import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import { after, before, describe, it } from 'mocha'
import { startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'
import { allMethods } from '../../support/sessions/runSession.ts'

/** Of a header that no name gives away. */
const value = 'Hunter2-short'

const behave = (status: (key: string) => string, ...fields: ((key: string) => string)[]) => {
  return ({
    header,
    socket,
  }: {
    header(name: string): string | null
    socket: { write(text: string): unknown }
  }) => {
    const key = header('x-plain') ?? ''
    const lines = [`HTTP/1.1 ${status(key)}`, ...fields.map((field) => field(key))]
    socket.write(`${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`)
  }
}

const behaviours = {
  '/401': behave((key) => `401 token ${key} invalid`),
  '/404': behave((key) => `404 ${key}`),
  '/503': behave((key) => `503 ${key}`),
  '/599': behave((key) => `599 ${key}`),
  '/circle': behave(
    () => '302 Found',
    (key) => `Location: /circle?token=${key}`,
  ),
  '/nowhere': behave(
    () => '302 Found',
    (key) => `Location: http://[${key}`,
  ),
  '/scheme': behave(
    () => '307 Moved',
    (key) => `Location: ftp://${key}/`,
  ),
  '/close': behave((key) => `200 ${key}`),
}

describe('Standard error', function () {
  this.timeout(60_000)
  let server: TestHttpServer
  let proxy: Server
  let proxyHost = ''
  before(async () => {
    server = await startHttpServer(behaviours)
    proxy = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', (bytes) => {
        const [, basic = ''] = /authorization: basic (\S+)/i.exec(String(bytes)) ?? []
        const login = Buffer.from(basic, 'base64').toString()
        socket.end(`HTTP/1.1 407 ${login} ${basic}\r\nX-Was: ${login}\r\nContent-Length: 0\r\n\r\n`)
      })
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const address = proxy.address()
    assert.ok(address !== null && typeof address !== 'string')
    proxyHost = `127.0.0.1:${address.port}`
  })
  after(async () => {
    await server.close()
    await new Promise((resolve) => proxy.close(resolve))
  })

  const urlOf = (method: string, path: string) => {
    return (method === 'websocket' ? server.origin.replace('http', 'ws') : server.origin) + path
  }
  const watch = async (method: string, path: string, more: readonly string[]) => {
    const words = ['watch', urlOf(method, path), '--method', method, '--no-reconnect', ...more]
    return startCommand([
      ...words,
      '--format',
      'ndjson',
      '--frames',
      path === '/close' ? '2' : '50',
    ]).finished
  }

  for (const method of allMethods) {
    it(`says of ${method} what a server answered, not what it repeats`, async () => {
      const runs = Object.keys(behaviours).map(async (path) => {
        const { status, stdout, stderr } = await watch(method, path, ['-H', `X-Plain: ${value}`])
        assert.ok(!stderr.toLowerCase().includes(value.toLowerCase()), `${path}: ${stderr}`)
        // What crossed the wire is all there.
        assert.ok(stdout.includes(value))
        if (/\d/.test(path)) assert.match(stderr, new RegExp(`${path.slice(1)}\\b`))
        assert.equal(status, stderr === '' ? 0 : 1)
      })
      await Promise.all(runs)
    })

    it(`says of ${method} that a proxy refused, not what it repeats`, async () => {
      const { status, stderr } = await watch(method, '/401', [
        '--proxy',
        `http://me:pw-1@${proxyHost}`,
      ])
      assert.equal(status, 1)
      assert.match(stderr, /407 Proxy Authentication Required/)
      assert.doesNotMatch(stderr, /pw-1|bWU6/)
    })
  }

  it('says where a WebSocket is to connect without a credential', async () => {
    const { stderr } = await watch('websocket', '/circle', ['-H', `X-Plain: ${value}`])
    assert.match(stderr, /Connect to ws:\/\/127\.0\.0\.1:\d+\/circle\?token= instead/)
  })
})
