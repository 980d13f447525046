// Polling over HTTP/2: chosen by ALPN or named by the profile, heads as they crossed the wire, one connection for many polls.

import assert from 'node:assert/strict'
import { createSecureServer as createServer, type Http2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { type Http2Behaviour, respond } from '../../support/servers/http2Server.ts'
import { answer, startHttpServer } from '../../support/servers/httpServer.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'
import {
  certificate,
  connectTo,
  type Http2RunOptions,
  runHttp2,
  secure,
  told,
} from '../../support/sessions/runHttp2.ts'

async function pollHttp2(behave: Http2Behaviour, options: Http2RunOptions) {
  const run = await runHttp2(behave, options)
  return { ...run, request: run.io.all('request')[0], response: run.io.all('response')[0] }
}

const hello = respond(200, { 'content-type': 'text/plain', 'X-Case': 'Kept' }, 'hello')

describe('Polling over HTTP/2', () => {
  it('speaks it where the server chooses it by ALPN, on one connection, and draws heads as they were', async () => {
    const { io, request, response, received, connections, host } = await pollHttp2(hello, {
      ...secure,
      times: 3,
    })
    assert.deepEqual(told({ io }), [
      'request',
      'response',
      'request',
      'response',
      'request',
      'response',
    ])
    assert.equal(connections, 1)
    assert.equal(request?.detail.httpVersion, '2')
    assert.equal(response?.detail.httpVersion, '2')
    assert.deepEqual(request?.detail.headers, [
      [':method', 'GET'],
      [':scheme', 'https'],
      [':authority', host],
      [':path', '/a?b=1'],
      ['user-agent', 'Lifeline'],
      ['accept', '*/*'],
      ['accept-encoding', 'gzip, deflate, br, zstd'],
    ])
    assert.deepEqual(received[0]?.rawHeaders, request?.detail.headers.flat())
    assert.deepEqual(response?.detail.headers.slice(0, 3), [
      [':status', '200'],
      ['content-type', 'text/plain'],
      ['x-case', 'Kept'],
    ])
    assert.equal(response?.detail.statusText, '')
    assert.equal(textOf(response), 'hello')
    assert.deepEqual(
      io.all('response').map(({ detail }) => [detail.streamId, detail.reused, detail.changed]),
      [
        [1, false, undefined],
        [3, true, false],
        [5, true, false],
      ],
    )
    assert.deepEqual(
      io.all('request').map(({ detail }) => detail.streamId),
      [1, 3, 5],
    )
    assert.ok((response?.detail.timings.tlsMs ?? -1) >= 0)
    assert.equal(io.all('response')[1]?.detail.timings.tlsMs, undefined)
  })

  it('speaks it in the clear where the profile says so', async () => {
    const { request, response, received } = await pollHttp2(hello, {})
    assert.equal(request?.detail.headers[1]?.[1], 'http')
    assert.equal(textOf(response), 'hello')
    assert.equal(received.length, 1)
  })

  it('sends a body, with fields of one name side by side and without those of a connection', async () => {
    const { request, received } = await pollHttp2(
      async ({ stream, body }) => {
        const text = await body()
        stream.respond({ ':status': 200 })
        stream.end(`got ${text}`)
      },
      {
        ...secure,
        fields: {
          request: 'POST',
          body: 'x'.repeat(100_000),
          headers: [
            ['X-A', '1'],
            ['X-B', '2'],
            ['x-a', '3'],
            ['Content-Type', 'a/b'],
            ['content-type', 'c/d'],
            ['Host', 'other.test'],
          ],
        },
      },
    )
    const fields = request?.detail.headers ?? []
    assert.deepEqual(fields[2], [':authority', 'other.test'])
    assert.deepEqual(fields.slice(-6), [
      ['x-a', '1'],
      ['x-a', '3'],
      ['x-b', '2'],
      ['content-type', 'a/b'],
      ['content-type', 'c/d'],
      ['content-length', '100000'],
    ])
    assert.deepEqual(received[0]?.rawHeaders, fields.flat())
    assert.equal(request?.sizeBytes, 100_000)
    assert.ok((request?.wireBytes ?? 0) > 100_000)
  })

  it('says once which given fields it does not have', async () => {
    const { io, received } = await pollHttp2(hello, {
      times: 2,
      fields: {
        headers: [
          ['Connection', 'close'],
          ['X-A', '1'],
          ['Keep-Alive', '5'],
        ],
      },
    })
    assert.deepEqual(
      io.all('notice').map(({ code, detail }) => [code, detail.message]),
      [
        [
          'http2-fields-left',
          'HTTP/2 does not have the fields Connection, Keep-Alive, which the request goes without.',
        ],
      ],
    )
    assert.equal(received[1]?.headers['x-a'], '1')
  })

  it('counts every byte of the connection', async () => {
    const { io, bytes } = await pollHttp2(hello, { times: 3 })
    const sum = (direction: 'in' | 'out') =>
      io.frames
        .filter((frame) => frame.direction === direction && frame.kind !== 'control')
        .reduce((all, { wireBytes }) => all + wireBytes, 0)
    assert.deepEqual({ in: sum('in'), out: sum('out') }, io.wireBytes)
    assert.equal(sum('in'), bytes.out)
    // But for the farewell.
    assert.ok(bytes.in - sum('out') <= 17, `${bytes.in} ${sum('out')}`)
  })

  it('removes content codings, and knows trailers, informational answers and answers without a body', async () => {
    const answers: Http2Behaviour[] = [
      ({ stream }) => {
        stream.additionalHeaders({ ':status': 103, link: '</a.css>' })
        stream.respond({ ':status': 200, 'content-encoding': 'gzip' }, { waitForTrailers: true })
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '7' }))
        stream.end(gzipSync('packed'))
      },
      ({ stream }) => stream.respond({ ':status': 204 }, { endStream: true }),
    ]
    const { io } = await pollHttp2((one) => answers[one.nth]?.(one), { ...secure, times: 2 })
    const [first, second] = io.all('response')
    assert.equal(textOf(first), 'packed')
    assert.deepEqual(first?.detail.trailers, [['x-sum', '7']])
    const [notice] = io.all('notice')
    assert.equal(notice?.code, 'http-informational')
    assert.match(notice?.detail.message ?? '', /sent 103 ahead of its answer: .*link: <\/a\.css>/)
    assert.equal(second?.detail.status, 204)
    assert.deepEqual(io.all('error'), [])
  })

  it('asks by HEAD, follows redirects and sends cookies and conditions', async () => {
    const { io, received } = await pollHttp2(
      ({ stream, headers }) => {
        if (headers[':path'] !== '/to') {
          stream.respond({ ':status': 302, location: '/to', 'set-cookie': ['a=1', 'b=2'] })
        } else if (headers['if-none-match'] === '"v1"') stream.respond({ ':status': 304 })
        else stream.respond({ ':status': 200, etag: '"v1"', 'content-length': '5' })
        stream.end()
      },
      { ...secure, times: 2, fields: { request: 'HEAD', cookies: true } },
    )
    assert.deepEqual(io.all('error'), [])
    assert.deepEqual(
      io.all('response').map(({ detail }) => detail.status),
      [302, 200, 302, 304],
    )
    assert.equal(received[1]?.headers.cookie, 'a=1; b=2')
  })

  it('leaves servers that choose HTTP/1.1, or know no ALPN, to HTTP/1.1', async () => {
    const server = await startHttpServer({ '/': answer(200, [], 'old') }, certificate)
    const { io } = await connectTo(server.origin, { times: 2 })
    assert.equal(server.connections, 1)
    assert.deepEqual(
      io.all('response').map(({ detail }) => [detail.httpVersion, detail.reused]),
      [
        ['1.1', false],
        ['1.1', true],
      ],
    )
    await server.close()
  })

  it('offers HTTP/1.1 alone where the profile says so', async () => {
    const server = createServer({ ...certificate, allowHTTP1: true }, (request, response) => {
      response.end(`HTTP/${request.httpVersion}`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    for (const [httpVersion, said] of [
      ['1.1', 'HTTP/1.1'],
      ['auto', 'HTTP/2.0'],
      ['2', 'HTTP/2.0'],
    ] as const) {
      const { io } = await connectTo(`https://127.0.0.1:${port}/`, { fields: { httpVersion } })
      assert.equal(textOf(io.all('response')[0]), said)
    }
    server.close()
  })

  it('says that a server does not speak it where the profile wants nothing else', async () => {
    const secure = await startHttpServer({ '/': answer(200, [], 'old') }, certificate)
    const plain = await startHttpServer({ '/': answer(400, [], 'old') })
    for (const [{ origin, host }, words] of [
      [secure, /^127\.0\.0\.1:\d+ does not speak HTTP\/2 over TLS: it chose no protocol\.$/],
      [plain, /^127\.0\.0\.1:\d+ does not speak HTTP\/2: what it sent begins otherwise/],
    ] as const) {
      const { io, outcomes } = await connectTo(origin, { fields: { httpVersion: '2' } })
      const [error] = io.all('error')
      assert.equal(error?.code, 'http2-unavailable', error?.detail.message)
      assert.match(error?.detail.message ?? '', words)
      assert.ok(error?.detail.message.includes(host))
      assert.equal(outcomes[0]?.kind, 'refused')
      // In the clear there are bytes to show.
      assert.match(textOf(error), origin.startsWith('https') ? /^$/ : /^HTTP\/1\.1 404 /)
    }
    await secure.close()
    await plain.close()
  })
})

describe('The wire layer of HTTP/2', () => {
  it('has the frames about connection and stream, those of an idle connection with the next request', async () => {
    let session: Http2Session | null = null
    const { io } = await pollHttp2(
      (one) => {
        session = one.session
        hello(one)
      },
      {
        method: 'long-polling',
        times: 2,
        between: () => new Promise((ponged) => session?.ping(Buffer.alloc(8), ponged)),
      },
    )
    assert.deepEqual((await pollHttp2(hello, {})).io.all('control'), [])
    const lines = io.frames.flatMap((frame) =>
      frame.kind === 'control' || frame.kind === 'request'
        ? [`${frame.direction} ${'type' in frame.detail ? frame.detail.type : frame.kind}`]
        : [],
    )
    assert.deepEqual(lines.slice(0, 3), ['out SETTINGS', 'out WINDOW_UPDATE', 'out request'])
    assert.ok(lines.includes('in SETTINGS'))
    assert.deepEqual(lines.slice(-3), ['in PING', 'out PING', 'out request'])
    const [settings] = io.all('control')
    assert.match(settings?.detail.says ?? '', /^ENABLE_PUSH 0, INITIAL_WINDOW_SIZE 4194304/)
    assert.equal(settings?.wireBytes, 9 + (settings?.sizeBytes ?? 0))
    assert.equal(settings?.payload?.byteLength, settings?.sizeBytes)
  })
})
