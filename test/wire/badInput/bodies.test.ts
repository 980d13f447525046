// Bodies and streams that break: chunking, resets, UTF-8. And those that only look broken: cut anywhere, all in one packet.

import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, before, describe, it } from 'mocha'
import type { Method } from '../../../src/shared/endpoint/endpoint.ts'
import { isWireKind } from '../../../src/shared/frame/frame.ts'
import { headFor, textFrame } from '../../support/servers/hostileWebSocket.ts'
import {
  answer,
  answerBytes,
  type HttpBehaviour,
  raw,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import {
  allMethods,
  endpointAt,
  runSession,
  type SessionRun,
} from '../../support/sessions/runSession.ts'

const streamHead = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n'
const closeFrame = Buffer.from('880203e8', 'hex')

/** Plain bytes for HTTP; for a WebSocket its head and frames. */
function either(http: HttpBehaviour, webSocket: HttpBehaviour): HttpBehaviour {
  return (request) => (request.header('upgrade') ? webSocket(request) : http(request))
}

/** Writes each byte on its own turn. */
async function writeSlowly(socket: Socket, bytes: Uint8Array): Promise<void> {
  socket.setNoDelay(true)
  for (const byte of bytes) {
    socket.write(Uint8Array.of(byte))
    await new Promise((next) => setImmediate(next))
  }
}

const text = 'é € 😀'
const invalid = Buffer.from('61ffc3', 'hex')

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/chunking': raw(`${streamHead}Transfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\nzz\r\n`),
  '/reset': either(
    raw(`${streamHead}Content-Length: 99\r\n\r\ndata: a\n\ndata: b`, 'reset'),
    (request) => {
      const { socket } = request
      socket.write(headFor(request))
      socket.write(textFrame('whole'))
      socket.write(Buffer.from('817e01006162', 'hex'), () => socket.resetAndDestroy())
    },
  ),
  '/reset-refusal': raw('HTTP/1.1 403 No\r\nContent-Length: 99\r\n\r\nbecause', 'reset'),
  '/invalid': either(
    answer(
      200,
      ['Content-Type: text/event-stream'],
      Buffer.concat([
        Buffer.from('data: good\n\ndata: '),
        invalid,
        Buffer.from('\n\nid: '),
        invalid,
        Buffer.from('\ndata: on\n\n'),
      ]),
    ),
    (request) => {
      request.socket.write(headFor(request))
      request.socket.write(Buffer.concat([textFrame('good'), textFrame(invalid)]))
      request.socket.once('data', () => request.socket.end())
    },
  ),
  '/split': either(
    ({ socket }) => {
      const bytes = answerBytes(200, ['Content-Type: text/event-stream'], `data: ${text}\n\n`)
      void writeSlowly(socket, bytes)
    },
    (request) => {
      const bytes = Buffer.from(text)
      const frames = [
        textFrame(bytes.subarray(0, 1), 0x01),
        textFrame(bytes.subarray(1, 5), 0x00),
        textFrame(bytes.subarray(5), 0x80),
        closeFrame,
      ]
      void writeSlowly(request.socket, Buffer.concat([Buffer.from(headFor(request)), ...frames]))
      request.socket.once('data', () => request.socket.end())
    },
  ),
  '/one-packet': either(
    raw(`${streamHead}\r\ndata: first\n\ndata: second\n\n`, 'end'),
    (request) => {
      const frames = [textFrame('first'), textFrame('second'), closeFrame]
      request.socket.write(Buffer.concat([Buffer.from(headFor(request)), ...frames]))
      request.socket.once('data', () => request.socket.end())
    },
  ),
}

const kinds = (run: SessionRun) =>
  run.frames.filter(({ kind }) => !isWireKind(kind)).map(({ kind, code }) => code ?? kind)

describe('A body', () => {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer(behaviours)
  })
  after(() => server.close())

  const run = (method: Method, path: string) => runSession(endpointAt(server.origin, method, path))

  for (const method of ['polling', 'long-polling'] as const) {
    it(`with broken chunking ends ${method}, and what came of it is kept`, async () => {
      const ended = await run(method, '/chunking')
      assert.deepEqual(kinds(ended), ['request', 'response', 'http-broken-chunking', 'end'])
      assert.equal(ended.text(ended.only('response')), 'data: a\n\n')
      const { detail } = ended.only('error')
      assert.match(detail.message, /breaks the rules of chunked transfer coding/)
      assert.deepEqual(ended.end, { by: 'error', message: detail.message })
    })

    it(`that is reset in the middle ends ${method}, and what came of it is kept`, async () => {
      const ended = await run(method, '/reset')
      assert.deepEqual(kinds(ended), ['request', 'response', 'connection-reset', 'end'])
      assert.equal(ended.text(ended.only('response')), 'data: a\n\ndata: b')
      const { detail } = ended.only('error')
      assert.match(detail.message, /^The connection to 127\.0\.0\.1:\d+ was reset\.$/)
      assert.match(detail.advice ?? '', /one of them broke the connection off/)
    })

    it(`that is not UTF-8 is kept byte for byte by ${method}`, async () => {
      const ended = await runSession(endpointAt(server.origin, method, '/invalid'), {
        until: ({ kind }) => kind === 'response',
      })
      const payload = Buffer.from(ended.payload(ended.only('response')) ?? [])
      assert.ok(payload.includes(invalid))
      assert.deepEqual(ended.all('error'), [])
    })

    it(`that comes byte by byte is whole for ${method}`, async () => {
      const ended = await runSession(endpointAt(server.origin, method, '/split'), {
        until: ({ kind }) => kind === 'response',
      })
      assert.equal(ended.text(ended.only('response')), `data: ${text}\n\n`)
    })
  }
})

describe('An event stream', () => {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer(behaviours)
  })
  after(() => server.close())

  const run = (path: string) => runSession(endpointAt(server.origin, 'sse', path))

  for (const [path, code, left] of [
    ['/chunking', 'http-broken-chunking', []],
    ['/reset', 'connection-reset', ['stream-cut-short']],
  ] as const) {
    it(`keeps the events before it breaks: ${code}`, async () => {
      const ended = await run(path)
      assert.deepEqual(kinds(ended), ['request', 'response', 'event', ...left, code, 'end'])
      assert.equal(ended.text(ended.only('event')), 'a')
      assert.equal(ended.end.message, ended.only('error').detail.message)
    })

    it(`is asked for again after it broke: ${code}`, async () => {
      const again = await runSession(
        endpointAt(server.origin, 'sse', path, { reconnectAttempts: 3 }),
        { until: ({ kind }) => kind === 'wait' },
      )
      assert.match(again.lines.at(-2) ?? '', /^wait waits 3\.0 s \(retry\), then attempt 1 of 3/)
    })
  }

  it('that is not UTF-8 is read as a browser reads it, which is said once', async () => {
    const ended = await run('/invalid')
    assert.deepEqual(
      ended.all('event').map((event) => ended.text(event)),
      ['good', 'a\ufffd\ufffd', 'on'],
    )
    const notice = ended.only('notice')
    assert.equal(notice.code, 'sse-invalid-utf8')
    assert.match(notice.detail.message, /not valid UTF-8.*\ufffd/)
    assert.deepEqual(ended.all('error'), [])
  })

  it('that comes byte by byte has its text whole', async () => {
    const ended = await runSession(endpointAt(server.origin, 'sse', '/split'), {
      until: ({ kind }) => kind === 'event',
    })
    assert.equal(ended.text(ended.only('event')), text)
    assert.deepEqual(ended.all('notice'), [])
  })

  it('that comes in one packet with its head loses no event', async () => {
    const ended = await run('/one-packet')
    assert.deepEqual(
      ended.all('event').map((event) => ended.text(event)),
      ['first', 'second'],
    )
  })
})

describe('A WebSocket', () => {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer(behaviours)
  })
  after(() => server.close())

  const run = (path: string) => runSession(endpointAt(server.origin, 'websocket', path))

  it('that is reset in the middle of a message keeps those before it', async () => {
    const ended = await run('/reset')
    assert.deepEqual(kinds(ended), [
      'request',
      'response',
      'message',
      'ws-cut-short',
      'ws-abnormal-closure',
      'end',
    ])
    assert.equal(ended.text(ended.only('message')), 'whole')
    const { detail } = ended.only('error')
    assert.deepEqual([detail.closeCode, detail.cause], [1006, 'ECONNRESET'])
    assert.deepEqual(ended.end, {
      by: 'error',
      message: 'The connection was lost without a close frame.',
    })
  })

  it('with text that is not UTF-8 is closed with 1007, and keeps what came before', async () => {
    const ended = await run('/invalid')
    assert.equal(ended.text(ended.all('message')[0] ?? assert.fail()), 'good')
    const { code, detail } = ended.only('error')
    assert.equal(code, 'ws-invalid-utf8')
    assert.match(detail.message, /not valid UTF-8; the connection was closed with 1007/)
    assert.deepEqual(ended.only('close').detail, { code: 1007, reason: '', by: 'client' })
    assert.equal(ended.end.by, 'error')
  })

  it('whose message is cut inside of characters, by fragments and byte by byte, has it whole', async () => {
    const ended = await run('/split')
    const message = ended.only('message')
    assert.equal(ended.text(message), text)
    assert.equal(message.detail.fragments, 3)
    assert.deepEqual(ended.end.by, 'server')
  })

  it('whose messages come in one packet with the handshake loses none', async () => {
    const ended = await run('/one-packet')
    assert.deepEqual(
      ended.all('message').map((message) => ended.text(message)),
      ['first', 'second'],
    )
    assert.deepEqual(ended.end, {
      by: 'server',
      message: 'The server closed the connection: 1000 (normal closure).',
    })
  })

  for (const [path, status, body] of [
    ['/chunking', 200, 'data: a\n\n'],
    ['/reset-refusal', 403, 'because'],
  ] as const) {
    it(`whose refusal breaks off is refused all the same, with what came of its body: ${path}`, async () => {
      const ended = await run(path)
      const response = ended.only('response')
      assert.equal(response.detail.status, status)
      assert.equal(ended.text(response), body)
      assert.equal(ended.only('error').code, 'ws-handshake-refused')
    })
  }
})

describe('No method', () => {
  it('is left with a connection after its session has ended', async () => {
    const server = await startHttpServer(behaviours)
    try {
      for (const method of allMethods) {
        const closed = server.connections
        await runSession(endpointAt(server.origin, method, '/one-packet'), {
          until: ({ kind }) => kind === 'response',
        })
        assert.equal(server.connections, closed + 1, method)
      }
      assert.equal(server.requests.length, allMethods.length)
    } finally {
      await server.close()
    }
  })
})
