// The WebSocket method against loopback servers where one path is one behaviour.

import assert from 'node:assert/strict'
import { createServer as createTlsServer } from 'node:https'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { constants, deflateRawSync } from 'node:zlib'
import { after, before, describe, it } from 'mocha'
import type { Outcome } from '../../src/engine/transports/transport.ts'
import { createWebSocketTransport } from '../../src/engine/transports/websocket.ts'
import type { Endpoint } from '../../src/shared/endpoint.ts'
import type { NewFrame } from '../../src/shared/frame.ts'
import { defaultLimits, type Limits } from '../../src/shared/limits.ts'
import { startProxy } from '../support/connectProxy.ts'
import { createRecordingIo, type RecordingIo } from '../support/recordingIo.ts'
import { makeCertificate, type TestCertificate } from '../support/testCertificate.ts'
import { allowUntrusted, testEndpoint, testOptions, texts } from '../support/testEndpoint.ts'
import {
  acceptHead,
  type Behaviour,
  type RawBehaviour,
  startWsServer,
  type TestWsServer,
} from '../support/wsServer.ts'

const closeNormally = [0x88, 0x02, 0x03, 0xe8]
const mixed = [
  ...[0x81, 0x02, 0x68, 0x69],
  ...[0x02, 0x01, 0x01],
  ...[0x89, 0x01, 0x70],
  ...[0x00, 0x01, 0x02],
  ...[0x80, 0x01, 0x03],
  ...[0x8a, 0x00],
  ...[0x81, 0x00],
  ...closeNormally,
]

/** What a server writes right behind its handshake, in the same packet; then it reads on. */
function sends(...bytes: number[]): RawBehaviour {
  return (socket, request) => {
    socket.write(Buffer.concat([Buffer.from(acceptHead(request), 'latin1'), Buffer.from(bytes)]))
    socket.on('data', () => null).on('end', () => socket.end())
  }
}

function answers(...lines: string[]): RawBehaviour {
  return (socket) => socket.end(lines.join('\r\n'))
}

const accepted: Readonly<Record<string, Behaviour>> = {
  '/echo': (ws) => {
    ws.on('message', (data, isBinary) => {
      ws.send(data, { binary: isBinary })
      if (data.toString() === 'bye') ws.close(1000, 'done here')
    })
  },
  '/ping': (ws) => {
    ws.ping('are you there')
    ws.on('pong', () => ws.close(1000))
  },
  '/protocol': (ws) => ws.close(1000, ws.protocol),
  '/lazy': (ws) => {
    ws.on('message', () => ws.close(1001, 'restart'))
  },
  '/numbers': (ws) => {
    for (let i = 0; i < 50; i++) ws.send(`message number ${i}`)
    ws.close(1000)
  },
}

const raw: Readonly<Record<string, RawBehaviour>> = {
  '/mixed': sends(...mixed),
  '/mixed-slowly': async (socket, request) => {
    socket.setNoDelay(true)
    socket.on('data', () => null).on('end', () => socket.end())
    for (const byte of [...Buffer.from(acceptHead(request), 'latin1'), ...mixed]) {
      socket.write(Uint8Array.of(byte))
      await nextTurn()
    }
  },
  '/close-1001': sends(0x88, 0x06, 0x03, 0xe9, 0x67, 0x6f, 0x6e, 0x65),
  '/close-empty': sends(0x88, 0x00),
  '/close-4000': sends(0x88, 0x02, 0x0f, 0xa0),
  '/close-1006': sends(0x88, 0x02, 0x03, 0xee),
  '/bad-utf8': sends(0x81, 0x01, 0x41, 0x81, 0x02, 0xc3, 0x28),
  '/reserved-bit': sends(0xa1, 0x01, 0x41),
  '/unknown-opcode': sends(0x83, 0x00),
  '/masked': sends(0x81, 0x81, 1, 2, 3, 4, 0x40),
  '/lone-continuation': sends(0x80, 0x01, 0x41),
  '/not-deflated': sends(0xc1, 0x01, 0x41),
  '/large': sends(0x82, 0x7e, 0x00, 0xc8, ...new Array<number>(200).fill(7), ...closeNormally),
  '/endless': sends(0x82, 0x7f, 0, 0, 0, 0, 0, 0, 0x10, 0),
  '/drop': (socket, request) => {
    socket.end(Buffer.concat([Buffer.from(acceptHead(request)), Buffer.of(0x81, 0x01, 0x41, 0x81)]))
  },
  '/reset': (socket, request) => {
    socket.write(acceptHead(request), () => setImmediate(() => socket.resetAndDestroy()))
  },
  '/deaf': (socket, request) => {
    socket.write(acceptHead(request))
  },
  '/silent': () => null,
  // Never reads and never stops: a message of 100,000 bytes in a frame of 120.
  '/deflated-flood': (socket, request) => {
    const extension = 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover'
    socket.write(acceptHead(request, extension))
    const deflated = deflateRawSync(Buffer.alloc(100_000, 'x'), {
      finishFlush: constants.Z_SYNC_FLUSH,
    })
    // [rfc7692] 7.2.1: the last four bytes of a flush are left out.
    const payload = deflated.subarray(0, -4)
    const frame = Buffer.concat([Buffer.of(0xc1, payload.length), payload])
    const block = Buffer.concat(new Array<Buffer>(500).fill(frame))
    const more = () => {
      while (socket.writable && socket.write(block));
    }
    socket.on('drain', more)
    more()
  },
  '/unauthorized': answers(
    'HTTP/1.1 401 Unauthorized',
    'WWW-authenticate: Bearer',
    'Content-Length: 12',
    '',
    'token please',
  ),
  '/busy': answers(
    'HTTP/1.1 503 Service Unavailable',
    'Retry-After: 7',
    'Content-Length: 0',
    '',
    '',
  ),
  '/too-many': answers('HTTP/1.1 429 Too Many Requests', 'Content-Length: 0', '', ''),
  '/moved': answers('HTTP/1.1 302 Found', 'Location: ws://elsewhere/', 'Content-Length: 0', '', ''),
  '/cut-refusal': answers('HTTP/1.1 500 Internal Server Error', 'Content-Length: 100', '', 'part'),
  '/stuck-refusal': (socket) => {
    socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\npart')
  },
  '/long-refusal': (socket) => {
    socket.write(`HTTP/1.1 403 Forbidden\r\nContent-Length: 100000000\r\n\r\n${'x'.repeat(5000)}`)
  },
  '/wrong-accept': answers(
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Accept: AAAA',
    '',
    '',
  ),
  '/long-head': answers('HTTP/1.1 403 Forbidden', `X-Long: ${'x'.repeat(9000)}`, '', ''),
  '/no-http': answers('SSH-2.0-OpenSSH_9.9', ''),
}

describe('WebSocket', () => {
  let server: TestWsServer
  let deflating: TestWsServer

  before(async () => {
    server = await startWsServer({ accepted, raw })
    deflating = await startWsServer({ accepted, deflate: true })
  })
  after(() => Promise.all([server.close(), deflating.close()]))

  interface Run {
    readonly io: RecordingIo
    readonly outcome: Outcome
  }

  async function run(
    url: string,
    fields: Partial<Endpoint> = {},
    limits: Partial<Limits> = {},
  ): Promise<Run> {
    const io = createRecordingIo()
    const transport = transportFor(url, fields, limits)
    const outcome = await transport.connect(io)
    await transport.close()
    return { io, outcome }
  }

  function transportFor(url: string, fields: Partial<Endpoint> = {}, limits: Partial<Limits> = {}) {
    return createWebSocketTransport(
      testOptions(testEndpoint({ url, method: 'websocket', ...fields }), limits),
    )
  }

  describe('opening', () => {
    it('records both heads of the handshake as they crossed the wire', async () => {
      const { io } = await run(server.url('/mixed'), {
        headers: [
          ['X-Case', 'a'],
          ['x-CASE', 'b'],
        ],
      })
      const [request, response] = io.frames
      assert(request?.kind === 'request' && response?.kind === 'response')
      assert.equal(request.detail.purpose, 'handshake')
      assert.equal(request.detail.target, '/mixed')
      assert.equal(request.direction, 'out')
      const sent = request.detail.headers
      assert.deepEqual(
        sent.filter(([name]) => name.toLowerCase() === 'x-case'),
        [
          ['X-Case', 'a'],
          ['X-Case', 'b'],
        ],
      )
      const names = new Set(sent.map(([name]) => name))
      for (const name of ['Host', 'Upgrade', 'Connection', 'Sec-WebSocket-Key']) {
        assert(names.has(name), name)
      }
      assert.equal(response.detail.status, 101)
      assert.deepEqual(
        response.detail.headers.map(([name]) => name),
        ['Upgrade', 'Connection', 'sec-websocket-ACCEPT', 'X-Twice', 'x-twice'],
      )
      assert.equal(response.replyTo, 1)
      assert.equal(response.wireBytes, acceptHead({ headers: {} }).length)
      assert.equal(typeof response.detail.timings.tcpMs, 'number')
      assert(Number(response.detail.timings.firstByteMs) <= Number(response.detail.timings.totalMs))
      assert.match(response.detail.remoteAddress ?? '', /^127\.0\.0\.1:\d+$/)
      assert.equal(io.openings, 1)
      assert.equal(io.isAwaiting, false)
    })

    it('does not record credentials from the URL', async () => {
      const url = server.url('/mixed').replace('ws://', 'ws://ann:pa55@')
      const { io } = await run(url)
      const [request] = io.all('request')
      assert(request)
      assert.doesNotMatch(JSON.stringify(request), /pa55|YW5uOnBhNTU/)
      assert(
        request.detail.headers.some(
          ([name, value]) => name === 'Authorization' && value === 'Basic ***',
        ),
      )
    })

    it('offers subprotocols', async () => {
      const { io } = await run(server.url('/protocol'), { subprotocols: ['chat', 'other'] })
      assert.equal(io.all('close')[0]?.detail.reason, 'chat')
    })

    it('sends the messages of the endpoint once it is open', async () => {
      const { io, outcome } = await run(server.url('/echo'), { send: texts('one', 'bye') })
      const messages = io.all('message').map((frame) => [frame.direction, textOf(frame.payload)])
      assert.deepEqual(messages, [
        ['out', 'one'],
        ['out', 'bye'],
        ['in', 'one'],
        ['in', 'bye'],
      ])
      assert.deepEqual(outcome, {
        kind: 'done',
        message: 'The server closed the connection: 1000 (normal closure), “done here”.',
      })
    })
  })

  describe('open', () => {
    const expected = [
      ['in', 'message', 'hi', 4, { type: 'text', fragments: 1, compressed: false, masked: false }],
      ['in', 'fragment', '', 3, { index: 1, opcode: 2, fin: false, rsv: 0, masked: false }],
      ['in', 'ping', 'p', 3, { masked: false }],
      ['out', 'pong', 'p', 7, { masked: true }],
      ['in', 'fragment', '', 3, { index: 2, opcode: 0, fin: false, rsv: 0, masked: false }],
      ['in', 'fragment', '', 3, { index: 3, opcode: 0, fin: true, rsv: 0, masked: false }],
      [
        'in',
        'message',
        '\u0001\u0002\u0003',
        9,
        { type: 'binary', fragments: 3, compressed: false, masked: false },
      ],
      ['in', 'pong', '', 2, { masked: false }],
      ['in', 'message', '', 2, { type: 'text', fragments: 1, compressed: false, masked: false }],
      ['in', 'close', '', 4, { code: 1000, reason: '', by: 'server' }],
      ['out', 'close', '', 8, { code: 1000, reason: '', by: 'server' }],
    ]

    for (const [title, path] of [
      ['in one packet with the handshake', '/mixed'],
      ['a byte at a time', '/mixed-slowly'],
    ] as const) {
      it(`records messages, fragments, pings, pongs and close frames that come ${title}`, async () => {
        const { io, outcome } = await run(server.url(path))
        const seen = io.frames
          .slice(2)
          .map((f) => [f.direction, f.kind, textOf(f.payload), f.wireBytes, timeless(f.detail)])
        // Pongs leave when their ping is read, between frames that came in the same chunk or later.
        assert.deepEqual(seen, expected)
        assert.equal(outcome.kind, 'done')
        const pong = io.all('pong')[0]
        assert.equal(pong?.replyTo, 5)
        assert.equal(io.frames.at(-1)?.replyTo, io.frames.length - 1)
      })
    }

    it('counts every byte of the socket', async () => {
      const { io } = await run(server.url('/mixed'))
      const total = (direction: 'in' | 'out') =>
        io.frames
          .filter(({ direction: way, kind }) => way === direction && kind !== 'fragment')
          .reduce((sum, frame) => sum + frame.wireBytes, 0)
      assert.deepEqual({ ...io.wireBytes }, { in: total('in'), out: total('out') })
    })

    it('counts the bytes of the handshake when it is over', async () => {
      const io = createRecordingIo()
      const opened = Promise.withResolvers<{ in: number; out: number }>()
      const transport = transportFor(server.url('/lazy'))
      const ended = transport.connect({
        ...io,
        opened: () => opened.resolve({ ...io.wireBytes }),
      })
      const counted = await opened.promise
      const [request] = io.all('request')
      const [response] = io.all('response')
      assert.deepEqual(counted, { in: response?.wireBytes, out: request?.wireBytes })
      io.abort()
      await ended
      await transport.close()
    })

    it('says how much a compressed message took on the wire', async () => {
      const text = 'abc'.repeat(2000)
      const { io } = await run(deflating.url('/echo'), { send: texts(text, 'bye') })
      for (const direction of ['out', 'in']) {
        const frame = io.all('message').find((each) => each.direction === direction)
        assert(frame)
        assert.equal(frame.detail.compressed, true)
        assert.equal(frame.sizeBytes, 6000)
        assert(frame.wireBytes < 100, `${frame.wireBytes} bytes`)
        assert.equal(textOf(frame.payload), text)
      }
    })

    it('keeps compressed messages in order', async () => {
      const { io } = await run(deflating.url('/numbers'))
      assert.deepEqual(
        io.all('message').map((frame) => textOf(frame.payload)),
        Array.from({ length: 50 }, (_, i) => `message number ${i}`),
      )
    })

    it('answers pings', async () => {
      const { io, outcome } = await run(server.url('/ping'))
      const [ping, pong] = [io.all('ping')[0], io.all('pong')[0]]
      assert(ping && pong)
      assert.equal(textOf(pong.payload), 'are you there')
      assert.equal(pong.replyTo, io.frames.indexOf(ping) + 1)
      assert.equal(outcome.kind, 'done')
    })

    it('sends text and binary when asked to', async () => {
      const transport = transportFor(server.url('/echo'))
      const io = createRecordingIo()
      const ended = transport.connect(io)
      await io.first('response')
      await nextTurn()
      await transport.send?.({ type: 'binary', bytes: Uint8Array.of(1, 2, 255) })
      const echo = await io.first('message', (frame) => frame.direction === 'in')
      assert.equal(echo.detail.type, 'binary')
      assert.deepEqual([...(echo.payload ?? [])], [1, 2, 255])
      await transport.send?.({ type: 'text', text: 'bye' })
      assert.equal((await ended).kind, 'done')
      assert.deepEqual(
        io.all('message').map((f) => [f.direction, f.detail.type, f.wireBytes]),
        [
          ['out', 'binary', 9],
          ['in', 'binary', 5],
          ['out', 'text', 9],
          ['in', 'text', 5],
        ],
      )
    })

    it('refuses to send before and after', async () => {
      const transport = transportFor(server.url('/mixed'))
      const message = { type: 'text', text: 'x' } as const
      await assert.rejects(async () => transport.send?.(message), { code: 'not-open' })
      await transport.connect(createRecordingIo())
      await assert.rejects(async () => transport.send?.(message), { code: 'not-open' })
    })

    it('keeps payloads up to the limit and says so', async () => {
      const { io } = await run(server.url('/large'), {}, { payloadBytes: 50 })
      const [message] = io.all('message')
      assert.equal(message?.detail.truncatedAt, 50)
      assert.equal(message.sizeBytes, 200)
      assert.equal(message.payload?.length, 50)
    })
  })

  describe('closing', () => {
    const cases: readonly [path: string, kind: Outcome['kind'], code: number, reason: string][] = [
      ['/close-1001', 'lost', 1001, 'gone'],
      ['/close-empty', 'lost', 1005, ''],
      ['/close-4000', 'refused', 4000, ''],
    ]
    for (const [path, kind, code, reason] of cases) {
      it(`is ${kind} after ${code} from the server`, async () => {
        const { io, outcome } = await run(server.url(path))
        assert.equal(outcome.kind, kind)
        assert.deepEqual(
          io.all('close').map((frame) => [frame.direction, timeless(frame.detail)]),
          [
            ['in', { code, reason, by: 'server' }],
            ['out', { code, reason, by: 'server' }],
          ],
        )
        assert.deepEqual(io.all('error'), [])
      })
    }

    it('says goodbye with 1000 when it is stopped', async () => {
      const io = createRecordingIo()
      const ended = transportFor(server.url('/echo')).connect(io)
      await io.first('response')
      await nextTurn()
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.deepEqual(
        io.all('close').map((frame) => [frame.direction, timeless(frame.detail), frame.replyTo]),
        [
          ['out', { code: 1000, reason: '', by: 'client' }, null],
          ['in', { code: 1000, reason: '', by: 'client' }, 3],
        ],
      )
    })

    it('leaves a server that does not answer the goodbye', async () => {
      const io = createRecordingIo()
      const ended = transportFor(server.url('/deaf')).connect(io)
      await io.first('response')
      await nextTurn()
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.deepEqual(io.all('error'), [])
    })

    it('leaves a server that goes on sending, with every message that ws hands over', async () => {
      const io = createRecordingIo()
      const ended = transportFor(server.url('/deflated-flood')).connect(io)
      await io.first('message')
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      const messages = io.all('message')
      assert(messages.every((frame) => frame.sizeBytes === 100_000 && frame.wireBytes < 125))
    })

    it('stops in the middle of a handshake', async () => {
      const io = createRecordingIo()
      const ended = transportFor(server.url('/silent')).connect(io)
      await io.first('request')
      assert.equal(io.isAwaiting, true)
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.equal(io.isAwaiting, false)
      assert.equal(io.openings, 0)
    })

    it('stops in the moment in which the handshake is answered', async () => {
      const io = createRecordingIo()
      const stopped = {
        ...io,
        emit(frame: NewFrame) {
          if (frame.kind === 'response') io.abort()
          return io.emit(frame)
        },
      }
      const outcome = await transportFor(server.url('/echo')).connect(stopped)
      assert.deepEqual(outcome, { kind: 'stopped' })
      assert.deepEqual(
        io.all('close').map(({ direction, detail }) => [direction, detail.code]),
        [
          ['out', 1000],
          ['in', 1000],
        ],
      )
    })

    it('does not begin when it is stopped already', async () => {
      const io = createRecordingIo()
      io.abort()
      assert.deepEqual(await transportFor(server.url('/echo')).connect(io), { kind: 'stopped' })
      assert.deepEqual(io.frames, [])
    })
  })

  describe('faults of the server', () => {
    const cases: readonly [path: string, kind: Outcome['kind'], code: string, cause: string][] = [
      ['/bad-utf8', 'refused', 'ws-invalid-utf8', 'WS_ERR_INVALID_UTF8'],
      ['/reserved-bit', 'refused', 'ws-protocol-error', 'WS_ERR_UNEXPECTED_RSV_2_3'],
      ['/unknown-opcode', 'refused', 'ws-protocol-error', 'WS_ERR_INVALID_OPCODE'],
      ['/masked', 'refused', 'ws-protocol-error', 'WS_ERR_UNEXPECTED_MASK'],
      ['/lone-continuation', 'refused', 'ws-protocol-error', 'WS_ERR_INVALID_OPCODE'],
      ['/not-deflated', 'refused', 'ws-protocol-error', 'WS_ERR_UNEXPECTED_RSV_1'],
      ['/close-1006', 'refused', 'ws-protocol-error', 'WS_ERR_INVALID_CLOSE_CODE'],
      ['/endless', 'refused', 'message-too-large', 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'],
      ['/reset', 'lost', 'ws-abnormal-closure', 'ECONNRESET'],
    ]
    for (const [path, kind, code, cause] of cases) {
      it(`calls ${path} ${code} and is ${kind}`, async () => {
        const { io, outcome } = await run(server.url(path), {}, { messageBytes: 1000 })
        const errors = io.all('error')
        assert.equal(errors.length, 1)
        assert.equal(errors[0]?.code, code)
        assert.equal(errors[0].detail.cause, cause)
        assert.equal(outcome.kind, kind)
      })
    }

    it('calls a message too large that grows beyond the limit when it is inflated', async () => {
      const { io, outcome } = await run(server.url('/deflated-flood'), {}, { messageBytes: 99_999 })
      assert.deepEqual(
        io.all('error').map((frame) => frame.code),
        ['message-too-large'],
      )
      assert.deepEqual(io.all('message'), [])
      assert.equal(io.all('close')[0]?.detail.code, 1009)
      assert.equal(outcome.kind, 'refused')
    })

    it('keeps what came before the fault, and the close frame that answers it', async () => {
      const { io } = await run(server.url('/bad-utf8'))
      assert.equal(textOf(io.all('message')[0]?.payload ?? null), 'A')
      assert.deepEqual(io.all('close')[0]?.detail, { code: 1007, reason: '', by: 'client' })
    })

    it('draws a close frame with a forbidden code as it came', async () => {
      const { io } = await run(server.url('/close-1006'))
      assert.deepEqual(
        io.all('close').map((frame) => [frame.direction, frame.detail.code, frame.detail.by]),
        [
          ['in', 1006, 'server'],
          ['out', 1002, 'server'],
        ],
      )
    })

    it('calls an end without a close frame abnormal, with 1006', async () => {
      const { io, outcome } = await run(server.url('/drop'))
      assert.equal(outcome.kind, 'lost')
      const [error] = io.all('error')
      assert.equal(error?.code, 'ws-abnormal-closure')
      assert.equal(error.detail.closeCode, 1006)
      assert.equal(io.all('message').length, 1)
      assert.equal(io.all('close').length, 0)
    })
  })

  describe('refused', () => {
    it('shows status, header fields and body', async () => {
      const { io, outcome } = await run(server.url('/unauthorized'))
      const [response] = io.all('response')
      assert.equal(response?.detail.status, 401)
      assert.deepEqual(response.detail.headers[0], ['WWW-authenticate', 'Bearer'])
      assert.equal(textOf(response.payload), 'token please')
      assert.equal(response.sizeBytes, 12)
      const [error] = io.all('error')
      assert.equal(error?.code, 'ws-handshake-refused')
      assert.match(error.detail.advice ?? '', /credentials/)
      assert.equal(outcome.kind, 'refused')
      assert.equal(io.openings, 0)
      assert.equal(io.isAwaiting, false)
      assert.equal(io.wireBytes.in, response.wireBytes)
    })

    it('honours Retry-After of 503', async () => {
      const { outcome } = await run(server.url('/busy'))
      assert.deepEqual(outcome, {
        kind: 'lost',
        message: 'The server refused the WebSocket handshake: 503 Service Unavailable.',
        delayMs: 7000,
        reason: 'retry-after',
      })
    })

    it('may try again after 429', async () => {
      const { outcome } = await run(server.url('/too-many'))
      assert.equal(outcome.kind, 'lost')
      assert(outcome.kind === 'lost' && outcome.delayMs === undefined)
    })

    it('names the target of a redirect, which it does not follow', async () => {
      const { io, outcome } = await run(server.url('/moved'))
      assert.match(io.all('error')[0]?.detail.advice ?? '', /ws:\/\/elsewhere\//)
      assert.equal(outcome.kind, 'refused')
    })

    it('shows the part of a body that came before it broke off', async () => {
      const { io, outcome } = await run(server.url('/cut-refusal'))
      assert.equal(textOf(io.all('response')[0]?.payload ?? null), 'part')
      assert.equal(outcome.kind, 'lost')
    })

    it('does not wait for a body longer than the timeout', async () => {
      const { io, outcome } = await run(server.url('/stuck-refusal'), { timeoutMs: 100 })
      assert.equal(textOf(io.all('response')[0]?.payload ?? null), 'part')
      assert.equal(outcome.kind, 'refused')
    })

    it('reads a long body up to the limit', async () => {
      const { io } = await run(server.url('/long-refusal'), {}, { refusalBytes: 1000 })
      const [response] = io.all('response')
      assert.equal(response?.payload?.length, 1000)
      assert.equal(response.detail.truncatedAt, 1000)
    })

    const broken: readonly [path: string, code: string, fields?: Partial<Endpoint>][] = [
      ['/wrong-accept', 'ws-protocol-error'],
      ['/mixed', 'ws-protocol-error', { subprotocols: ['chat'] }],
      ['/no-http', 'http-invalid'],
    ]
    for (const [path, code, fields] of broken) {
      it(`calls the answer of ${path} ${code}${fields ? ' when it lacks the subprotocol' : ''}`, async () => {
        const { io, outcome } = await run(server.url(path), fields)
        assert.equal(io.all('error')[0]?.code, code)
        assert.equal(io.all('error').length, 1)
        assert.equal(io.openings, 0)
        assert(outcome.kind === 'refused' || outcome.kind === 'lost')
      })
    }

    it('gives up on a server that never answers', async () => {
      const { io, outcome } = await run(server.url('/silent'), { timeoutMs: 50 })
      assert.equal(outcome.kind, 'lost')
      const [error] = io.all('error')
      assert.equal(error?.code, 'http-timeout')
      assert.equal(error.direction, 'local')
      assert.equal(error.replyTo, 1)
      assert.equal(io.isAwaiting, false)
    })

    it('reads no head beyond its limit', async () => {
      const { io } = await run(server.url('/long-head'), {}, { headBytes: 8000 })
      assert.deepEqual(
        io.frames.map((frame) => [frame.kind, frame.code]),
        [
          ['request', null],
          ['error', 'http-head-too-large'],
        ],
      )
    })

    it('says that nothing listens, without a request that never left', async () => {
      const gone = await startWsServer({})
      const url = gone.url('/')
      await gone.close()
      const { io, outcome } = await run(url)
      assert.deepEqual(
        io.frames.map((frame) => [frame.kind, frame.code]),
        [['error', 'connection-refused']],
      )
      assert.equal(outcome.kind, 'lost')
    })

    it('says what in the endpoint cannot be sent', async () => {
      for (const fields of [
        { subprotocols: ['not a token'] },
        { headers: [['X-Bad', 'line\nbreak']] as const },
      ]) {
        const { io, outcome } = await run(server.url('/echo'), fields)
        assert.equal(io.all('error')[0]?.code, 'request-invalid')
        assert.equal(outcome.kind, 'refused')
      }
    })
  })
})

describe('A WebSocket over TLS', () => {
  const addresses = ['127.0.0.1']
  const authority = makeCertificate({ name: 'Test authority', isAuthority: true })
  const good = makeCertificate({ name: 'good', addresses, issuer: authority })
  const selfSigned = makeCertificate({ name: 'self', addresses })
  let trusted: TestWsServer
  let untrusted: TestWsServer

  before(async () => {
    const start = ({ cert, key }: TestCertificate) =>
      startWsServer({ raw, server: createTlsServer({ cert, key }) })
    trusted = await start(good)
    untrusted = await start(selfSigned)
  })
  after(() => Promise.all([trusted.close(), untrusted.close()]))

  async function run(server: TestWsServer, fields: Partial<Endpoint>, caPems: string[] | null) {
    const io = createRecordingIo()
    const url = server.url('/mixed').replace('ws:', 'wss:')
    const endpoint = testEndpoint({ url, method: 'websocket', ...fields })
    const network = { proxyUrl: null, caPems }
    const transport = createWebSocketTransport({ endpoint, network, limits: defaultLimits })
    const outcome = await transport.connect(io)
    await transport.close()
    return { io, outcome }
  }

  it('opens where the certificate is trusted, with the time that TLS took', async () => {
    const { io, outcome } = await run(trusted, {}, [authority.cert])
    assert.equal(outcome.kind, 'done')
    const [response] = io.all('response')
    assert.equal(typeof response?.detail.timings.tlsMs, 'number')
    assert.equal(io.all('message').length, 3)
    assert.equal(io.all('request')[0]?.detail.url.startsWith('wss:'), true)
  })

  it('says why a certificate is not trusted and how to allow it; no request has left', async () => {
    const { io, outcome } = await run(untrusted, {}, null)
    assert.deepEqual(
      io.frames.map((frame) => [frame.kind, frame.code]),
      [['error', 'tls-untrusted']],
    )
    const [error] = io.all('error')
    assert.match(error?.detail.message ?? '', /self-signed/)
    assert.match(error?.detail.advice ?? '', /allowUntrusted/)
    assert.equal(outcome.kind, 'refused')
  })

  it('opens in spite of it where the profile says so', async () => {
    const { outcome } = await run(untrusted, allowUntrusted, null)
    assert.equal(outcome.kind, 'done')
  })
})

describe('A WebSocket through a proxy', () => {
  let server: TestWsServer
  before(async () => {
    server = await startWsServer({ raw })
  })
  after(() => server.close())

  async function run(path: string, proxy: string) {
    const io = createRecordingIo()
    const endpoint = testEndpoint({ url: server.url(path), method: 'websocket', proxy })
    const transport = createWebSocketTransport(testOptions(endpoint))
    const outcome = await transport.connect(io)
    await transport.close()
    return { io, outcome }
  }

  it('goes through a tunnel, ws: too, and says so', async () => {
    const proxy = await startProxy()
    const { io, outcome } = await run('/mixed', proxy.url)
    await proxy.close()
    assert.equal(outcome.kind, 'done')
    assert.deepEqual(proxy.seen, [`CONNECT 127.0.0.1:${server.port}`])
    assert.equal(io.all('request')[0]?.detail.proxy, proxy.host)
    assert.equal(io.all('response')[0]?.wireBytes, acceptHead({ headers: {} }).length)
    assert.equal(io.all('message').length, 3)
  })

  it('is told when the proxy refuses', async () => {
    const proxy = await startProxy(407)
    const { io } = await run('/mixed', proxy.url)
    await proxy.close()
    assert.deepEqual(
      io.frames.map((frame) => [frame.kind, frame.code]),
      [['error', 'proxy-failed']],
    )
    assert.match(io.all('error')[0]?.detail.message ?? '', /407/)
  })

  it('is told when the proxy is not there, or is none', async () => {
    const proxy = await startProxy()
    await proxy.close()
    for (const url of [proxy.url, 'ftp://127.0.0.1/']) {
      const { io } = await run('/mixed', url)
      assert.deepEqual(
        io.frames.map((frame) => [frame.kind, frame.code]),
        [['error', 'proxy-failed']],
      )
    }
  })
})

/** Without the time that the peer took to answer a close frame. */
function timeless(detail: NewFrame['detail']): object {
  const { replyMs, ...rest } = { replyMs: 0, ...detail }
  assert(replyMs >= 0 && replyMs < 5000)
  return rest
}

function textOf(payload: Uint8Array | null): string {
  return payload === null ? '' : Buffer.from(payload).toString('utf8')
}
