// The WebSocket method against loopback servers where one path is one behaviour: opening, and what crosses.

import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, it } from 'mocha'
import { answeredAfterMs } from '../../../src/shared/frame/httpDetail.ts'
import { texts } from '../../support/samples/testEndpoint.ts'
import { echo, useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead, type Behaviour, type RawBehaviour } from '../../support/servers/wsServer.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'
import {
  closeNormally,
  mixed,
  runWebSocket as run,
  sends,
  timeless,
  webSocketAt,
} from '../../support/sessions/runWebSocket.ts'

const accepted: Readonly<Record<string, Behaviour>> = {
  '/echo': echo,
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
  '/large': sends(0x82, 0x7e, 0x00, 0xc8, ...new Array<number>(200).fill(7), ...closeNormally),
}

describe('WebSocket', () => {
  const server = useWsServer({ accepted, raw })
  const deflating = useWsServer({ accepted, deflate: true })

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
      const after = answeredAfterMs(response.detail.timings) ?? -1
      assert(Math.abs(response.at - request.at - after) < 0.01, `answered after ${after}`)
      assert.match(response.detail.remoteAddress ?? '', /^127\.0\.0\.1:\d+$/)
      assert.equal(io.openings, 1)
      assert.equal(io.isAwaiting, false)
    })

    for (const password of ['pa55', 'pa55%e9%']) {
      it(`does not record credentials from the URL: ${password}`, async () => {
        const url = server.url('/mixed').replace('ws://', `ws://ann:${password}@`)
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
    }

    it('offers subprotocols', async () => {
      const { io } = await run(server.url('/protocol'), { subprotocols: ['chat', 'other'] })
      assert.equal(io.all('close')[0]?.detail.reason, 'chat')
    })

    it('sends the messages of the endpoint once it is open', async () => {
      const { io, outcome } = await run(server.url('/echo'), { send: texts('one', 'bye') })
      const messages = io.all('message').map((frame) => [frame.direction, textOf(frame)])
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
          .map((f) => [f.direction, f.kind, textOf(f), f.wireBytes, timeless(f.detail)])
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
      const transport = webSocketAt(server.url('/lazy'))
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
        assert.equal(textOf(frame), text)
      }
    })

    it('keeps compressed messages in order', async () => {
      const { io } = await run(deflating.url('/numbers'))
      assert.deepEqual(
        io.all('message').map((frame) => textOf(frame)),
        Array.from({ length: 50 }, (_, i) => `message number ${i}`),
      )
    })

    it('answers pings', async () => {
      const { io, outcome } = await run(server.url('/ping'))
      const [ping, pong] = [io.all('ping')[0], io.all('pong')[0]]
      assert(ping && pong)
      assert.equal(textOf(pong), 'are you there')
      assert.equal(pong.replyTo, io.frames.indexOf(ping) + 1)
      assert.equal(outcome.kind, 'done')
    })

    it('sends text and binary when asked to', async () => {
      const transport = webSocketAt(server.url('/echo'))
      const io = createRecordingIo()
      const ended = transport.connect(io)
      await io.first('response')
      await nextTurn()
      await transport.sender?.send({ type: 'binary', bytes: Uint8Array.of(1, 2, 255) })
      const echo = await io.first('message', (frame) => frame.direction === 'in')
      assert.equal(echo.detail.type, 'binary')
      assert.deepEqual([...(echo.payload ?? [])], [1, 2, 255])
      await transport.sender?.send({ type: 'text', text: 'bye' })
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
      const transport = webSocketAt(server.url('/mixed'))
      const message = { type: 'text', text: 'x' } as const
      await assert.rejects(async () => transport.sender?.send(message), { code: 'not-open' })
      await transport.connect(createRecordingIo())
      await assert.rejects(async () => transport.sender?.send(message), { code: 'not-open' })
    })

    it('keeps payloads up to the limit and says so', async () => {
      const { io } = await run(server.url('/large'), {}, { payloadBytes: 50 })
      const [message] = io.all('message')
      assert.equal(message?.detail.truncatedAt, 50)
      assert.equal(message.sizeBytes, 200)
      assert.equal(message.payload?.length, 50)
    })
  })
})
