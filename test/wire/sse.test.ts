// Server-sent events against a loopback server where one path is one behaviour.

import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { after, before, describe, it } from 'mocha'
import { createSseTransport } from '../../src/engine/transports/sse.ts'
import type { Outcome, Transport } from '../../src/engine/transports/transport.ts'
import type { Endpoint } from '../../src/shared/endpoint.ts'
import type { NewFrame } from '../../src/shared/frame.ts'
import type { Limits } from '../../src/shared/limits.ts'
import { createRecordingIo, type RecordingIo } from '../support/recordingIo.ts'
import {
  type SseBehaviour,
  startSseServer,
  stream,
  type TestSseServer,
} from '../support/sseServer.ts'
import { testEndpoint, testOptions } from '../support/testEndpoint.ts'

const mixed =
  ': hello\nretry: 1500\nid: 1\nevent: trade\ndata: a\ndata: é\n\ndata: b\n\nid: 2\n\ndata: lost'

const behaviours: Readonly<Record<string, SseBehaviour>> = {
  '/mixed': (response) => stream(response, mixed).end(),
  '/mixed-slowly': async (response) => {
    stream(response, '')
    for (const byte of Buffer.from(mixed)) {
      response.write(Uint8Array.of(byte))
      await nextTurn()
    }
    response.end()
  },
  '/gzip': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' })
    response.end(gzipSync(mixed))
  },
  '/open': (response) => stream(response, 'data: a\n\n'),
  '/resume': (response, request) => {
    const last = Number(request.headers['last-event-id'] ?? '0')
    stream(response, `id: ${last + 1}\ndata: x\n\n`).end()
  },
  '/id-utf8': (response) => stream(response, 'id: 日本\ndata: x\n\n').end(),
  '/id-cleared': (response, _request, visit) =>
    stream(response, visit === 1 ? 'id: 1\ndata: x\n\n' : 'id\ndata: y\n\n').end(),
  '/no-id': (response, _request, visit) =>
    stream(response, visit === 1 ? 'id: 9\ndata: x\n\n' : 'data: y\n\n').end(),
  '/retry-huge': (response) => stream(response, `retry: ${'9'.repeat(30)}\n\n`).end(),
  '/retry-twice': (response) => stream(response, 'retry: 50\nretry: 50\n\nretry: 60\n\n').end(),
  '/done': (response) => response.writeHead(204).end(),
  '/html': (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>hi'),
  '/no-type': (response) => response.writeHead(200).end('data: x\n\n'),
  '/endless-json': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"a":1}\n')
  },
  '/ndjson': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson; charset=utf-8' })
    response.end('{"a":1}\r\n\n[2]\nnot json\n{"b"')
  },
  '/json-seq': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json-seq' })
    response.end('\x1e{"a":\n1}\n\x1e12\n\x1e12')
  },
  '/json-seq-open': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/geo+json-seq' })
    response.write('\x1e{"a":1}\n')
  },
  '/plain': (response) => {
    response.writeHead(201, { 'Content-Type': 'text/plain' })
    response.write(Buffer.from('so \xc3', 'latin1'), () =>
      setImmediate(() => response.end(Buffer.from('\xa9t', 'latin1'))),
    )
  },
  '/ndjson-cut': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
    response.write('{"a":1}\n{"a', () => setImmediate(() => response.destroy()))
  },
  '/ndjson-large': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
    response.write(`{"a":1}\n"${'x'.repeat(200)}`)
  },
  '/odd-lines': (response) =>
    stream(response, 'Data: a\nretry: soon\nevent: none\n\nid: \0\ndata: b\n\n').end(),
  '/parameters': (response) => {
    response.writeHead(200, { 'Content-Type': 'Text/Event-Stream; charset=latin1' })
    response.end('data: é\n\n')
  },
  '/created': (response) =>
    response.writeHead(201, { 'Content-Type': 'text/event-stream' }).end('data: x\n\n'),
  '/unauthorized': (response) =>
    response.writeHead(401, { 'Content-Type': 'text/plain' }).end('token please'),
  '/broken': (response) => response.writeHead(503).end('down'),
  '/moved': (response) => response.writeHead(307, { Location: '/mixed' }).end('over there'),
  '/circle': (response) => response.writeHead(302, { Location: '/circle' }).end(),
  '/cut': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write('data: a\n\ndata: b', () => setImmediate(() => response.destroy()))
  },
  '/reset': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write('data: a\n\n', () => {
      setImmediate(() => response.socket?.resetAndDestroy())
    })
  },
  '/bad-chunk': (response) => {
    const head =
      'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'
    response.socket?.end(`${head}9\r\ndata: a\n\n\r\nzz\r\n`)
  },
  '/large-event': (response) =>
    stream(response, `data: a\n\n${'data: 1234567890\n'.repeat(20)}\n\n`),
  '/large-line': (response) => stream(response, `data: a\n\n:${'x'.repeat(200)}`),
  '/long-data': (response) =>
    stream(response, `data: ${'x'.repeat(90)}\n\n:${'y'.repeat(80)}\n`).end(),
  '/invalid-utf8': (response) =>
    stream(response, Buffer.from('data: \xff\n\n: ok\n', 'latin1')).end(),
  '/silent': () => null,
  '/post': (response, request) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => stream(response, `data: ${request.method} ${body}\n\n`).end())
  },
}

describe('Server-sent events', () => {
  let server: TestSseServer

  before(async () => {
    server = await startSseServer(behaviours)
  })
  after(() => server.close())

  function transportFor(
    path: string,
    fields: Partial<Endpoint> = {},
    limits: Partial<Limits> = {},
  ): Transport {
    const endpoint = testEndpoint({ url: server.url(path), method: 'sse', ...fields })
    return createSseTransport(testOptions(endpoint, limits))
  }

  async function run(
    path: string,
    fields?: Partial<Endpoint>,
    limits?: Partial<Limits>,
  ): Promise<{ readonly io: RecordingIo; readonly outcome: Outcome }> {
    const io = createRecordingIo()
    const transport = transportFor(path, fields, limits)
    const outcome = await transport.connect(io)
    await transport.close()
    return { io, outcome }
  }

  describe('a stream', () => {
    const expected = [
      ['comment', {}, 'hello', 8],
      ['retry', { delayMs: 1500 }, '', 12],
      ['event', { type: 'trade', lastEventId: '1' }, 'a\né', 37],
      ['event', { type: 'message', lastEventId: '1' }, 'b', 9],
      ['ignored', { why: 'unfinished' }, 'data: lost', 10],
    ]
    for (const [title, path] of [
      ['at once', '/mixed'],
      ['a byte at a time', '/mixed-slowly'],
      ['compressed', '/gzip'],
    ] as const) {
      it(`is drawn with comments, retry and events when it comes ${title}`, async () => {
        const { io, outcome } = await run(path)
        assert.deepEqual(io.frames.slice(2).map(told), expected)
        assert.deepEqual(outcome, {
          kind: 'lost',
          reason: 'retry',
          delayMs: 1500,
          message: 'The stream ended.',
        })
        assert.equal(io.openings, 1)
        assert.equal(io.isAwaiting, false)
      })
    }

    it('begins with the request and the head of its response', async () => {
      const { io } = await run('/mixed', { headers: [['X-Key', 'v']] })
      const [request, response] = io.frames
      assert(request?.kind === 'request' && response?.kind === 'response')
      assert.equal(request.detail.purpose, 'stream')
      const sent = new Map(request.detail.headers)
      assert.equal(sent.get('Accept'), 'text/event-stream')
      assert.equal(sent.get('Cache-Control'), 'no-cache')
      assert.equal(sent.get('X-Key'), 'v')
      assert.equal(sent.has('Last-Event-ID'), false)
      assert.equal(response.detail.status, 200)
      assert.equal(response.payload, null)
      assert.equal(response.replyTo, 1)
    })

    it('lets the user name other headers', async () => {
      const headers = [
        ['accept', 'text/event-stream, */*'],
        ['last-event-id', '40'],
      ] as const
      const { io } = await run('/resume', { headers })
      assert.deepEqual(told(io.all('event')[0]).slice(1, 3), [
        { type: 'message', lastEventId: '41' },
        'x',
      ])
      const sent = io.all('request')[0]?.detail.headers ?? []
      assert.equal(sent.filter(([name]) => name.toLowerCase() === 'accept').length, 1)
    })

    it('can be asked for with another method and a body', async () => {
      const { io } = await run('/post', { request: 'POST', body: '{"q":1}' })
      assert.equal(textOf(io.all('event')[0]), 'POST {"q":1}')
      assert.equal(textOf(io.all('request')[0]), '{"q":1}')
    })

    it('is UTF-8 whatever its content type says', async () => {
      const { io } = await run('/parameters')
      assert.equal(textOf(io.all('event')[0]), 'é')
    })

    it('has invalid UTF-8 replaced', async () => {
      const { io } = await run('/invalid-utf8')
      assert.equal(textOf(io.all('event')[0]), '\ufffd')
      assert.equal(textOf(io.all('comment')[0]), 'ok')
    })

    it('follows a redirect, drawn as an exchange of its own', async () => {
      const { io, outcome } = await run('/moved')
      assert.deepEqual(
        io.frames.slice(0, 4).map((frame) => frame.kind),
        ['request', 'response', 'request', 'response'],
      )
      const [moved] = io.all('response')
      assert.equal(moved?.detail.redirectTo, server.url('/mixed'))
      assert.equal(textOf(moved), 'over there')
      assert.equal(io.all('event').length, 2)
      assert.equal(outcome.kind, 'lost')
    })

    it('counts the bytes of the socket', async () => {
      const { io } = await run('/mixed')
      const [request, response] = io.frames
      assert.equal(io.wireBytes.out, request?.wireBytes)
      const chunked = io.wireBytes.in - (response?.wireBytes ?? 0)
      assert(chunked > Buffer.byteLength(mixed), `${chunked} bytes after the head`)
    })

    it('is left when it is stopped', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/open').connect(io)
      await io.first('event')
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.deepEqual(io.all('error'), [])
    })

    it('is not asked for when it is stopped before', async () => {
      const io = createRecordingIo()
      io.abort()
      assert.deepEqual(await transportFor('/open').connect(io), { kind: 'stopped' })
      assert.deepEqual(io.frames, [])
    })

    it('is not waited for any more when it is stopped before its head', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/silent').connect(io)
      await io.first('request')
      assert.equal(io.isAwaiting, true)
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.equal(io.isAwaiting, false)
    })
  })

  describe('the next connection', () => {
    async function runTwice(path: string, fields?: Partial<Endpoint>): Promise<RecordingIo> {
      const transport = transportFor(path, fields)
      await transport.connect(createRecordingIo(1))
      const second = createRecordingIo(2)
      await transport.connect(second)
      await transport.close()
      return second
    }

    function idSent(io: RecordingIo): string | undefined {
      return new Map(io.all('request')[0]?.detail.headers).get('Last-Event-ID')
    }

    it('sends the last event ID', async () => {
      const io = await runTwice('/resume')
      assert.equal(idSent(io), '1')
      assert.deepEqual(io.all('event')[0]?.detail, { type: 'message', lastEventId: '2' })
    })

    it('sends it in place of the one that the user began with', async () => {
      const io = await runTwice('/resume', { headers: [['Last-Event-ID', '7']] })
      assert.equal(idSent(io), '8')
    })

    it('sends it as UTF-8', async () => {
      await runTwice('/id-utf8')
      const received = server.requests.at(-1)?.headers['last-event-id']
      assert.equal(Buffer.from(String(received), 'latin1').toString('utf8'), '日本')
    })

    it('keeps it while events come without one', async () => {
      const io = await runTwice('/no-id')
      assert.deepEqual(io.all('event')[0]?.detail, { type: 'message', lastEventId: '9' })
    })

    it('sends none once the server has cleared it', async () => {
      const transport = transportFor('/id-cleared')
      const sent: (string | undefined)[] = []
      for (let connection = 1; connection <= 3; connection++) {
        const io = createRecordingIo(connection)
        await transport.connect(io)
        sent.push(idSent(io))
      }
      assert.deepEqual(sent, [undefined, '1', undefined])
      await transport.close()
    })

    it('waits no longer than a timer can', async () => {
      const { outcome } = await run('/retry-huge')
      assert(outcome.kind === 'lost')
      assert.equal(outcome.delayMs, 2 ** 31 - 1)
    })

    it('waits 3 s when the stream says nothing', async () => {
      const { outcome } = await run('/no-id')
      assert(outcome.kind === 'lost')
      assert.equal(outcome.delayMs, 3000)
    })

    it('draws a retry that changes something', async () => {
      const { io } = await run('/retry-twice')
      assert.deepEqual(
        io.all('retry').map((frame) => frame.detail.delayMs),
        [50, 60],
      )
    })
  })

  describe('an answer that is no stream', () => {
    it('ends the session with 204', async () => {
      const { io, outcome } = await run('/done')
      assert.equal(outcome.kind, 'done')
      assert.deepEqual(io.all('error'), [])
      assert.equal(io.openings, 0)
    })

    const refusals: readonly [path: string, code: string, body: string][] = [
      ['/html', 'sse-wrong-content-type', '<p>hi'],
      ['/no-type', 'sse-wrong-content-type', 'data: x\n\n'],
      ['/unauthorized', 'sse-bad-status', 'token please'],
      ['/broken', 'sse-bad-status', 'down'],
      ['/created', 'sse-bad-status', 'data: x\n\n'],
      ['/nowhere', 'sse-bad-status', 'not here\n'],
    ]
    for (const [path, code, body] of refusals) {
      it(`is refused with its body: ${path} is ${code}`, async () => {
        const { io, outcome } = await run(path)
        assert.equal(textOf(io.all('response')[0]), body)
        assert.deepEqual(
          io.frames.map((frame) => [frame.kind, frame.code]),
          [
            ['request', null],
            ['response', null],
            ['error', code],
          ],
        )
        assert.equal(outcome.kind, 'refused')
        assert.equal(io.openings, 0)
      })
    }

    it('is not waited for when it has no end', async () => {
      const { io, outcome } = await run('/endless-json')
      assert.equal(textOf(io.all('response')[0]), '{"a":1}\n')
      assert.equal(io.all('error').at(-1)?.code, 'sse-wrong-content-type')
      assert.equal(outcome.kind, 'refused')
    })
  })

  describe('what a browser makes nothing of', () => {
    it('is recorded for the wire layer, with why', async () => {
      const { io } = await run('/odd-lines')
      assert.deepEqual(io.frames.slice(2).map(told), [
        ['ignored', { why: 'unknown-field' }, 'Data: a', 8],
        ['ignored', { why: 'invalid-retry' }, 'retry: soon', 12],
        ['ignored', { why: 'no-data' }, 'event: none', 13],
        ['ignored', { why: 'nul-in-id' }, 'id: \0', 6],
        ['event', { type: 'message', lastEventId: '' }, 'b', 9],
      ])
    })

    it('is not told of a stream that the user has left', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/large-line').connect(io)
      await io.first('event')
      io.abort()
      await ended
      assert.deepEqual(io.all('ignored'), [])
    })
  })

  describe('a stream that is not SSE', () => {
    const streams: readonly [path: string, stream: Endpoint['stream'], records: unknown[]][] = [
      [
        '/ndjson',
        'auto',
        [
          ['record', { format: 'ndjson' }, '{"a":1}', 9],
          ['ignored', { why: 'blank-line' }, '', 1],
          ['record', { format: 'ndjson' }, '[2]', 4],
          ['record', { format: 'ndjson', flaw: 'not-json' }, 'not json', 9],
          ['record', { format: 'ndjson', flaw: 'cut-short' }, '{"b"', 4],
        ],
      ],
      [
        '/json-seq',
        'auto',
        [
          ['record', { format: 'json-seq' }, '{"a":\n1}', 10],
          ['record', { format: 'json-seq' }, '12', 4],
          ['record', { format: 'json-seq', flaw: 'cut-short' }, '12', 3],
        ],
      ],
      [
        '/plain',
        'text',
        [
          ['record', { format: 'text' }, 'so ', 3],
          ['record', { format: 'text' }, 'ét', 3],
        ],
      ],
    ]
    for (const [path, wanted, records] of streams) {
      it(`is drawn a frame a record, and its end is the end: ${path} as ${wanted}`, async () => {
        const { io, outcome } = await run(path, { stream: wanted })
        assert.deepEqual(io.frames.slice(2).map(told), records)
        assert.deepEqual(outcome, { kind: 'done', message: 'The stream ended.' })
        assert.equal(io.openings, 1)
        const [response] = io.all('response')
        assert.equal(response?.detail.stream, wanted === 'auto' ? path.slice(1) : wanted)
        assert.deepEqual(io.all('error'), [])
      })
    }

    it('shows a record of a sequence at once, not with the next one', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/json-seq-open').connect(io)
      const record = await io.first('record')
      assert.equal(textOf(record), '{"a":1}')
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
    })

    it('goes by the format that is asked for, whatever the content type says', async () => {
      const { io } = await run('/mixed', { stream: 'ndjson' })
      assert.equal(io.all('event').length, 0)
      assert.equal(textOf(io.all('record')[0]), ': hello')
      const accept = new Map(io.all('request')[0]?.detail.headers).get('Accept')
      assert.match(accept ?? '', /application\/x-ndjson/)
    })

    it('is refused where only an event stream will do', async () => {
      const { io, outcome } = await run('/ndjson', { stream: 'sse' })
      assert.equal(io.all('error')[0]?.code, 'sse-wrong-content-type')
      assert.equal(outcome.kind, 'refused')
    })

    it('is refused with an error status', async () => {
      const { io, outcome } = await run('/broken', { stream: 'ndjson' })
      assert.equal(io.all('error')[0]?.code, 'sse-bad-status')
      assert.equal(outcome.kind, 'refused')
    })

    it('may come back when it breaks off', async () => {
      const { io, outcome } = await run('/ndjson-cut')
      assert.deepEqual(io.all('record').map(told), [
        ['record', { format: 'ndjson' }, '{"a":1}', 8],
        ['record', { format: 'ndjson', flaw: 'cut-short' }, '{"a', 3],
      ])
      assert.equal(io.all('error')[0]?.code, 'connection-reset')
      assert(outcome.kind === 'lost' && outcome.delayMs === undefined)
    })

    it('ends the session at a limit', async () => {
      const { io, outcome } = await run('/ndjson-large', {}, { messageBytes: 100 })
      assert.equal(io.all('record').length, 1)
      assert.equal(io.all('error')[0]?.code, 'message-too-large')
      assert.equal(outcome.kind, 'refused')
    })
  })

  describe('a stream by POST', () => {
    const post = { request: 'POST', body: '{"q":1}' }

    it('is not asked for again when it has ended', async () => {
      const { outcome } = await run('/post', post)
      assert.deepEqual(outcome, {
        kind: 'done',
        message: 'The stream ended. POST is not sent again by itself: reconnect to send it.',
      })
    })

    it('is not asked for again when it has broken off', async () => {
      const { outcome } = await run('/cut', post)
      assert.equal(outcome.kind, 'refused')
    })

    it('is asked for again where the profile says so', async () => {
      const { outcome } = await run('/post', { ...post, reconnectAs: 'browser' })
      assert.equal(outcome.kind, 'lost')
    })
  })

  describe('faults', () => {
    it('may pass when a stream breaks off, and what is not complete is no event', async () => {
      const { io, outcome } = await run('/cut')
      assert.deepEqual(io.all('event').map(textOf), ['a'])
      assert.equal(io.all('error')[0]?.code, 'connection-reset')
      assert(outcome.kind === 'lost')
      assert.equal(outcome.reason, 'retry')
    })

    it('may pass when a connection is reset', async () => {
      const { io, outcome } = await run('/reset')
      assert.deepEqual(io.all('event').map(textOf), ['a'])
      assert.equal(io.all('error')[0]?.code, 'connection-reset')
      assert.equal(outcome.kind, 'lost')
    })

    it('keep the events before broken chunking', async () => {
      const { io, outcome } = await run('/bad-chunk')
      assert.deepEqual(io.all('event').map(textOf), ['a'])
      assert.equal(io.all('error')[0]?.code, 'http-broken-chunking')
      assert.equal(outcome.kind, 'lost')
    })

    it('are told when no answer comes in time', async () => {
      const { io, outcome } = await run('/silent', { timeoutMs: 50 })
      assert.equal(io.all('error')[0]?.code, 'http-timeout')
      assert.equal(outcome.kind, 'lost')
    })

    it('end the session when redirects go in a circle', async () => {
      const { io, outcome } = await run('/circle')
      assert.equal(io.all('error')[0]?.code, 'redirect-loop')
      assert.equal(outcome.kind, 'refused')
    })

    for (const path of ['/large-event', '/large-line']) {
      it(`end the session at a limit: ${path}`, async () => {
        const { io, outcome } = await run(path, {}, { messageBytes: 100 })
        assert.deepEqual(io.all('event').map(textOf), ['a'])
        assert.equal(io.all('error')[0]?.code, 'message-too-large')
        assert.equal(io.all('error').length, 1)
        assert.equal(outcome.kind, 'refused')
      })
    }

    it('are none when a payload is cut at its limit', async () => {
      const { io } = await run('/long-data', {}, { payloadBytes: 50 })
      for (const frame of [io.all('event')[0], io.all('comment')[0]]) {
        assert.equal(frame?.payload?.length, 50)
        assert.equal(frame.detail.truncatedAt, 50)
        assert(frame.sizeBytes >= 80)
      }
    })
  })
})

function told(frame: NewFrame | undefined): unknown[] {
  return [frame?.kind, frame?.detail, textOf(frame), frame?.wireBytes]
}

function textOf(frame: NewFrame | undefined): string {
  return Buffer.from(frame?.payload ?? []).toString('utf8')
}
