// Answers that are no event stream, and streams that break: what is drawn, and whether it may pass.

import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { type SseBehaviour, stream } from '../../support/servers/sseServer.ts'
import { useSseServer } from '../../support/servers/useSseServer.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'

const behaviours: Readonly<Record<string, SseBehaviour>> = {
  '/done': (response) => response.writeHead(204).end(),
  '/two-types': (response) => {
    const type = 'Content-Type: text/event-stream\r\n'
    response.socket?.end(`HTTP/1.1 200 OK\r\n${type}${type}\r\ndata: a\n\n`)
  },
  '/html-first': (response) => {
    const types = 'Content-Type: text/html\r\ncontent-type: text/event-stream\r\n'
    response.socket?.end(`HTTP/1.1 200 OK\r\n${types}\r\ndata: a\n\n`)
  },
  '/gzip-cut': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' })
    response.end(gzipSync('data: a\n\n').subarray(0, -8))
  },
  '/html': (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>hi'),
  '/no-type': (response) => response.writeHead(200).end('data: x\n\n'),
  '/endless-json': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"a":1}\n')
  },
  /** In one piece, of which a notice tells that it came. */
  '/hinted-text': (response) => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n'
    response.socket?.write(`HTTP/1.1 103 Early Hints\r\n\r\n${head}data: a\n\n`)
  },
  '/http2-wanted': (response) => {
    response.writeHead(505, { 'Content-Type': 'text/html' }).write('<html><title>505</title>')
    response.end(`<p>${'-'.repeat(80)} This endpoint is HTTP/2 only.`)
  },
  '/tls-wanted': (response) => {
    const words = '400 The plain HTTP request was sent to HTTPS port'
    const page = `<html>\r\n<head><title>${words}</title></head>\r\n<body>\r\n`
    response.writeHead(400, { 'Content-Type': 'text/html' }).end(page)
  },
  '/created': (response) =>
    response.writeHead(201, { 'Content-Type': 'text/event-stream' }).end('data: x\n\n'),
  '/unauthorized': (response) =>
    response.writeHead(401, { 'Content-Type': 'text/plain' }).end('token please'),
  '/broken': (response) => response.writeHead(503).end('down'),
  '/draining': (response) => response.writeHead(503, { 'Retry-After': '2' }).end('down'),
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
  '/silent': () => null,
}

const badStatus = (words: string) => `The server answered ${words}; an event stream comes with 200.`

describe('An event source that meets', () => {
  const { run, transportFor } = useSseServer(behaviours)

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

    it('may be one soon where the server fails: it is asked again, after its Retry-After', async () => {
      const { io, outcome } = await run('/broken')
      assert.deepEqual(outcome, { kind: 'lost', message: badStatus('503 Service Unavailable') })
      assert.equal(io.all('error')[0]?.code, 'sse-bad-status')
      assert.deepEqual((await run('/draining')).outcome, {
        kind: 'lost',
        message: badStatus('503 Service Unavailable'),
        delayMs: 2000,
        reason: 'retry-after',
      })
    })

    it('is given up where the server fails as a browser gives up, and where a POST would be sent twice', async () => {
      assert.equal((await run('/broken', { reconnectAs: 'browser' })).outcome.kind, 'refused')
      assert.equal((await run('/draining', { request: 'POST' })).outcome.kind, 'refused')
    })

    it('is told by what its body says further on: that HTTP/2 or TLS is wanted', async () => {
      const { io, outcome } = await run('/http2-wanted')
      assert.equal(io.all('error')[0]?.code, 'http2-only')
      assert.equal(outcome.kind, 'refused')
      const [noTls] = (await run('/tls-wanted')).io.all('error')
      assert.equal(noTls?.detail.speaksTls, true)
    })

    for (const path of ['/two-types', '/html-first']) {
      it(`is none where the last of several content types is the right one: ${path}`, async () => {
        const { io } = await run(path)
        assert.deepEqual(io.all('event').map(textOf), ['a'])
        assert.equal(io.openings, 1)
      })
    }

    it('is not waited for when it has no end', async () => {
      const { io, outcome } = await run('/endless-json')
      assert.equal(textOf(io.all('response')[0]), '{"a":1}\n')
      assert.equal(io.all('error').at(-1)?.code, 'sse-wrong-content-type')
      assert.equal(outcome.kind, 'refused')
      const [notice] = io.all('notice')
      assert.equal(
        notice?.detail.message,
        'The body was still arriving when Lifeline stopped reading: what is no stream is read for 2.0 s.',
      )
    })

    it('is told as none where the user stops while it has no end', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/hinted-text').connect(io)
      await io.first('notice')
      await nextTurn()
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.deepEqual(
        io.frames.map(({ kind, code }) => [kind, code ?? null]),
        [
          ['request', null],
          ['notice', 'http-informational'],
          ['response', null],
          ['notice', 'stopped-in-body'],
          ['error', 'sse-wrong-content-type'],
        ],
      )
      assert.match(io.all('error')[0]?.detail.advice ?? '', /begins like an event stream/)
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

    it('come after what they left unfinished', async () => {
      const { io } = await run('/cut')
      assert.deepEqual(
        io.frames.slice(3).map((frame) => [frame.kind, textOf(frame)]),
        [
          ['ignored', 'data: b'],
          ['notice', ''],
          ['error', ''],
        ],
      )
    })

    it('say that compressed data has no end, after the events in it', async () => {
      const { io, outcome } = await run('/gzip-cut')
      assert.deepEqual(io.all('event').map(textOf), ['a'])
      const [error] = io.all('error')
      assert.equal(error?.code, 'http-bad-encoding')
      assert.equal(error.detail.message, 'The body ends in the middle of its gzip data.')
      assert.equal(outcome.kind, 'lost')
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
