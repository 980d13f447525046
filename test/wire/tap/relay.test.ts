// The relay of a tap between real sockets: what passes unchanged, what is changed, and what is told of it.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it } from 'mocha'
import { comesTo } from '../../support/eventually.ts'
import { answer, raw } from '../../support/servers/httpServer.ts'
import { listenLocally } from '../../support/servers/listenLocally.ts'
import { gather, request, useRelay } from '../../support/tap/useRelay.ts'
import { useTapped } from '../../support/tap/useTapped.ts'

describe('the relay of a tap', () => {
  const startRelay = useRelay()
  const tapped = useTapped(startRelay)

  it('passes every byte of a head but the Host, in its order and letter case', async () => {
    const sent = ['x-LOWER: a', 'Accept:*/*', 'x-lower:   b  ', 'X-Latin: \xe4', 'cOOKIE: a=b']
    const said = 'HTTP/1.1 200 Fine By Me\r\nx-One:1\r\nX-ONE:  2 \r\nContent-Length: 2\r\n\r\nok'
    const { relay, host, requests } = await tapped({ '/a': raw(said) })
    const client = relay.connect()
    const came = gather(client)
    client.write(Buffer.from(request(relay.host, '/a?q=%20', ...sent), 'latin1'))
    await came.endsWith('ok')
    assert.equal(came.text(), said)
    const head = ['GET /a?q=%20 HTTP/1.1', `Host: ${host}`, ...sent].join('\r\n')
    assert.equal(requests[0]?.head, head)
    const [change] = relay.of('request')[0]?.changes ?? []
    assert.deepEqual(change, { name: 'Host', from: relay.host, to: host })
  })

  it('listens at the same port for the same server, and at a free one where that is taken', async () => {
    const { relay: first, origin } = await tapped({})
    const second = await startRelay(origin)
    assert.notEqual(second.port, first.port)
    await first.server.stop()
    const third = await startRelay(origin)
    assert.equal(third.port, first.port)
  })

  it('tells an exchange from its first byte to its end, and the next one on the same connections', async () => {
    const { relay, requests } = await tapped({ '/a': answer(200, [], 'first'), '/b': answer(204) })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/a'))
    await came.endsWith('first')
    client.end(request(relay.host, '/b'))
    await came.ended
    await comesTo(() => relay.of('closed').length, 1)
    assert.equal(
      relay.story(),
      'opened request end:client dialled response body:server end:server request end:client finished:client response end:server finished:server closed',
    )
    assert.equal(relay.body('server'), 'first')
    assert.deepEqual(
      requests.map(({ connection }) => connection),
      [1, 1],
    )
    assert.equal(relay.of('closed')[0]?.by, 'client')
    assert.equal(relay.of('closed')[0]?.failure, null)
  })

  it('passes chunks with their sizes, extensions and trailers', async () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n'
    const chunks = '5;a=b\r\nhello\r\n0003\r\n, y\r\n0\r\nX-Sum: 8\r\n\r\n'
    const { relay } = await tapped({ '/': raw(head + chunks) })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.endsWith('8\r\n\r\n')
    assert.equal(came.text(), head + chunks)
    assert.equal(relay.body('server'), chunks)
    await comesTo(() => relay.of('end').length, 2)
  })

  it('passes what comes ahead of an answer, and waits with the program for 100 Continue', async () => {
    const http = createServer()
    http.on('checkContinue', (request, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' })
      response.writeContinue()
      request.resume().on('end', () => response.end())
    })
    const relay = await startRelay(`http://127.0.0.1:${await listenLocally(http)}`)
    const client = relay.connect()
    const came = gather(client)
    client.write(
      `POST / HTTP/1.1\r\nHost: ${relay.host}\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n`,
    )
    await came.endsWith('HTTP/1.1 100 Continue\r\n\r\n')
    assert.equal(relay.of('end').length, 0)
    client.write('2\r\nhi\r\n0\r\n\r\n')
    await comesTo(() => relay.of('end').length, 2)
    assert.equal(relay.body('client'), '2\r\nhi\r\n0\r\n\r\n')
    assert.equal(relay.of('response').length, 3)
    client.destroy()
    http.close()
  })

  it('knows that an answer to HEAD, and 304, have no body', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'
    const { relay } = await tapped({
      '/': ({ method, socket }) =>
        socket.write(method === 'HEAD' ? head : head.replace('200 OK', '304 Not Modified')),
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/').replace('GET', 'HEAD'))
    await came.endsWith(head)
    client.write(request(relay.host, '/'))
    await came.endsWith('304 Not Modified\r\nContent-Length: 5\r\n\r\n')
    await comesTo(() => relay.of('end').length, 4)
  })

  it('takes the end of the connection for the end of a body that says no length', async () => {
    const { relay } = await tapped({ '/': raw('HTTP/1.0 200 OK\r\n\r\nall of it', 'end') })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.ended
    assert.equal(came.text(), 'HTTP/1.0 200 OK\r\n\r\nall of it')
    client.end()
    await comesTo(() => relay.of('closed')[0]?.by, 'server')
    assert.equal(relay.of('end').length, 2)
  })

  it('passes what is no HTTP as it is, and says why it is not read', async () => {
    const { relay } = await tapped({ '/': raw('-ERR wrong protocol\r\n\r\nmore', 'end') })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.ended
    assert.equal(came.text(), '-ERR wrong protocol\r\n\r\nmore')
    assert.equal(relay.of('unreadable')[0]?.refusal, 'it does not speak HTTP')
    assert.equal(relay.body('server'), '-ERR wrong protocol\r\n\r\nmore')
  })

  it('passes an answer that nobody has asked for as it is, and no more is read', async () => {
    const late = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'
    const { relay } = await tapped({
      '/': ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
        socket.end(late.repeat(3))
      },
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/'))
    await came.ended
    assert.equal(came.text().slice(-3 * late.length), late.repeat(3))
    assert.equal(relay.of('response').length, 1)
    assert.deepEqual(
      relay.of('unreadable').map(({ refusal }) => refusal),
      ['nobody has asked for it'],
    )
  })

  it('names the tap where an answer names the server, and the server where a request names the tap', async () => {
    const { relay, origin, host, requests } = await tapped({
      '/': ({ socket }) =>
        socket.write(
          [
            'HTTP/1.1 302 Found',
            `Location: ${origin}/next?to=${origin}`,
            'Set-Cookie: sid=1; Path=/; domain=127.0.0.1; HttpOnly',
            'Set-Cookie: other=1; Domain=example.com',
            'Content-Length: 0',
            '',
            '',
          ].join('\r\n'),
        ),
    })
    const client = relay.connect()
    const came = gather(client)
    client.write(
      request(
        relay.host,
        '/',
        `Origin: http://${relay.host}`,
        `Referer: http://${relay.host}/page`,
      ),
    )
    await came.endsWith('Content-Length: 0\r\n\r\n')
    assert.match(
      requests[0]?.head ?? '',
      new RegExp(`Origin: http://${host}\r\nReferer: http://${host}/page$`),
    )
    assert.match(came.text(), new RegExp(`Location: http://${relay.host}/next\\?to=${origin}\r\n`))
    assert.match(came.text(), /Set-Cookie: sid=1; Path=\/; HttpOnly\r\n/)
    assert.match(came.text(), /Set-Cookie: other=1; Domain=example.com\r\n/)
    assert.deepEqual(
      relay.of('response')[0]?.changes.map(({ name }) => name),
      ['Location', 'Set-Cookie'],
    )
  })

  it('changes nothing where nothing is to be changed', async () => {
    const change = { host: false, origin: false, location: false, cookies: false }
    const { relay, origin, requests } = await tapped(
      {
        '/': ({ socket }) =>
          socket.write(`HTTP/1.1 201 Made\r\nLocation: ${origin}/b\r\nContent-Length: 0\r\n\r\n`),
      },
      { change },
    )
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/', `Origin: http://${relay.host}`))
    await came.endsWith('Content-Length: 0\r\n\r\n')
    assert.equal(requests[0]?.header('host'), relay.host)
    assert.equal(requests[0]?.header('origin'), `http://${relay.host}`)
    assert.match(came.text(), new RegExp(`Location: ${origin}/b`))
  })

  it('leaves a Location alone where the program has not said where it believes the server to be', async () => {
    const { relay, origin } = await tapped({
      '/': ({ socket }) =>
        socket.end(`HTTP/1.0 301 Moved\r\nLocation: https${origin.slice(4)}/b\r\n\r\n`),
    })
    const client = relay.connect()
    const came = gather(client)
    client.write('GET / HTTP/1.0\r\n\r\n')
    await came.ended
    assert.match(came.text(), /Location: https:/)
  })

  it('takes an absolute target that names the tap for its path', async () => {
    const { relay, requests } = await tapped({ '/a': answer(200, [], 'a') })
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, `http://${relay.host}/a?b`))
    await came.endsWith('\r\n\r\na')
    assert.equal(requests[0]?.target, '/a?b')
  })
})
