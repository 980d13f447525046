// Event streams under another content type, or none: refused as a browser refuses them, or read where its rules do not bind.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { SseBehaviour } from '../../support/servers/sseServer.ts'
import { useSseServer } from '../../support/servers/useSseServer.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'

const events = 'id: 1\ndata: a\n\ndata: b\n\n'

const typed =
  (type: string | null, body: string = events, status = 200): SseBehaviour =>
  (response) =>
    response.writeHead(status, type === null ? {} : { 'Content-Type': type }).end(body)

/** Piece by piece, each in a turn of its own. */
const inPieces =
  (type: string, ...pieces: readonly string[]): SseBehaviour =>
  (response) => {
    response.writeHead(200, { 'Content-Type': type })
    const next = (left: readonly string[]): void => {
      const [piece, ...rest] = left
      if (piece === undefined) response.end()
      else response.write(piece, () => setImmediate(() => next(rest)))
    }
    next(pieces)
  }

const streams: Readonly<Record<string, SseBehaviour>> = {
  '/none': typed(null),
  '/plain': typed('text/plain'),
  '/json': typed('application/json'),
  '/octets': typed('application/octet-stream'),
  '/created': typed('text/event-stream', events, 201),
}

const behaviours: Readonly<Record<string, SseBehaviour>> = {
  ...streams,
  '/error': typed('application/json', '{"error":"no such model"}'),
  '/untyped-error': typed(null, '{"error":"no such model"}'),
  '/array': inPieces('application/json', '[', '{"a":', '1}\n,\n{"b', '":2}', '\n]\n'),
  '/empty': typed('text/plain', ''),
  '/start': typed('text/plain', 'dat'),
  '/bytes': inPieces('text/plain', 'i', 'd', ':', ' 1\nda', 'ta: a\n\n', 'data: b\n\n'),
  '/cut': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': '100' })
    response.write('da', () => setImmediate(() => response.socket?.destroy()))
  },
  '/gzip': (response) => {
    const head = { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' }
    response.writeHead(200, head).end(gzipSync(events))
  },
  '/quiet-json': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"a":1}\n')
  },
}

const post: Partial<Endpoint> = { request: 'POST', body: '{"stream":true}' }

describe('An event stream under another content type', () => {
  const { run, server } = useSseServer(behaviours)

  for (const path of Object.keys(streams)) {
    it(`is refused where a browser would, with the way to read it: ${path}`, async () => {
      const { io, outcome } = await run(path)
      assert.equal(outcome.kind, 'refused')
      assert.deepEqual(io.all('event'), [])
      assert.equal(textOf(io.all('response')[0]), events)
      assert.match(
        io.all('error')[0]?.detail.advice ?? '',
        /begins like an event stream.*"stream": "sse"/,
      )
    })

    for (const [title, fields] of [
      ['the profile says what it is', { stream: 'sse' }],
      ['it answers a POST', post],
      ['both', { ...post, stream: 'sse' }],
    ] as const) {
      it(`is read where ${title}: ${path}`, async () => {
        const { io, outcome } = await run(path, fields)
        assert.deepEqual(io.all('event').map(textOf), ['a', 'b'])
        assert.deepEqual(io.all('error'), [])
        assert.equal(io.openings, 1)
        assert.equal(outcome.kind, 'request' in fields ? 'done' : 'lost')
        assert.equal(io.all('response')[0]?.payload, null)
      })
    }
  }

  it('is asked for again with the last ID where the profile says what it is', async () => {
    const { io, outcome } = await run('/none', { stream: 'sse' })
    assert.ok(outcome.kind === 'lost' && outcome.reason === 'retry')
    assert.equal(io.all('response')[0]?.detail.stream, 'sse')
  })

  it('is known for what it is by its first bytes, in however many pieces they come', async () => {
    const { io } = await run('/bytes', post)
    assert.deepEqual(io.all('event').map(textOf), ['a', 'b'])
    assert.deepEqual((await run('/gzip', post)).io.all('event').map(textOf), ['a', 'b'])
  })

  it('is none where a POST is answered by something else, which is shown', async () => {
    for (const [path, body] of [
      ['/error', '{"error":"no such model"}'],
      ['/untyped-error', '{"error":"no such model"}'],
      ['/start', 'dat'],
      ['/quiet-json', '{"a":1}\n'],
      ['/empty', ''],
    ] as const) {
      const { io, outcome } = await run(path, post)
      assert.equal(outcome.kind, 'refused', path)
      assert.equal(textOf(io.all('response')[0]), body, path)
      assert.equal(io.all('error')[0]?.code, 'sse-wrong-content-type', path)
      assert.match(io.all('error')[0]?.detail.advice ?? '', /"stream" \(sse, ndjson/, path)
      assert.equal(io.openings, 0, path)
    }
  })

  it('is an array of JSON, cut by its elements, where a POST is answered by one', async () => {
    const { io, outcome } = await run('/array', post)
    assert.deepEqual(io.all('record').map(textOf), ['{"a":1}', '{"b":2}'])
    assert.deepEqual(io.all('record')[0]?.detail, { format: 'json-array' })
    assert.deepEqual([io.all('error'), outcome.kind], [[], 'done'])
    const byGet = await run('/array')
    assert.deepEqual([byGet.io.all('record'), byGet.outcome.kind], [[], 'refused'])
  })

  it('that breaks off before it is known is shown as far as it came', async () => {
    const { io } = await run('/cut', post)
    assert.equal(textOf(io.all('response')[0]), 'da')
    assert.equal(io.all('error')[0]?.code, 'connection-reset')
  })

  it('is asked for by POST once', async () => {
    const before = server().requests.length
    await run('/plain', post)
    assert.equal(server().requests.length, before + 1)
  })
})
