// An event stream from its request to its end: how it is asked for, what is drawn, how it is left.

import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { isShared } from '../../../src/shared/frame/share.ts'
import { type SseBehaviour, stream } from '../../support/servers/sseServer.ts'
import { told, useSseServer } from '../../support/servers/useSseServer.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'

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
  '/alike': (response) => {
    const both = 'data: x\n\nevent: b\ndata: y\n\n'
    stream(response, `id: 1\n${both.repeat(3)}id: 2\ndata: z\n\n`).end()
  },
  '/odd-lines': (response) =>
    stream(response, 'Data: a\nretry: soon\nevent: none\n\nid: \0\ndata: b\n\n').end(),
  '/parameters': (response) => {
    response.writeHead(200, { 'Content-Type': 'Text/Event-Stream; charset=latin1' })
    response.end('data: é\n\n')
  },
  '/moved': (response) => response.writeHead(307, { Location: '/mixed' }).end('over there'),
  '/large-line': (response) => stream(response, `data: a\n\n:${'x'.repeat(200)}`),
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

const cutShort = 'The stream ended before a blank line had ended its last event: data: lost'

describe('Server-sent events', () => {
  const { run, server, transportFor } = useSseServer(behaviours)

  describe('a stream', () => {
    const expected = [
      ['comment', {}, 'hello'],
      ['retry', { delayMs: 1500 }, ''],
      ['event', { type: 'trade', lastEventId: '1' }, 'a\né'],
      ['event', { type: 'message', lastEventId: '1' }, 'b'],
      ['ignored', { why: 'unfinished' }, 'data: lost'],
      ['notice', { message: cutShort }, ''],
    ]
    for (const [title, path] of [
      ['at once', '/mixed'],
      ['a byte at a time', '/mixed-slowly'],
      ['compressed', '/gzip'],
    ] as const) {
      it(`is drawn with comments, retry and events when it comes ${title}`, async () => {
        const { io, outcome } = await run(path)
        const frames = io.frames.slice(2).map((frame) => told(frame).slice(0, 3))
        assert.deepEqual(frames, expected)
        assert.deepEqual(outcome, {
          kind: 'lost',
          reason: 'retry',
          delayMs: 1500,
          message: 'The stream ended.',
          orderly: true,
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
      assert.equal(moved?.detail.redirectTo, server().url('/mixed'))
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

    it('shares one detail among events alike, which the capture stores once', async () => {
      const { io } = await run('/alike')
      const details = io.all('event').map(({ detail }) => detail)
      assert.deepEqual(
        details.map(({ type, lastEventId }) => `${type} ${lastEventId}`),
        ['message 1', 'b 1', 'message 1', 'b 1', 'message 1', 'b 1', 'message 2'],
      )
      assert.deepEqual(
        details.map((detail) => isShared(detail)),
        [false, false, true, true, true, true, false],
      )
      assert.equal(new Set(details).size, 5)
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

  describe('what a browser makes nothing of', () => {
    it('is recorded for the wire layer, with why', async () => {
      const { io } = await run('/odd-lines')
      assert.deepEqual(io.frames.slice(2).map(told), [
        // The first one has the lines of the chunk.
        ['ignored', { why: 'unknown-field' }, 'Data: a', 14],
        ['ignored', { why: 'invalid-retry' }, 'retry: soon', 12],
        ['ignored', { why: 'no-data' }, 'event: none', 13],
        ['ignored', { why: 'nul-in-id' }, 'id: \0', 6],
        ['event', { type: 'message', lastEventId: '' }, 'b', 9],
        ['ignored', { why: 'no-content' }, '', 5],
      ])
    })

    it('has what was unfinished when the user left the stream, and no word about it', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/large-line').connect(io)
      await io.first('event')
      io.abort()
      await ended
      assert.deepEqual(io.all('ignored').map(told), [
        ['ignored', { why: 'unfinished' }, `:${'x'.repeat(200)}`, 201],
      ])
      assert.deepEqual(io.all('notice'), [])
    })
  })
})
