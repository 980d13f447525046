// Streams and long polls over HTTP/2: event streams, NDJSON, text, held back, resumed, stopped, and companions beside them.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { sendCompanion } from '../../../src/engine/transports/http/companion.ts'
import { createSseTransport } from '../../../src/engine/transports/stream/sse.ts'
import { allowUntrusted, testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import {
  type Http2Behaviour,
  respond,
  startHttp2Server,
} from '../../support/servers/http2Server.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'
import { certificate, runHttp2, secure, told } from '../../support/sessions/runHttp2.ts'

const events = { 'content-type': 'text/event-stream' }

describe('A stream over HTTP/2', () => {
  it('is drawn event by event, and its sizes add up to what the socket counted', async () => {
    const { io, outcomes, bytes } = await runHttp2(
      async ({ stream }) => {
        stream.respond({ ':status': 200, ...events })
        for (const part of ['id: 1\ndata: a\n\n', ': hi\n', 'data: b\n', '\nretry: 2000\n']) {
          await new Promise((sent) => stream.write(part, sent))
        }
        stream.end('data: c\n\n')
      },
      { method: 'sse' },
    )
    assert.deepEqual(told({ io }), [
      'request',
      'response',
      'event',
      'comment',
      'event',
      'retry',
      'event',
    ])
    assert.deepEqual(io.all('event').map(textOf), ['a', 'b', 'c'])
    assert.equal(outcomes[0]?.kind, 'lost')
    const came = io.frames.filter(({ direction, kind }) => direction === 'in' && kind !== 'control')
    const sum = came.reduce((all, { wireBytes }) => all + wireBytes, 0)
    assert.equal(io.wireBytes.in, bytes.out)
    assert.equal(sum, bytes.out)
    // Each has the heads of its DATA frames: 9 bytes, and 18 of what came in two.
    assert.deepEqual(
      came.slice(1, 5).map(({ wireBytes }) => wireBytes),
      [15 + 9, 5 + 9, 9 + 18, 12],
    )
  })

  it('is asked for again with the last event ID, on the connection that is open', async () => {
    const { received, connections, io } = await runHttp2(
      ({ stream, nth }) => {
        stream.respond({ ':status': 200, ...events })
        stream.end(`id: ${nth + 7}\ndata: x\n\n`)
      },
      { method: 'sse', times: 2, ...secure },
    )
    assert.equal(received[1]?.headers['last-event-id'], '7')
    assert.equal(connections, 1)
    assert.deepEqual(
      io.all('response').map(({ detail }) => detail.streamId),
      [1, 3],
    )
  })

  it('may be NDJSON, text, and compressed', async () => {
    const lines = '{"a":1}\n{"a":2}\n'
    const { io } = await runHttp2(
      respond(
        200,
        { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
        gzipSync(lines),
      ),
      { method: 'sse', ...secure },
    )
    assert.deepEqual(io.all('record').map(textOf), ['{"a":1}', '{"a":2}'])
    const text = await runHttp2(respond(200, { 'content-type': 'text/plain' }, 'words'), {
      method: 'sse',
      fields: { stream: 'text' },
    })
    assert.deepEqual(text.io.all('record').map(textOf), ['words'])
  })

  it('is no stream where the server refuses it, and is told as in HTTP/1.1', async () => {
    const refused = await runHttp2(respond(403, {}, 'no'), { method: 'sse' })
    assert.equal(refused.io.all('error')[0]?.code, 'sse-bad-status')
    assert.equal(textOf(refused.io.all('response')[0]), 'no')
    const over = await runHttp2(respond(204), { method: 'sse' })
    assert.equal(over.outcomes[0]?.kind, 'done')
  })

  it('ends when the user stops, by RST_STREAM with CANCEL', async () => {
    const reset = Promise.withResolvers<number>()
    const server = await startHttp2Server(({ stream }) => {
      stream.respond({ ':status': 200, ...events })
      stream.write('data: a\n\n')
      stream.on('close', () => reset.resolve(stream.rstCode))
    }, certificate)
    const endpoint = testEndpoint({ url: server.origin, method: 'sse', ...allowUntrusted })
    const transport = createSseTransport(testOptions(endpoint))
    const io = createRecordingIo()
    const ended = transport.connect(io)
    await io.first('event')
    io.abort()
    assert.deepEqual(await ended, { kind: 'stopped' })
    assert.equal(await reset.promise, 8)
    await transport.close()
    await server.close()
  })
})

describe('A long poll over HTTP/2', () => {
  it('is held by the server, and the next one carries the cursor', async () => {
    const { io, received } = await runHttp2(
      ({ stream, nth }) => {
        setTimeout(() => {
          stream.respond({ ':status': nth === 0 ? 200 : 204, 'x-cursor': 'c1' })
          stream.end(nth === 0 ? 'data' : '')
        }, 30)
      },
      {
        method: 'long-polling',
        times: 2,
        fields: {
          cursor: {
            from: { kind: 'header', name: 'X-Cursor' },
            to: { kind: 'query', name: 'since' },
          },
        },
        ...secure,
      },
    )
    const [first, second] = io.all('response')
    assert.ok((first?.detail.holdMs ?? 0) >= 25)
    assert.equal(first?.detail.empty, false)
    assert.equal(second?.detail.empty, true)
    assert.equal(received[1]?.headers[':path'], '/a?b=1&since=c1')
  })

  it('that is answered by nobody in time is cancelled, and a connection on which nothing came meanwhile is left', async () => {
    const codes: number[] = []
    const never: Http2Behaviour = ({ stream }) =>
      stream.on('close', () => codes.push(stream.rstCode))
    const { io, connections, outcomes } = await runHttp2(never, {
      method: 'long-polling',
      times: 3,
      fields: { timeoutMs: 100 },
    })
    assert.deepEqual(
      io.all('error').map(({ code }) => code),
      ['http-timeout', 'http-timeout', 'http-timeout'],
    )
    assert.equal(outcomes[0]?.kind, 'next')
    // The server's settings came while the first one waited.
    assert.deepEqual(
      io.all('request').map(({ detail }) => detail.streamId),
      [1, 3, 1],
    )
    assert.equal(connections, 2)
    assert.deepEqual(codes.slice(0, 2), [8, 8])
  })
})

describe('A companion request over HTTP/2', () => {
  it('goes to the server of a WebSocket, which itself stays with HTTP/1.1', async () => {
    const server = await startHttp2Server(respond(201, {}, 'done'), certificate)
    const url = `wss://${server.host}/ws`
    const endpoint = testEndpoint({ url, method: 'websocket', ...allowUntrusted })
    const io = createRecordingIo()
    const request = { request: 'POST', url: '/publish', headers: [], body: '{}' }
    await sendCompanion(request, testOptions(endpoint), io)
    assert.equal(io.all('response')[0]?.detail.httpVersion, '2')
    assert.equal(textOf(io.all('response')[0]), 'done')
    assert.equal(server.received[0]?.headers[':path'], '/publish')
    await server.close()
  })
})
