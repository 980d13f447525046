// A peer that nobody here wrote: a Socket.IO server, over HTTP long polling and over WebSocket.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'mocha'
import { Server } from 'socket.io'
import type { Session } from '../../../src/engine/session/session.ts'
import { endpointAt, runSession, type SessionRun } from '../../support/sessions/runSession.ts'

// [engine.io] protocol 4: `0` open, `1` close, `2` ping, `3` pong, `4` message, `6` nothing. Several
// packets in one body stand apart by U+001E. [socket.io] protocol 5: `40` connect, `41` disconnect,
// `42` event, `43` acknowledgement.
const separator = '\x1e'
const path = (transport: string) => `/socket.io/?EIO=4&transport=${transport}`

interface Peer {
  readonly origin: string
  close(): Promise<void>
}

async function startPeer(times: { pingInterval: number; pingTimeout: number }): Promise<Peer> {
  const http: HttpServer = createServer()
  const server = new Server(http, times)
  server.on('connection', (socket) => {
    socket.emit('hello', { n: 1 })
    socket.on('echo', (text: string, acknowledge: (text: string) => void) => {
      socket.emit('echoed', text, Buffer.of(1, 2, 255))
      acknowledge('done')
    })
    socket.on('bye', () => socket.disconnect(true))
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const { port } = http.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() }
}

describe('A Socket.IO server', () => {
  let peer: Peer
  let impatient: Peer
  before(async () => {
    peer = await startPeer({ pingInterval: 100, pingTimeout: 5000 })
    impatient = await startPeer({ pingInterval: 50, pingTimeout: 50 })
  })
  after(() => Promise.all([peer.close(), impatient.close()]))

  /** What of the server's answers is random. */
  const plain = (packet: string) => packet.replace(/"sid":"[^"]+"/, '"sid":"…"')
  const plainWords = (words: string) =>
    words.replace(/sid: "[^"]+"/, 'sid: "…"').replace(/· [\d.]+ m?s/, '· …')
  const open = (upgrades: string, times: string) =>
    `0{"sid":"…","upgrades":[${upgrades}],${times},"maxPayload":1000000}`
  const times = '"pingInterval":100,"pingTimeout":5000'

  /** What follows a packet of the server: all it can do, then goodbye at a ping that was waited for. */
  function conversation(): (packet: string) => readonly string[] {
    let acknowledged = false
    let pings = 0
    return (packet) => {
      if (packet === open('', times)) return ['40']
      if (packet === '42["hello",{"n":1}]') return ['420["echo","x"]']
      if (packet === '430["done"]') acknowledged = true
      if (packet !== '2') return []
      // The first one may have come before anybody asked.
      pings++
      return acknowledged && pings > 1 ? ['3', '42["bye"]'] : ['3']
    }
  }

  describe('over WebSocket', () => {
    const endpointOf = ({ origin }: Peer) => endpointAt(origin, 'websocket', path('websocket'))

    const messages = (run: SessionRun) =>
      run.all('message').map((frame) => {
        const bytes = Buffer.from(run.payload(frame) ?? [])
        const text = frame.detail.type === 'binary' ? bytes.toString('hex') : bytes.toString()
        return `${frame.direction} ${plain(text)}`
      })

    it('opens, sends events and bytes, acknowledges, pings, and closes when asked to', async () => {
      const follow = conversation()
      const run = await runSession(endpointOf(peer), {
        until(frame, session, payload) {
          if (frame.kind !== 'message' || frame.direction === 'out') return false
          const packet = plain(Buffer.from(payload ?? []).toString())
          for (const text of follow(packet)) void session.send({ type: 'text', text })
          return false
        },
      })
      const pings = messages(run).filter((message) => /^(in 2|out 3)$/.test(message))
      assert.deepEqual(pings.slice(0, 2), ['in 2', 'out 3'])
      const others = messages(run).filter((message) => !pings.includes(message))
      assert.deepEqual(others, [
        `in ${open('', times)}`,
        'out 40',
        'in 40{"sid":"…"}',
        'in 42["hello",{"n":1}]',
        'out 420["echo","x"]',
        'in 451-["echoed","x",{"_placeholder":true,"num":0}]',
        'in 0102ff',
        'in 430["done"]',
        'out 42["bye"]',
        'in 41',
      ])
      assert.deepEqual(
        run.all('close').map(({ direction, detail }) => [direction, detail.code, detail.by]),
        [
          ['in', 1005, 'server'],
          ['out', 1005, 'server'],
        ],
      )
      assert.deepEqual(run.all('error'), [])
      assert.deepEqual(
        run.lines
          .filter((line) => line.startsWith('message'))
          .map((line) => plainWords(line.replace('message ', '')))
          .filter((words) => !/\b(?:ping|pong)\b/.test(words)),
        [
          'open pings every 100 ms, waits 5.0 s',
          '▸ CONNECT /',
          '◂ CONNECT / · … · {sid: "…"}',
          '▸ hello {n: 1}',
          '▸ echo #0 "x"',
          'BINARY_EVENT echoed: 1 attachment follows',
          '▸ echoed ["x", <3 B>]',
          '◂ ACK echo #0 · … · "done"',
          '▸ bye',
          '▸ DISCONNECT /',
        ],
      )
    })

    it('leaves who does not answer its ping', async () => {
      const run = await runSession(endpointOf(impatient))
      assert.deepEqual(messages(run).at(-1), 'in 2')
      assert.equal(run.all('close')[0]?.detail.by, 'server')
      assert.match(run.end.message, /1005/)
    })

    it('refuses a transport that it does not know', async () => {
      const run = await runSession(endpointAt(peer.origin, 'websocket', path('pigeon')))
      assert.equal(run.only('response').detail.status, 400)
      assert.equal(run.text(run.only('response')), 'Transport unknown')
      assert.equal(run.only('error').code, 'ws-handshake-refused')
    })
  })

  describe('over HTTP long polling', () => {
    /** Opens with one request, as any client does; resolves with the path that the session has. */
    async function handshake({ origin }: Peer): Promise<string> {
      const run = await runSession(endpointAt(origin, 'polling', path('polling')), {
        until: (frame) => frame.kind === 'response',
      })
      const answer = run.text(run.only('response')) ?? ''
      assert.match(plain(answer), /^0\{"sid":"…","upgrades":\["websocket"\],/)
      return `${path('polling')}&sid=${JSON.parse(answer.slice(1)).sid}`
    }

    const post = (session: Session, url: string, ...packets: readonly string[]) =>
      session.request({
        request: 'POST',
        url,
        headers: [['Content-Type', 'text/plain;charset=UTF-8']],
        body: packets.join(separator),
      })

    const answers = (run: SessionRun) =>
      run
        .all('response')
        .filter(({ detail }) => detail.purpose === 'long-poll')
        .flatMap((frame) => (run.text(frame) ?? '').split(separator).map(plain))

    it('holds each request until there are packets, and takes packets beside it', async () => {
      const target = await handshake(peer)
      const follow = conversation()
      // Answers come faster than a held one would, which is not to be kept to 100 ms here.
      const fields = { allowFasterThan100ms: true }
      const run = await runSession(endpointAt(peer.origin, 'long-polling', target, fields), {
        until(frame, session, payload) {
          if (frame.kind === 'request' && frame.seq === 1) void post(session, target, '40')
          if (frame.kind !== 'response' || frame.detail.purpose !== 'long-poll') return false
          for (const packet of Buffer.from(payload ?? [])
            .toString()
            .split(separator)) {
            const packets = follow(plain(packet))
            if (packets.length > 0) void post(session, target, ...packets)
          }
          return false
        },
      })
      const pings = answers(run).filter((packet) => packet === '2')
      assert.notEqual(pings.length, 0)
      const others = answers(run).filter((packet) => packet !== '2')
      assert.deepEqual(others, [
        '40{"sid":"…"}',
        '42["hello",{"n":1}]',
        '451-["echoed","x",{"_placeholder":true,"num":0}]',
        // Bytes are written in base64 here.
        'bAQL/',
        '430["done"]',
        '41',
        '6',
        '1',
        '{"code":1,"message":"Session ID unknown"}',
      ])
      const said = run.lines.map(plainWords).join('\n')
      for (const words of [
        '▸ hello {n: 1}',
        '▸ echo #0 "x"',
        '▸ echoed ["x", <3 B>]',
        '◂ ACK echo #0 · … · "done"',
        'error 1 Session ID unknown',
      ]) {
        assert.ok(said.includes(words), `${words} is not in ${said}`)
      }
      // The server knows nothing of the session any more, and asking again would not help.
      assert.equal(run.only('error').code, 'http-error-status')
      assert.equal(run.end.by, 'error')
      const companions = run.all('response').filter(({ detail }) => detail.purpose === 'companion')
      assert.equal(companions.length, 2 + pings.length)
      for (const frame of companions) {
        assert.equal(frame.detail.status, 200)
        assert.equal(run.text(frame), 'ok')
      }
      // One connection is kept for all polls; a ping was waited for.
      const polls = run.all('response').filter(({ detail }) => detail.purpose === 'long-poll')
      assert.deepEqual(
        polls.map(({ detail }) => detail.reused),
        polls.map((_poll, index) => index > 0),
      )
      const longestMs = Math.max(...polls.map(({ detail }) => detail.holdMs ?? 0))
      assert.ok(longestMs > 10, `${longestMs} ms`)
    })

    it('refuses a session ID that it did not give', async () => {
      const target = `${path('polling')}&sid=nobody`
      const run = await runSession(endpointAt(peer.origin, 'long-polling', target))
      assert.equal(run.only('response').detail.status, 400)
      assert.equal(run.only('error').code, 'http-error-status')
    })
  })
})
