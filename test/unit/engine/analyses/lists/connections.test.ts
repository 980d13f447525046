// The list of connections, from literal frames of a program's traffic.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createConnections } from '../../../../../src/engine/analyses/lists/connections.ts'
import type { SeenFrame } from '../../../../../src/shared/frame/frame.ts'
import type { Packet } from '../../../../../src/shared/frame/packet.ts'
import {
  type ConnectionRow,
  type ConnectionsBy,
  type ConnectionsRead,
  connectionLimits,
} from '../../../../../src/shared/session/connections.ts'
import {
  chrome,
  createTapTraffic,
  type TapTraffic,
  tapStart,
} from '../../../../support/sessions/tapTraffic.ts'

const socketIo: Packet = { protocol: 'socket.io', type: 'event', level: 'app' }

function read(
  frames: readonly SeenFrame[],
  by: ConnectionsBy = 'path',
  more: { readonly now?: number; readonly from?: number; readonly count?: number } = {},
): ConnectionsRead {
  const fold = createConnections()
  for (const [index, frame] of frames.entries())
    fold.add(frame, index + 1, null, frame.kind === 'message' ? [socketIo] : undefined)
  const { now, from = 0, count = 100 } = more
  const scope = { afterSeq: 0, ...(now !== undefined && { now }), connections: { by, from, count } }
  return fold.piece(scope)
}

function row(frames: readonly SeenFrame[], key: string): ConnectionRow {
  const found = read(frames).rows.find((one) => one.key === key)
  assert.ok(found, `no row ${key}`)
  return found
}

/** Polls every 2 s from the start; the first two are known as such only by the third. */
function poll(traffic: TapTraffic, count: number, status = 304): void {
  for (let n = 0; n < count; n++) {
    const purpose = n < 2 ? 'request' : 'poll'
    const asked = traffic.ask(1, n * 2000, 'GET /api/cart', purpose)
    const changed = n > 0 && n % 4 === 0
    traffic.answer(1, n * 2000 + 10 + n, asked, n === 0 || changed ? 200 : status, purpose)
  }
}

describe('the list of connections', () => {
  it('sums polls up from the first, with their rhythm and what was unchanged', () => {
    const traffic = createTapTraffic()
    poll(traffic, 9)
    const polled = row(traffic.frames, 'GET /api/cart')
    assert.deepEqual(
      [polled.sort, polled.state, polled.requests, polled.answers, polled.unchanged],
      ['polling', 'open', 9, 9, 6],
    )
    assert.deepEqual([polled.everyMs, polled.answerMs], [2000, { p50: 14, p95: 18 }])
    assert.deepEqual([polled.clients, polled.client], [1, chrome])
    assert.deepEqual([polled.first.seq, polled.last.seq], [1, 18])
  })

  it('takes a rhythm that pauses for longer as ended', () => {
    const traffic = createTapTraffic()
    poll(traffic, 4)
    const last = tapStart + 6013
    const states = [7999, 8001].map((ms) => read(traffic.frames, 'path', { now: last + ms }))
    assert.deepEqual(
      states.map(({ open, rows }) => [open, rows[0]?.state]),
      [
        [1, 'open'],
        [0, 'ended'],
      ],
    )
  })

  it('tells how long polls are held, and what is between them', () => {
    const traffic = createTapTraffic()
    for (let n = 0; n < 5; n++) {
      const purpose = n === 0 ? 'request' : 'long-poll'
      const asked = traffic.ask(2, n * 8101, `GET /api/updates?since=${n}`, purpose)
      traffic.answer(2, n * 8101 + 8100, asked, 200, purpose)
    }
    const held = row(traffic.frames, 'GET /api/updates')
    assert.deepEqual([held.sort, held.heldMs, held.gapMs], ['long-polling', 8100, 1])
    assert.deepEqual([held.query, held.answers, held.state], [['since'], 5, 'open'])
  })

  it('counts the events of a stream, how often it came back, and what it went on from', () => {
    const traffic = createTapTraffic()
    for (const [connection, from] of [
      [3, 0],
      [4, 5000],
    ] as const) {
      const headers = connection === 3 ? [] : [['Last-Event-ID', '7'] as const]
      const asked = traffic.ask(connection, from, 'GET /api/events', 'stream', { headers })
      traffic.answer(connection, from + 5, asked, 200, 'stream')
      for (let n = 0; n < 3; n++) traffic.add('event', connection, from + 10 + n, {})
      if (connection === 3) traffic.add('ignored', 3, 4000, { why: 'no-content' })
    }
    const stream = row(traffic.frames, 'GET /api/events')
    assert.deepEqual([stream.sort, stream.events], ['sse', 6])
    assert.deepEqual([stream.opened, stream.resumed], [2, 1])
    assert.deepEqual([stream.connections, stream.open, stream.numbers], [2, 1, [3, 4]])
    const { rows, open, connections } = read(traffic.frames, 'number')
    assert.deepEqual(
      rows.map(({ key, state, events }) => [key, state, events]),
      [
        ['3', 'ended', 3],
        ['4', 'open', 3],
      ],
    )
    assert.deepEqual([open, connections], [1, 4])
  })

  it('tells messages of a WebSocket both ways, its protocols and its pings', () => {
    const traffic = createTapTraffic()
    const asked = traffic.ask(7, 0, 'GET /ws', 'handshake')
    const headers = [['Sec-WebSocket-Protocol', 'chat'] as const]
    traffic.answer(7, 18, asked, 101, 'handshake', { headers })
    for (let n = 0; n < 4; n++) {
      traffic.add('message', 7, 100 + n * 25_000, { type: 'text' })
      traffic.add('ping', 7, 101 + n * 25_000, {})
      traffic.add('pong', 7, 102 + n * 25_000, {}, { direction: 'out' })
    }
    traffic.add('message', 7, 80_000, { type: 'text' }, { direction: 'out' })
    const socket = row(traffic.frames, 'WebSocket /ws')
    assert.deepEqual([socket.sort, socket.state, socket.pingMs], ['websocket', 'open', 25_000])
    assert.deepEqual([socket.messagesIn, socket.messagesOut], [4, 1])
    assert.deepEqual([socket.subprotocol, socket.protocol], ['chat', 'socket.io'])
    traffic.add('close', 7, 90_000, { code: 1011, reason: 'broken', by: 'server' })
    const closed = row(traffic.frames, 'WebSocket /ws')
    assert.deepEqual(
      [closed.state, closed.failure],
      ['failed', { status: null, code: '1011', message: 'broken' }],
    )
  })

  it('takes heartbeats of the protocol on a WebSocket for its pings', () => {
    const traffic = createTapTraffic()
    const asked = traffic.ask(7, 0, 'GET /socket.io/', 'handshake')
    traffic.answer(7, 18, asked, 101, 'handshake')
    const fold = createConnections()
    for (const [index, frame] of traffic.frames.entries()) fold.add(frame, index + 1)
    const ping: Packet = { protocol: 'engine.io', type: 'ping', level: 'heartbeat' }
    const pong: Packet = { ...ping, type: 'pong', answers: 3 }
    for (let n = 0; n < 3; n++) {
      for (const packet of [ping, pong]) {
        const at = 100 + n * 25_000 + (packet === pong ? 2 : 0)
        const seq = traffic.add('message', 7, at, { type: 'text' })
        fold.add(traffic.frames[seq - 1] as SeenFrame, seq, null, [packet])
      }
    }
    assert.equal(fold.result().rows[0]?.pingMs, 25_000)
  })

  it('keeps exchanges of one conversation apart by their methods, answers by what they answer', () => {
    const traffic = createTapTraffic()
    const get = traffic.ask(5, 0, 'GET /mcp', 'stream')
    traffic.answer(5, 4, get, 200, 'stream')
    const one = traffic.ask(5, 10, 'POST /mcp')
    const two = traffic.ask(5, 11, 'POST /mcp')
    traffic.add('event', 5, 12, {})
    traffic.answer(5, 40, two, 202)
    traffic.answer(5, 95, one, 500)
    const rows = read(traffic.frames).rows
    assert.deepEqual(
      rows.map(({ key, sort, state, events, requests }) => [key, sort, state, events, requests]),
      [
        ['GET /mcp', 'sse', 'open', 1, 1],
        ['POST /mcp', 'request', 'open', 0, 2],
      ],
    )
    assert.deepEqual([rows[1]?.lastStatus, rows[1]?.answerMs], [500, { p50: 29, p95: 85 }])
    assert.deepEqual(read(traffic.frames, 'number').rows[0]?.methods, ['GET', 'POST'])
  })

  it('tells what has failed, until it is asked again', () => {
    const traffic = createTapTraffic()
    const asked = traffic.ask(9, 0, 'GET /api/stream', 'stream')
    traffic.answer(9, 30, asked, 502, 'stream')
    const failed = row(traffic.frames, 'GET /api/stream')
    assert.deepEqual(
      [failed.state, failed.failure, failed.opened],
      ['failed', { status: 502, code: null, message: null }, 0],
    )
    traffic.ask(10, 60, 'GET /api/stream', 'stream')
    traffic.add('error', 10, 90, { message: 'It was refused.' }, { code: 'tcp-refused' })
    const again = row(traffic.frames, 'GET /api/stream')
    assert.deepEqual(again.failure, {
      status: null,
      code: 'tcp-refused',
      message: 'It was refused.',
    })
    const answered = traffic.ask(11, 100, 'GET /api/stream', 'stream')
    traffic.answer(11, 101, answered, 200, 'stream')
    assert.deepEqual(row(traffic.frames, 'GET /api/stream').state, 'open')
  })

  it('ends with the program that leaves, and only what it leaves', () => {
    const traffic = createTapTraffic()
    const notice = (atMs: number, replyTo: number) =>
      traffic.add(
        'notice',
        5,
        atMs,
        { message: 'The program left.' },
        { code: 'tap-client-left', replyTo, direction: 'local' },
      )
    const stream = traffic.ask(5, 0, 'GET /mcp', 'stream')
    traffic.answer(5, 4, stream, 200, 'stream')
    notice(60, traffic.ask(5, 10, 'POST /mcp'))
    assert.deepEqual(row(traffic.frames, 'GET /mcp').state, 'open')
    notice(70, stream)
    const left = row(traffic.frames, 'GET /mcp')
    assert.deepEqual([left.state, left.failure], ['ended', null])
  })

  it('ends with a stream that the server ends, and with what a tap cuts', () => {
    const traffic = createTapTraffic()
    const over = (number: number, code: string, replyTo: number | null) =>
      traffic.add('notice', number, 60, { message: 'Over.' }, { code, replyTo, direction: 'local' })
    const stream = traffic.ask(1, 0, 'POST /chat', 'stream')
    traffic.answer(1, 4, stream, 200, 'stream')
    traffic.answer(2, 6, traffic.ask(2, 5, 'GET /ws', 'handshake'), 101, 'handshake')
    traffic.ask(3, 7, 'GET /held')
    assert.equal(read(traffic.frames).open, 3)
    over(1, 'tap-stream-ended', stream)
    for (const number of [2, 3]) over(number, 'tap-cut', null)
    assert.equal(read(traffic.frames).open, 0)
  })

  it('tells what a tap has refused', () => {
    const traffic = createTapTraffic()
    traffic.ask(6, 0, 'GET /')
    const refused = { code: 'tap-refused', direction: 'local' } as const
    traffic.add('notice', 6, 1, { message: 'Another host was asked for.' }, refused)
    const { state, failure } = row(traffic.frames, 'GET /')
    assert.deepEqual([state, failure?.message], ['failed', 'Another host was asked for.'])
  })

  it('sums up a path by the program that asked last', () => {
    const traffic = createTapTraffic()
    for (const [i, number] of [1, 2, 1].entries())
      traffic.answer(number, i, traffic.ask(number, i, 'GET /api/a'), number * 200)
    assert.equal(row(traffic.frames, 'GET /api/a').state, 'done')
  })

  it('has nothing open once the session has ended', () => {
    const traffic = createTapTraffic()
    const asked = traffic.ask(1, 0, 'GET /ws', 'handshake')
    traffic.answer(1, 18, asked, 101, 'handshake')
    traffic.ask(2, 20, 'POST /api/login')
    traffic.add('end', 0, 30, { by: 'user' }, { direction: 'local' })
    const { open, rows } = read(traffic.frames)
    assert.deepEqual([open, rows.map(({ state }) => state)], [0, ['ended', 'done']])
  })

  it('keeps so many rows, those that are open first, and tells how many it has forgotten', () => {
    const traffic = createTapTraffic()
    const stream = traffic.ask(1, 0, 'GET /api/events', 'stream')
    traffic.answer(1, 1, stream, 200, 'stream')
    const count = connectionLimits.kept + 50
    for (let n = 2; n <= count; n++) traffic.answer(n, n, traffic.ask(n, n, `GET /item/${n}`), 200)
    const numbered = read(traffic.frames, 'number')
    assert.deepEqual(
      [numbered.total, numbered.forgotten, numbered.connections, numbered.open],
      [connectionLimits.kept, 50, count, 1],
    )
    assert.deepEqual(
      numbered.rows.slice(0, 2).map(({ key }) => key),
      ['1', '52'],
    )
    const page = read(traffic.frames, 'number', { from: connectionLimits.kept - 3, count: 9 })
    assert.deepEqual(
      page.rows.map(({ key }) => Number(key)),
      [count - 2, count - 1, count],
    )
    assert.equal(read(traffic.frames).total, connectionLimits.paths)
  })

  it('never throws, whatever a file holds', () => {
    const traffic = createTapTraffic()
    traffic.answer(4, 0, 99, 200)
    traffic.add('event', 5, 1, {})
    traffic.add('ping', 6, 2, {})
    traffic.add('close', 7, 3, { code: 1000, reason: '', by: 'client' })
    traffic.ask(8, 4, `${'M'.repeat(500)} /${'x'.repeat(5000)}?${'a&'.repeat(5000)}`)
    traffic.ask(9, 5, 'GET ')
    const { rows } = read(traffic.frames)
    assert.deepEqual(
      rows.map(({ path }) => path.length),
      [connectionLimits.pathChars + 1, 0],
    )
    assert.equal(read(traffic.frames, 'number').rows.length, 6)
  })
})
