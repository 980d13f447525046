// Answers of a proxy to CONNECT: which of them make a tunnel, and what is said of the others.

import assert from 'node:assert/strict'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { after, before, describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import { neutralTls } from '../../../src/shared/profile/fields/tlsField.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const certificate = makeCertificate({ name: 'server', addresses: ['127.0.0.1'] })

describe('A proxy’s answer to CONNECT', () => {
  let secure: TestHttpServer
  let plain: TestHttpServer
  let proxy: Server
  const sockets = new Set<Socket>()
  /** What the proxy says, in the pieces in which it says it. */
  let words: readonly string[] = []
  let head = ''

  before(async () => {
    secure = await startHttpServer({ '/': answer(200, [], 'through') }, certificate)
    plain = await startHttpServer({ '/': answer(404, [], 'through') })
    proxy = createServer((client) => {
      sockets.add(client)
      client.on('error', () => client.destroy())
      client.once('data', (bytes) => {
        head = bytes.toString('latin1')
        const [, port = ''] = /:(\d+) HTTP/.exec(head) ?? []
        say(client, words, Number(port))
      })
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  })
  after(async () => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
    await Promise.all([secure.close(), plain.close()])
  })

  function say(client: Socket, [piece, ...rest]: readonly string[], port: number): void {
    if (piece !== undefined) {
      client.write(piece, 'latin1', () => setImmediate(() => say(client, rest, port)))
      return
    }
    const onward = connect(port, '127.0.0.1')
    sockets.add(onward)
    onward.on('error', () => client.destroy())
    client.pipe(onward).pipe(client)
  }

  async function ask(said: readonly string[], url = secure.origin, login = '') {
    words = said
    const { port } = proxy.address() as AddressInfo
    const endpoint = testEndpoint({
      url,
      method: url.startsWith('ws') ? 'websocket' : 'polling',
      proxy: `http://${login}127.0.0.1:${port}`,
      tls: { ...neutralTls, allowUntrusted: true },
      timeoutMs: 2000,
    })
    const transport = createTransport(testOptions(endpoint))
    const io = createRecordingIo()
    await transport.connect(io)
    await transport.close()
    return { status: io.all('response')[0]?.detail.status, error: io.all('error')[0] }
  }

  // As curl takes them.
  const tunnels: readonly (readonly [string, readonly string[]])[] = [
    ['200', ['HTTP/1.1 200 Connection established\r\n\r\n']],
    ['HTTP/1.0', ['HTTP/1.0 200 OK\r\nProxy-agent: x\r\n\r\n']],
    ['another success', ['HTTP/1.1 201 Created\r\n\r\n']],
    ['204', ['HTTP/1.1 204 No Content\r\n\r\n']],
    ['no reason', ['HTTP/1.1 200\r\n\r\n']],
    ['lines that end with LF', ['HTTP/1.1 200 OK\nX: y\n\n']],
    ['a folded line', ['HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n']],
    ['a length, which means nothing', ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n']],
    ['a coding, which means nothing', ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n']],
    ['an answer ahead', ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n']],
    ['an answer ahead, by itself', ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n']],
    ['single bytes', [...'HTTP/1.1 200 OK\r\nX: y\r\n\r\n']],
  ]
  for (const [title, said] of tunnels) {
    it(`makes a tunnel: ${title}`, async () => {
      const { status, error } = await ask(said)
      assert.equal(error?.detail.message, undefined)
      assert.equal(status, 200)
      assert.equal((await ask(said, `ws://${plain.host}/`)).status, 404)
    })
  }

  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['407', ['HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n'], /407 Proxy Authentication Required/],
    ['a redirect', ['HTTP/1.1 302 X\r\nLocation: http://login.test/\r\n\r\n'], /302 Found/],
    ['another protocol', ['SSH-2.0-x\r\n\r\n'], /does not speak HTTP/],
    ['another protocol without an end', ['SSH-2.0-x'], /does not speak HTTP/],
    [
      'a head without an end',
      [`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(70_000)}`],
      /cannot be read: its head is larger than 65\.5 kB/,
    ],
    [
      'a head that is too large, in one piece',
      [`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(70_000)}\r\n\r\n`],
      /cannot be read: its head is larger than 65\.5 kB/,
    ],
    ['nothing but line feeds', ['\n'.repeat(70_000)], /its head is larger than 65\.5 kB/],
    ['a status that is none', ['HTTP/1.1 OK\r\n\r\n'], /its first line is no status line/],
    [
      'answers ahead without an end',
      ['HTTP/1.1 100 Continue\r\n\r\n'.repeat(5000)],
      /more than 100 informational answers stand ahead of it/,
    ],
  ]
  for (const [title, said, message] of refusals) {
    it(`is told where it is none: ${title}`, async () => {
      for (const url of [secure.origin, `ws://${plain.host}/`]) {
        const before = secure.requests.length + plain.requests.length
        const { error } = await ask(said, url)
        assert.equal(error?.code, 'proxy-failed')
        assert.match(error.detail.message, message)
        assert.equal(secure.requests.length + plain.requests.length, before)
      }
    })
  }

  it('comes to a request as curl makes it', async () => {
    await ask(['HTTP/1.1 200 OK\r\n\r\n'], secure.origin, 'm%C3%A9:p%40%3As@')
    const [start, ...fields] = head.trimEnd().split('\r\n')
    assert.equal(start, `CONNECT ${secure.host} HTTP/1.1`)
    assert.deepEqual(fields, [
      `Host: ${secure.host}`,
      'User-Agent: Lifeline',
      `Proxy-Authorization: Basic ${Buffer.from('mé:p@:s').toString('base64')}`,
      'Proxy-Connection: Keep-Alive',
    ])
  })
})
