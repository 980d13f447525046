// Polling over HTTP/2: chosen by ALPN or named by the profile, heads as they crossed the wire, one connection for many polls.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { createPollingTransport } from '../../../src/engine/transports/polling/polling.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { allowUntrusted, testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import {
  type Http2Behaviour,
  respond,
  startHttp2Server,
} from '../../support/servers/http2Server.ts'
import { answer, startHttpServer } from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'

const certificate = makeCertificate({ name: 'server', addresses: ['127.0.0.1'] })

/** Polls the URL so many times with one transport. */
async function poll(url: string, times: number, fields: Partial<Endpoint> = {}) {
  const endpoint = testEndpoint({ url, method: 'polling', ...allowUntrusted, ...fields })
  const transport = createPollingTransport(testOptions(endpoint))
  const io = createRecordingIo()
  const outcomes = []
  for (let i = 0; i < times; i++) outcomes.push(await transport.connect(io))
  await transport.close()
  return { io, outcomes, request: io.all('request')[0], response: io.all('response')[0] }
}

async function pollHttp2(
  behave: Http2Behaviour,
  times: number,
  fields: Partial<Endpoint> = {},
  tls: Parameters<typeof startHttp2Server>[1] | null = certificate,
) {
  const server = await startHttp2Server(behave, tls ?? undefined)
  const version = tls === null ? ({ httpVersion: '2' } as const) : {}
  const polled = await poll(`${server.origin}/a?b=1`, times, { ...version, ...fields })
  const { received, connections, host } = server
  const bytes = server.bytes()
  await server.close()
  return { ...polled, received, connections, host, bytes }
}

const hello = respond(200, { 'content-type': 'text/plain', 'X-Case': 'Kept' }, 'hello')

describe('Polling over HTTP/2', () => {
  it('speaks it where the server chooses it by ALPN, on one connection, and draws heads as they were', async () => {
    const { io, request, response, received, connections, host } = await pollHttp2(hello, 3)
    assert.deepEqual(
      io.frames.map(({ kind }) => kind),
      ['request', 'response', 'request', 'response', 'request', 'response'],
    )
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
    const { request, response, received } = await pollHttp2(hello, 1, {}, null)
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
      1,
      {
        request: 'POST',
        body: 'x'.repeat(100_000),
        headers: [
          ['X-A', '1'],
          ['X-B', '2'],
          ['x-a', '3'],
          ['Host', 'other.test'],
        ],
      },
    )
    const fields = request?.detail.headers ?? []
    assert.deepEqual(fields[2], [':authority', 'other.test'])
    assert.deepEqual(fields.slice(-4), [
      ['x-a', '1'],
      ['x-a', '3'],
      ['x-b', '2'],
      ['content-length', '100000'],
    ])
    assert.deepEqual(received[0]?.rawHeaders, fields.flat())
    assert.equal(request?.sizeBytes, 100_000)
    assert.ok((request?.wireBytes ?? 0) > 100_000)
  })

  it('counts every byte of the connection', async () => {
    const { io, bytes } = await pollHttp2(hello, 3, {}, null)
    const sum = (direction: 'in' | 'out') =>
      io.frames
        .filter((frame) => frame.direction === direction)
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
    const { io } = await pollHttp2((one) => answers[one.nth]?.(one), 2)
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
      2,
      { request: 'HEAD', cookies: true },
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
    const { response, io } = await poll(server.origin, 2)
    assert.equal(response?.detail.httpVersion, '1.1')
    assert.equal(server.connections, 1)
    assert.deepEqual(
      io.all('response').map(({ detail }) => detail.reused),
      [false, true],
    )
    await server.close()
  })

  it('offers HTTP/1.1 alone where the profile says so', async () => {
    const both = { ...certificate, allowHTTP1: true }
    const server = await startHttp2Server(hello, both)
    const { response, outcomes } = await poll(server.origin, 1, { httpVersion: '1.1' })
    await server.close()
    assert.equal(response?.detail.httpVersion ?? '1.1', '1.1')
    assert.equal(server.received.length, 0)
    assert.notEqual(outcomes[0]?.kind, 'stopped')
  })

  it('says that a server does not speak it where the profile wants nothing else', async () => {
    const secure = await startHttpServer({ '/': answer(200, [], 'old') }, certificate)
    const plain = await startHttpServer({ '/': answer(400, [], 'old') })
    for (const [{ origin, host }, words] of [
      [secure, /^127\.0\.0\.1:\d+ does not speak HTTP\/2 over TLS: it chose no protocol\.$/],
      [plain, /^127\.0\.0\.1:\d+ does not speak HTTP\/2: what it sent does not begin with a SETT/],
    ] as const) {
      const { io, outcomes } = await poll(origin, 1, { httpVersion: '2' })
      const [error] = io.all('error')
      assert.equal(error?.code, 'http2-unavailable', error?.detail.message)
      assert.match(error?.detail.message ?? '', words)
      assert.ok(error?.detail.message.includes(host))
      assert.equal(outcomes[0]?.kind, 'refused')
    }
    await secure.close()
    await plain.close()
  })
})
