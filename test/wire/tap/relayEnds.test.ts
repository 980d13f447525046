// The relay of a tap where connections end: half, whole, by a reset, before the server is there; and what it refuses.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { describe, it } from 'mocha'
import { comesTo } from '../../support/eventually.ts'
import { answer, raw } from '../../support/servers/httpServer.ts'
import { listenLocally } from '../../support/servers/listenLocally.ts'
import { gather, request, useRelay } from '../../support/tap/useRelay.ts'
import { useTapped } from '../../support/tap/useTapped.ts'

describe('the ends of a relay', () => {
  const startRelay = useRelay()
  const tapped = useTapped(startRelay)

  /** A server whose one behaviour is given the socket as it comes. */
  async function tappedTcp(behave: (socket: Socket) => void) {
    const tcp = createTcpServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => null)
      behave(socket)
    })
    const relay = await startRelay(`http://127.0.0.1:${await listenLocally(tcp)}`)
    return { relay, tcp }
  }

  it('answers the first of two requests that came at once, and ends the connection behind it', async () => {
    const { relay, requests } = await tapped({ '/a': answer(200, [], 'first'), '/b': answer(200) })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/a') + request(relay.host, '/b'))
    await came.ended
    assert.match(came.text(), /first$/)
    assert.equal(requests.length, 1)
    client.end()
    await comesTo(() => relay.of('closed')[0]?.by, 'relay')
    assert.equal(relay.of('refused')[0]?.reason, 'pipelining')
  })

  for (const [name, words, reason, status] of [
    ['a name of another site', 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n', 'host', 403],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 'head', 400],
    ['two of them', 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n', 'head', 400],
    ['CONNECT', 'CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n', 'proxy', 400],
    ['another server', 'GET http://a.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n', 'proxy', 400],
    ['TLS', Buffer.from('16030100f5010000f10303', 'hex'), 'head', 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'head', 400],
    ['no HTTP', '\0\0\0', 'head', 400],
    [
      'lengths that contradict each other',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      'head',
      400,
    ],
    ['a head without an end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`, 'head', 400],
  ] as const) {
    it(`refuses ${name}, and tells the server nothing`, async () => {
      const { relay, requests } = await tapped({ '/': answer(200) })
      const client = relay.connect()
      const came = gather(client)
      client.write(words)
      await came.ended
      assert.match(came.text(), new RegExp(`^HTTP/1.1 ${status} `))
      client.end()
      await comesTo(() => relay.of('closed').length, 1)
      assert.deepEqual(
        relay.of('refused').map((one) => one.reason),
        [reason],
      )
      assert.equal(relay.of('closed')[0]?.by, 'relay')
      assert.equal(requests.length, 0)
    })
  }

  it('takes an empty line behind a body for no request', async () => {
    const { relay } = await tapped({
      '/': answer(200, [], 'fine'),
      '/2': answer(200, [], 'second'),
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(`POST / HTTP/1.1\r\nHost: ${relay.host}\r\nContent-Length: 2\r\n\r\nhi\r\n`)
    await came.endsWith('fine')
    client.write(request(relay.host, '/2'))
    await came.endsWith('second')
  })

  it('passes what came early where the answer is none', async () => {
    const got: string[] = []
    const speak = Promise.withResolvers<() => void>()
    const { relay } = await tapped({
      '/': ({ socket }) => {
        socket.on('data', (bytes) => got.push(String(bytes)))
        speak.resolve(() => socket.write('no http at all\r\n\r\n'))
      },
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(`${request(relay.host, '/')}more of it`)
    const say = await speak.promise
    say()
    await came.endsWith('at all\r\n\r\n')
    await comesTo(() => got.join(''), 'more of it')
  })

  it('says what is wrong with a length that no body has', async () => {
    const { relay } = await tapped({ '/': answer(200) })
    const client = relay.connect()
    const came = gather(client)
    client.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${'9'.repeat(20)}\r\n\r\n`)
    await came.ended
    assert.match(came.text(), /its Content-Length is more than any body has/)
  })

  it('is reached under a name that was allowed', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'in') })
    relay.server.allow('abc-53124.example.dev')
    const client = relay.connect()
    const came = gather(client)
    client.write(request('ABC-53124.example.dev', '/'))
    await came.endsWith('in')
  })

  it('passes the end of what the program sends while the answer still comes', async () => {
    const { relay, tcp } = await tappedTcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.resume().on('end', () => socket.end('behind your end'))
    })
    const client = relay.connect()
    const came = gather(client)
    client.end(request(relay.host, '/'))
    await came.ended
    assert.match(came.text(), /behind your end$/)
    await comesTo(() => relay.of('closed')[0]?.by, 'client')
    tcp.close()
  })

  it('passes the end of what the server sends while the program still sends', async () => {
    const received: Buffer[] = []
    const { relay, tcp } = await tappedTcp((socket) => {
      socket.on('data', (bytes) => received.push(bytes))
      socket.once('data', () =>
        socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'),
      )
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/', 'Connection: Upgrade', 'Upgrade: x'))
    await came.ended
    client.end('still here')
    await comesTo(() => Buffer.concat(received).toString().endsWith('still here'), true)
    await comesTo(() => relay.of('closed')[0]?.by, 'server')
    assert.equal(relay.body('client'), 'still here')
    tcp.close()
  })

  it('passes a reset of the server on', async () => {
    const { relay } = await tapped({
      '/': raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome', 'reset'),
    })
    const client = relay.connect()
    const failed = once(client, 'error')
    client.resume().write(request(relay.host, '/'))
    assert.equal((await failed)[0]?.code, 'ECONNRESET')
    await comesTo(() => relay.of('closed')[0]?.by, 'server')
    assert.equal(relay.of('closed')[0]?.failure?.code, 'ECONNRESET')
  })

  it('passes a reset of the program on', async () => {
    const lost: unknown[] = []
    const { relay } = await tapped({
      '/': ({ socket }) => {
        socket.on('error', (error) => lost.push('code' in error && error.code))
        socket.write('HTTP/1.1 200 OK\r\n\r\nan endless stream')
      },
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.endsWith('stream')
    client.resetAndDestroy()
    await comesTo(() => lost.join(), 'ECONNRESET')
    await comesTo(() => relay.of('closed')[0]?.by, 'client')
  })

  it('ends a server’s endless stream when the program has left', async () => {
    let left = false
    const { relay } = await tapped({
      '/': ({ socket }) => {
        socket.on('end', () => {
          left = true
        })
        socket.write('HTTP/1.1 200 OK\r\n\r\nan endless stream')
      },
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.endsWith('stream')
    client.end()
    await comesTo(() => left, true)
    await comesTo(() => relay.of('closed').length, 1)
  })

  it('leaves a server that does not hear that it was left', async () => {
    const { relay, tcp } = await tappedTcp((socket) => {
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'))
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.endsWith('ok')
    client.write(request('evil.example', '/'))
    await came.ended
    client.end()
    await comesTo(() => relay.of('closed').length, 1)
    tcp.close()
  })

  it('answers 502 where nothing listens, and says why', async () => {
    const tcp = createTcpServer()
    const port = await listenLocally(tcp)
    tcp.close()
    const relay = await startRelay(`http://127.0.0.1:${port}`)
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.ended
    assert.match(came.text(), /^HTTP\/1.1 502 Bad Gateway\r\n.*Nothing accepts connections at 127/s)
    client.end()
    await comesTo(
      () => relay.story(),
      'opened request end:client unreachable finished:client closed',
    )
    assert.equal(relay.of('unreachable')[0]?.fault.code, 'connection-refused')
  })

  it('gives up its way to the server when the program is gone', async () => {
    const { relay, tcp } = await tappedTcp(() => null)
    const client = relay.connect()
    await once(client, 'connect')
    client.write(request(relay.host, '/'), () => client.resetAndDestroy())
    await comesTo(() => relay.of('closed')[0]?.by, 'client')
    tcp.close()
  })

  it('ends what is open when it stops, and listens no longer', async () => {
    const { relay } = await tapped({ '/': raw('HTTP/1.1 200 OK\r\n\r\nan endless stream') })
    const streaming = relay.connect()
    const idle = relay.connect()
    const came = gather(streaming)
    streaming.write(request(relay.host, '/'))
    await came.endsWith('stream')
    await comesTo(() => relay.of('opened').length, 2)
    idle.on('end', () => idle.end()).resume()
    await relay.server.stop()
    await comesTo(
      () =>
        relay
          .of('closed')
          .map(({ by }) => by)
          .join(),
      'relay,relay',
    )
    const late = relay.connect()
    assert.equal((await once(late, 'error'))[0]?.code, 'ECONNREFUSED')
  })

  it('refuses a port that is taken', async () => {
    const { relay } = await tapped({})
    await assert.rejects(startRelay('http://127.0.0.1:1', { settings: { port: relay.port } }), {
      code: 'EADDRINUSE',
    })
  })
})
