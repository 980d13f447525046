// The bytes that frames took on the wire add up to what the sockets counted, for every method and every way of it.

import assert from 'node:assert/strict'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { after, before, describe, it } from 'mocha'
import type { ClientMethod, Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import { allowUntrusted } from '../../support/samples/testEndpoint.ts'
import { startProxy, type TestProxy } from '../../support/servers/connectProxy.ts'
import { type Http2Behaviour, startHttp2Server } from '../../support/servers/http2Server.ts'
import {
  answer,
  answerBytes,
  type HttpBehaviour,
  inTurn,
  raw,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { assertWireSums } from '../../support/sessions/assertWireSums.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const events = 'data: a\n\n\n: note\n\nretry: 10\nretry: 10\nid: 1\nevent: b\ndata: é\n\n'
const sse = ['Content-Type: text/event-stream']
const chunkedHead = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n'
const chunkedSse = `${chunkedHead}Content-Type: text/event-stream\r\n\r\n`

function chunk(text: string | Uint8Array, extension = ''): Buffer {
  const bytes = Buffer.from(text)
  const line = `${bytes.length.toString(16)}${extension}\r\n`
  return Buffer.concat([Buffer.from(line), bytes, Buffer.from('\r\n')])
}

/** Writes the pieces one after the other, each when the one before has left and some time has passed. */
function paced(...pieces: readonly (string | Uint8Array)[]): HttpBehaviour {
  return async ({ socket }) => {
    for (const piece of pieces) {
      await new Promise<void>((done) => socket.write(piece, () => setTimeout(done, 5)))
    }
    socket.end()
  }
}

const coded = (data: string | Uint8Array, coding: string) => [
  `${chunkedHead}Content-Type: text/event-stream\r\nContent-Encoding: ${coding}\r\n\r\n`,
  chunk(Buffer.from(data).subarray(0, 20)),
  chunk(Buffer.from(data).subarray(20)),
  '0\r\n\r\n',
]

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/plain': inTurn(answer(200, ['ETag: "1"'], '{"a":1}'), answer(304), answer(500, [], 'oops')),
  '/chunked': raw(`${chunkedHead}X-Odd:no space\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n`),
  '/gzip': answer(200, ['Content-Encoding: gzip'], gzipSync('hello '.repeat(99))),
  '/moved': answer(302, ['Location: /plain'], 'over there'),
  '/hints': raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${answerBytes(200, [], 'x')}`),
  '/surplus': raw(`${answerBytes(200, [], 'x')}more`),
  '/pieces': paced('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none', 'two', 'six'),
  '/cut': raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none', 'end'),
  '/no-http': raw('SSH-2.0-OpenSSH_9.6\r\n', 'end'),
  '/half-head': raw('HTTP/1.1 200 OK\r\nContent-', 'end'),
  '/once': inTurn(answer(200, [], 'x'), ({ socket }) => socket.destroy()),
  '/sse': answer(200, sse, events),
  '/sse-close': raw(`HTTP/1.1 200 OK\r\n${sse}\r\n\r\n${events}data: lost`, 'end'),
  '/sse-one-read': raw(
    Buffer.concat([
      Buffer.from(chunkedSse),
      ...['data: 1\n\n', 'data: 22\n\n', `data: ${'3'.repeat(300)}\n\n`].map((one) => chunk(one)),
      Buffer.from('0\r\n\r\n'),
    ]),
  ),
  '/sse-reads': paced(
    `${chunkedSse}1`,
    '5;name=value\r\ndata: 1\n\ndata',
    ': 22\n\n\r',
    '\n',
    chunk(events),
    '0\r\nX-Sum: 1\r\n\r\n',
  ),
  '/sse-gzip': paced(...coded(gzipSync(events.repeat(20)), 'gzip')),
  '/sse-zstd': paced(...coded(zstdCompressSync(events.repeat(20)), 'zstd')),
  '/sse-gzip-cut': paced(...coded(gzipSync(events.repeat(20)), 'gzip').slice(0, 2)),
  '/sse-not-gzip': paced(...coded(events, 'gzip')),
  '/sse-broken': raw(`${chunkedSse}9\r\ndata: a\n\n\r\nzz\r\n`),
  '/sse-reset': paced(chunkedSse, chunk(events), chunk('data: lost')),
  '/sse-surplus': raw(Buffer.concat([answerBytes(200, sse, events), Buffer.from('more')])),
  '/sse-late-surplus': paced(answerBytes(200, sse, events), 'more'),
  '/sse-refused': answer(200, ['Content-Type: text/html'], '<html></html>'),
  '/sse-large': raw(`${chunkedSse}`.concat(chunk(`data: a\n\n:${'x'.repeat(300)}`).toString())),
  '/sse-invalid': raw(
    Buffer.concat([
      Buffer.from(chunkedSse),
      chunk(Buffer.from([100, 97, 116, 97, 58, 0xff, 10, 10])),
      Buffer.from('0\r\n\r\n'),
    ]),
  ),
  '/sse-open': raw(Buffer.concat([Buffer.from(chunkedSse), chunk('data: a\n\ndata: b')])),
  '/ndjson': raw(
    Buffer.concat([
      Buffer.from(`${chunkedHead}Content-Type: application/x-ndjson\r\n\r\n`),
      chunk('{"a":1}\n\n{"b"'),
      chunk(':2}\nno json\n'),
      Buffer.from('0\r\n\r\n'),
    ]),
  ),
  '/json-seq': answer(200, ['Content-Type: application/json-seq'], '\x1e\x1e{"a":1}\n\n\x1e\n12'),
  '/text': answer(200, ['Content-Type: text/plain'], Buffer.from([97, 0xc3])),
}

type Case = readonly [path: string, fields?: Partial<Endpoint>, limits?: Partial<Limits>]

const cases: Readonly<Record<Exclude<ClientMethod, 'websocket'>, readonly Case[]>> = {
  polling: [
    ['/plain'],
    ['/plain', { request: 'POST', body: '{"q":1}', cookies: true }],
    ['/chunked'],
    ['/gzip'],
    ['/moved'],
    ['/hints'],
    ['/surplus'],
    ['/pieces'],
    ['/cut'],
    ['/no-http'],
    ['/half-head'],
    ['/once'],
  ],
  'long-polling': [['/plain'], ['/chunked'], ['/pieces'], ['/cut'], ['/once']],
  sse: [
    ['/sse'],
    ['/sse-close'],
    ['/sse-one-read'],
    ['/sse-reads'],
    ['/sse-gzip'],
    ['/sse-zstd'],
    ['/sse-gzip-cut'],
    ['/sse-not-gzip'],
    ['/sse-broken'],
    ['/sse-reset'],
    ['/sse-surplus'],
    ['/sse-late-surplus'],
    ['/sse-refused'],
    ['/sse-invalid'],
    ['/sse-large', {}, { messageBytes: 100 }],
    ['/ndjson'],
    ['/json-seq'],
    ['/text', { stream: 'text' }],
  ],
}

describe('What frames took on the wire', () => {
  let server: TestHttpServer
  let proxy: TestProxy
  before(async () => {
    server = await startHttpServer(behaviours)
    proxy = await startProxy()
  })
  after(async () => {
    await server.close()
    await proxy.close()
  })

  /** Up to so many answers, or the end. */
  async function run(method: ClientMethod, [path, fields, limits]: Case, proxyUrl?: string) {
    const endpoint = endpointAt(server.origin, method, path, {
      reconnectAttempts: path === '/sse' ? 1 : 0,
      ...(proxyUrl && { proxy: proxyUrl }),
      ...fields,
    })
    let answers = 0
    return runSession(endpoint, {
      limits: { ...defaultLimits, ...limits },
      until: ({ kind }) => kind === 'response' && ++answers === 4,
    })
  }

  for (const [method, list] of Object.entries(cases) as [
    Exclude<ClientMethod, 'websocket'>,
    Case[],
  ][]) {
    for (const one of list) {
      it(`is what the sockets counted: ${method} of ${one[0]}`, async () => {
        assertWireSums(await run(method, one))
      })
    }
  }

  it('is what the sockets counted through a proxy', async () => {
    for (const path of ['/plain', '/chunked']) {
      assertWireSums(await run('polling', [path], proxy.url))
    }
    assertWireSums(await run('sse', ['/sse-one-read'], proxy.url))
  })

  it('is what the sockets counted of a stream that is left, and of requests beside it', async () => {
    const url = `${server.origin}/gzip`
    const left = await runSession(endpointAt(server.origin, 'sse', '/sse-open'), {
      until({ kind, detail }, session) {
        if (kind === 'event') void session.request({ request: 'GET', url, headers: [], body: null })
        return kind === 'response' && detail.purpose === 'companion'
      },
    })
    assert.equal(left.all('response').length, 2)
    assertWireSums(left)
  })

  it('is what the sockets counted over TLS', async () => {
    const secure = await startHttpServer(behaviours, makeCertificate({ name: 'localhost' }))
    for (const [method, path] of [
      ['polling', '/plain'],
      ['sse', '/sse-one-read'],
    ] as const) {
      let answers = 0
      assertWireSums(
        await runSession(endpointAt(secure.origin, method, path, allowUntrusted), {
          until: ({ kind }) => kind === 'response' && ++answers === 3,
        }),
      )
    }
    await secure.close()
  })

  it('is what the sockets counted in HTTP/2', async () => {
    const http2 = await startHttp2Server(answerHttp2)
    for (const method of ['polling', 'long-polling', 'sse'] as const) {
      let answers = 0
      const run = await runSession(
        endpointAt(http2.origin, method, `/${method}`, { httpVersion: '2' }),
        { until: ({ kind }) => kind === 'response' && ++answers === 3 },
      )
      assertWireSums(run)
    }
    await http2.close()
  })
})

const answerHttp2: Http2Behaviour = ({ stream, headers }) => {
  const isStream = headers[':path'] === '/sse'
  stream.respond({ ':status': 200, ...(isStream && { 'content-type': 'text/event-stream' }) })
  stream.write(events)
  stream.end(events.repeat(50))
}
