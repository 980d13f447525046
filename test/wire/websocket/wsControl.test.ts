// WebSocket pings, pongs and closing by hand, and fragments, against loopback servers.

import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { echo, useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead, type Behaviour, type RawBehaviour } from '../../support/servers/wsServer.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'
import { webSocketAt } from '../../support/sessions/runWebSocket.ts'

const accepted: Readonly<Record<string, Behaviour>> = {
  '/echo': echo,
  '/pings-twice': (ws) => {
    ws.ping('one')
    ws.ping('two')
    ws.on('message', () => ws.close(1000))
  },
}

/** Accepts the handshake, then answers nothing. */
const deaf: RawBehaviour = (socket, request) => {
  socket.write(acceptHead(request))
  socket.on('data', () => null)
}

const raw: Readonly<Record<string, RawBehaviour>> = {
  '/deaf': deaf,
  '/chatty': (socket, request) => {
    deaf(socket, request)
    const timer = setInterval(() => socket.write(Uint8Array.of(0x81, 0x01, 0x61)), 5)
    socket.on('close', () => clearInterval(timer))
  },
  // Ends the connection where a close frame should be answered.
  '/hangs-up': (socket, request) => {
    socket.write(acceptHead(request))
    socket.once('data', () => socket.end())
  },
  // A fragment, and the rest of its message when the client says something.
  '/halves': (socket, request) => {
    const head = Buffer.from(acceptHead(request), 'latin1')
    socket.write(Buffer.concat([head, Buffer.of(0x01, 0x02, 0x61, 0x62)]))
    socket.once('data', () => socket.write(Buffer.of(0x80, 0x01, 0x63, 0x88, 0x02, 0x03, 0xe8)))
    socket.on('end', () => socket.end())
  },
  '/reserved-bit': (socket, request) => {
    const head = Buffer.from(acceptHead(request), 'latin1')
    socket.write(Buffer.concat([head, Buffer.of(0x81, 0x00, 0xb1, 0x01, 0x41)]))
    socket.on('data', () => null).on('end', () => socket.end())
  },
}

describe('A WebSocket’s control frames', () => {
  const server = useWsServer({ accepted, raw })

  /** Opens a connection; the answer's `ended` is its outcome. */
  async function open(path: string, fields: Partial<Endpoint> = {}) {
    const transport = webSocketAt(server.url(path), fields)
    const io = createRecordingIo()
    const ended = transport.connect(io)
    await io.first('response')
    await nextTurn()
    return { io, transport, ended }
  }

  describe('pings', () => {
    it('are sent by hand with a payload, and their pongs tell the round trip', async () => {
      const { io, transport, ended } = await open('/echo')
      await transport.sender?.ping(Buffer.from('hello'))
      const pong = await io.first('pong')
      const [ping] = io.all('ping')
      assert(ping)
      assert.equal(ping.direction, 'out')
      assert.equal(textOf(ping), 'hello')
      assert.equal(ping.wireBytes, 11)
      assert.equal(pong.replyTo, io.frames.indexOf(ping) + 1)
      const { rttMs } = pong.detail
      assert(rttMs !== undefined && rttMs >= 0 && rttMs < 1000)
      assert.equal(Math.abs(pong.at - ping.at - rttMs) < 0.001, true)
      io.abort()
      await ended
    })

    it('are sent by interval, each joined with its pong', async () => {
      const { io, ended } = await open('/echo', { pingIntervalMs: 10 })
      await io.first('pong', (frame) => textOf(frame) === 'lifeline 3')
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      const pongs = io.all('pong').slice(0, 3)
      assert.deepEqual(
        pongs.map((frame) => textOf(frame)),
        ['lifeline 1', 'lifeline 2', 'lifeline 3'],
      )
      for (const pong of pongs) {
        assert.equal(typeof pong.detail.rttMs, 'number')
        assert.equal(textOf(io.frames[(pong.replyTo ?? 0) - 1]), textOf(pong))
      }
    })

    it('notice a half-open connection, and say so', async () => {
      const { io, ended } = await open('/deaf', { pingIntervalMs: 30 })
      const outcome = await ended
      const [error, ...more] = io.all('error')
      assert.equal(error?.code, 'ws-no-pong')
      assert.deepEqual(more, [])
      assert.match(error.detail.message, /^No pong has come within 30 ms/)
      assert.match(error.detail.advice ?? '', /pingInterval/)
      assert.deepEqual(outcome, { kind: 'lost', message: error.detail.message })
      assert.equal(io.all('ping').length, 1)
    })

    it('notice a server that talks but does not answer them, an interval later', async () => {
      const { io, ended } = await open('/chatty', { pingIntervalMs: 40 })
      assert.equal((await ended).kind, 'lost')
      const [error] = io.all('error')
      assert.equal(error?.code, 'ws-no-pong')
      assert.match(error.detail.message, /^No pong has answered a ping within 80 ms.* still sends/)
      const [ping] = io.all('ping')
      const last = io.all('message').at(-1)
      assert(ping && last && last.at - ping.at > 40)
    })

    it('are answered, unless that is turned off', async () => {
      const answering = await open('/pings-twice')
      await answering.io.first('pong', (frame) => textOf(frame) === 'two')
      await answering.transport.sender?.send({ type: 'text', text: 'done' })
      await answering.ended
      const silent = await open('/pings-twice', { autoPong: false })
      await silent.io.first('ping', (frame) => textOf(frame) === 'two')
      await silent.transport.sender?.send({ type: 'text', text: 'done' })
      await silent.ended
      assert.deepEqual(silent.io.all('pong'), [])
    })

    it('are refused beyond 125 bytes and without an open WebSocket', async () => {
      const { io, transport, ended } = await open('/echo')
      await assert.rejects(async () => transport.sender?.ping(Buffer.alloc(126)), {
        code: 'ping-too-long',
      })
      io.abort()
      await ended
      await assert.rejects(async () => transport.sender?.ping(Buffer.alloc(1)), {
        code: 'not-open',
      })
    })
  })

  describe('closing by hand', () => {
    it('sends code and reason, draws the answer with its time, and ends by the user', async () => {
      const { io, transport, ended } = await open('/echo')
      await transport.sender?.closeWith(4001, 'enough, thanks')
      assert.deepEqual(await ended, { kind: 'stopped', message: 'The user closed it with 4001.' })
      const [sent, answer] = io.all('close')
      assert.deepEqual(sent?.detail, { code: 4001, reason: 'enough, thanks', by: 'client' })
      assert.equal(sent.direction, 'out')
      assert.equal(answer?.direction, 'in')
      assert.equal(answer.replyTo, io.frames.indexOf(sent) + 1)
      assert.equal(answer.detail.by, 'client')
      assert.ok(Math.abs((answer.detail.replyMs ?? -1) - (answer.at - sent.at)) <= 0.001)
      assert.deepEqual(io.all('error'), [])
      await assert.rejects(async () => transport.sender?.closeWith(1000, ''), { code: 'not-open' })
    })

    it('says when the answer does not come in time', async () => {
      const { io, transport, ended } = await open('/deaf')
      await transport.sender?.closeWith(1000, '')
      assert.equal((await ended).kind, 'stopped')
      const [notice] = io.all('notice')
      assert.equal(notice?.code, 'ws-close-unanswered')
      assert.match(notice.detail.message, /within 2\.0 s/)
      assert.deepEqual(io.all('error'), [])
    })

    it('says when the server hangs up instead', async () => {
      const { io, transport, ended } = await open('/hangs-up')
      await transport.sender?.closeWith(1000, '')
      assert.equal((await ended).kind, 'stopped')
      assert.match(io.all('notice')[0]?.detail.message ?? '', /without answering/)
    })
  })

  describe('and fragments', () => {
    it('are told as they come, before their message is whole', async () => {
      const { io, transport, ended } = await open('/halves')
      const first = await io.first('fragment')
      assert.deepEqual(io.all('message'), [])
      assert.equal(first.sizeBytes, 2)
      assert.equal(first.wireBytes, 4)
      await transport.sender?.send({ type: 'text', text: 'go on' })
      await ended
      assert.deepEqual(
        io.frames.slice(2).map(({ kind, direction }) => `${kind} ${direction}`),
        ['fragment in', 'message out', 'fragment in', 'message in', 'close in', 'close out'],
      )
      const message = io.all('message').at(-1)
      assert.equal(message?.detail.fragments, 2)
      assert.equal(message.wireBytes, 7)
      assert.equal(textOf(message), 'abc')
    })

    it('show the bits of a frame that breaks the rules', async () => {
      const { io, ended } = await open('/reserved-bit')
      assert.equal((await ended).kind, 'refused')
      assert.deepEqual(
        io.frames.slice(2).map(({ kind }) => kind),
        ['message', 'fragment', 'close', 'error'],
      )
      const [fragment] = io.all('fragment')
      assert.deepEqual(fragment?.detail, { index: 1, opcode: 1, fin: true, rsv: 3, masked: false })
      assert.equal(fragment.sizeBytes, 1)
    })
  })
})
