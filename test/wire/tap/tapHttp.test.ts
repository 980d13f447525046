// A tap with its relay between plain sockets: what it records of HTTP as servers and programs really write it.

import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { comesTo, eventually } from '../../support/eventually.ts'
import {
  answer,
  type HttpBehaviour,
  raw,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { startTap, type TapSession } from '../../support/tap/tapSession.ts'
import { gather, request } from '../../support/tap/useRelay.ts'

const chunked = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const sse =
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'

describe('a tap between sockets', () => {
  let server: TestHttpServer | null = null
  let tap: TapSession | null = null
  const sockets: Socket[] = []
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await tap?.stop()
    await server?.close()
  })

  async function tapped(behaviours: Readonly<Record<string, HttpBehaviour>>) {
    const started = await startHttpServer(behaviours)
    server = started
    const running = startTap(started.origin)
    tap = running
    await eventually('the tap listens', () => running.session.status().listening !== null)
    const origin = running.session.status().listening ?? ''
    const { host, port } = new URL(origin)
    const open = () => {
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('error', () => null)
      sockets.push(socket)
      return socket
    }
    return { tap: running, origin, host, open }
  }

  it('records exchanges of every sort on one kept connection', async () => {
    const body = gzipSync('{"a":1}')
    const { tap, host, open } = await tapped({
      '/plain': answer(200, ['X-A: 1'], 'plain'),
      '/chunks': raw(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunked('one')}${chunked('two')}0\r\nDigest: x\r\n\r\n`,
      ),
      '/gzip': answer(200, ['Content-Encoding: gzip'], body),
      '/hints': raw(
        'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      ),
      '/close': raw('HTTP/1.0 200 OK\r\n\r\nto the end', 'end'),
    })
    const client = open()
    const came = gather(client)
    for (const [path, end] of [
      ['/plain', 'plain'],
      ['/chunks', 'Digest: x\r\n\r\n'],
      ['/gzip', body.toString('latin1')],
      ['/hints', '204 No Content\r\n\r\n'],
      ['/close', 'to the end'],
    ] as const) {
      client.write(request(host, path))
      await came.endsWith(end)
    }
    await comesTo(() => tap.all('response').length, 5)
    assert.deepEqual(
      tap.all('response').map((one) => [one.detail.status, tap.text(one), one.detail.reused]),
      [
        [200, 'plain', false],
        [200, 'onetwo', true],
        [200, '{"a":1}', true],
        [204, null, true],
        [200, 'to the end', true],
      ],
    )
    assert.deepEqual(tap.all('response')[1]?.detail.trailers, [['Digest', 'x']])
    assert.equal(tap.all('notice').filter(({ code }) => code === 'http-informational').length, 1)
    assert.deepEqual(tap.faults, [])
  })

  it('records a stream that its server breaks off, and one that its program leaves', async () => {
    const { tap, host, open } = await tapped({
      '/cut': raw(sse + chunked('data: 1\n\n'), 'reset'),
      '/left': raw(sse + chunked('data: 2\n\n')),
    })
    open().write(request(host, '/cut', 'Accept: text/event-stream'))
    await comesTo(
      () =>
        tap
          .all('error')
          .map(({ code }) => code)
          .join(),
      'connection-reset',
    )
    const client = open()
    client.write(request(host, '/left', 'Accept: text/event-stream'))
    await comesTo(() => tap.all('event').length, 2)
    client.destroy()
    await comesTo(() => tap.all('notice').at(-1)?.code, 'tap-client-left')
    assert.deepEqual(
      tap.all('event').map((one) => [one.connection, tap.text(one)]),
      [
        [1, '1'],
        [2, '2'],
      ],
    )
  })

  it('records a refused upgrade with its body', async () => {
    const { tap, origin } = await tapped({ '/ws': answer(401, [], 'nope') })
    const ws = new WebSocket(`${origin.replace('http', 'ws')}/ws`)
    ws.on('error', () => null)
    await comesTo(
      () => tap.all('response').map((one) => [one.detail.purpose, tap.text(one)]),
      [['handshake', 'nope']],
    )
  })

  it('refuses a request of a page from elsewhere, and tells so', async () => {
    const { tap, open } = await tapped({ '/': answer(200, [], 'secret') })
    const client = open()
    const came = gather(client)
    client.write(request('evil.example', '/'))
    await came.ended
    assert.match(came.text(), /^HTTP\/1\.1 403 /)
    await comesTo(() => tap.all('notice').at(-1)?.code, 'tap-refused')
    assert.deepEqual(tap.all('request'), [])
  })

  it('tells that its server cannot be reached, and answers with 502', async () => {
    const { tap, origin } = await tapped({})
    await server?.close()
    server = null
    assert.equal((await fetch(`${origin}/a`)).status, 502)
    await comesTo(
      () => tap.all('error').map(({ code, replyTo }) => [code, replyTo]),
      [['connection-refused', 2]],
    )
  })

  it('cuts what is open when it is stopped, and tells what came of it', async () => {
    const { tap, host, open } = await tapped({
      '/half': raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'),
    })
    const client = open()
    const came = gather(client)
    client.write(request(host, '/half'))
    await came.endsWith('half')
    await tap.stop()
    const [response] = tap.all('response')
    assert.ok(response)
    assert.equal(tap.text(response), 'half')
    assert.deepEqual(
      tap.frames.slice(-2).map(({ kind, code }) => code ?? kind),
      ['stopped-in-body', 'end'],
    )
  })
})
