// The script that is made of a capture's frames.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type {
  AnswerTurn,
  ConversationTurn,
  Script,
  StreamTurn,
  Turn,
} from '../../../../src/engine/replay/script/script.ts'
import { type RecordedTraffic, recordTraffic } from '../../../support/replay/recordedTraffic.ts'

const routesOf = ({ routes }: Script) =>
  routes.map(({ method, path, turns }) => `${method} ${path} ${turns.length}`)

function turnsOf<One extends Turn>({ routes }: Script, index: number): readonly One[] {
  return (routes[index]?.turns ?? []) as readonly One[]
}

describe('a script', () => {
  it('has the answers of each path and method in their order, with their queries and waits', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /a?x=1', 'one', { holdMs: 40 })
    traffic.exchange(100, 'POST /a', 'two', { sent: '{"n":1}' })
    traffic.exchange(200, 'GET /a?x=2', 'three', {
      timings: { sentMs: 5, firstByteMs: 30, totalMs: 99 },
    })
    const script = traffic.script()
    assert.deepEqual(routesOf(script), ['GET /a 2', 'POST /a 1'])
    const [get, post] = script.routes
    assert.deepEqual(
      get?.turns.map(({ query, holdMs, origin }) => [query, holdMs, origin]),
      [
        ['x=1', 40, 'https://api.example.com'],
        ['x=2', 25, 'https://api.example.com'],
      ],
    )
    assert.equal(get?.turns[0]?.body, null)
    assert.notEqual(post?.turns[0]?.body, null)
  })

  it('knows of a 304 what had not changed', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p', 'one', { purpose: 'poll', headers: [['ETag', '"a"']] })
    traffic.exchange(100, 'GET /p', '', { purpose: 'poll', status: 304 })
    const [first, second] = turnsOf<AnswerTurn>(traffic.script(), 0)
    assert.equal(second?.unchanged, first)
    assert.equal(first?.sort, 'poll')
  })

  it('has the items of a stream at their times, and how the server ended it', () => {
    const traffic = recordTraffic()
    traffic.stream(1, 10, 'GET /s')
    traffic.add('retry', 1, 20, { delayMs: 500 })
    traffic.add('comment', 1, 30, {}, ' hi')
    traffic.event(1, 110, 'one', '1', 'trade')
    traffic.event(1, 210, 'two', '1')
    traffic.add('wait', 1, 310, { reason: 'retry', delayMs: 500 }, null, { direction: 'local' })
    traffic.stream(2, 900, 'GET /s')
    traffic.event(2, 1000, 'three', '2')
    traffic.add('error', 2, 1100, { message: 'gone' }, null, {
      direction: 'local',
      code: 'connection-reset',
    })
    traffic.stream(3, 2000, 'GET /s')
    traffic.event(3, 2500, 'four', '3')
    traffic.add('end', 3, 3000, { by: 'user', message: 'x' }, null, { direction: 'local' })
    const [ended, cut, open] = turnsOf<StreamTurn>(traffic.script(), 0)
    assert.deepEqual(
      ended?.items.map(({ at, what }) => [at, what]),
      [
        [10, { kind: 'retry', delayMs: 500 }],
        [20, { kind: 'comment' }],
        [100, { kind: 'event', type: 'trade', id: '1', ownId: true }],
        [200, { kind: 'event', type: 'message', id: '1', ownId: false }],
      ],
    )
    assert.deepEqual(ended?.end, { at: 300, isCut: false })
    assert.deepEqual(cut?.end, { at: 200, isCut: true })
    assert.equal(open?.end, null)
    assert.equal(open?.lengthMs, 1000)
    assert.deepEqual([ended?.format, ended?.lengthMs], ['sse', 300])
  })

  describe('of a tap', () => {
    const client = { address: '127.0.0.1:51234' }
    const local = { direction: 'local' } as const

    function record(method: string): { traffic: RecordedTraffic; asked: number } {
      const traffic = recordTraffic()
      const asked = traffic.ask(1, 0, `${method} /s`, { purpose: 'stream', client })
      traffic.answer(1, 0, asked, { purpose: 'stream', stream: 'ndjson' })
      traffic.add('record', 1, 100, { format: 'ndjson' }, '{}')
      return { traffic, asked }
    }
    const endOf = (traffic: RecordedTraffic) => turnsOf<StreamTurn>(traffic.script(), 0)[0]?.end
    const inPeace = { at: 100, isCut: false }

    it('takes a stream as ended of which nothing else is told', () => {
      const { traffic } = record('GET')
      traffic.add('end', 0, 900, { by: 'user', message: '' }, null, local)
      assert.deepEqual(endOf(traffic), inPeace)
    })

    it('ends a stream when the tap has told that the server did', () => {
      const { traffic, asked } = record('GET')
      const told = { ...local, code: 'tap-stream-ended', replyTo: asked } as const
      traffic.add('notice', 1, 300, { message: '' }, null, told)
      assert.deepEqual(endOf(traffic), { at: 300, isCut: false })
    })

    for (const code of ['tap-client-left', 'stopped-in-body'] as const) {
      it(`keeps a stream open that was left: ${code}`, () => {
        const { traffic, asked } = record('POST')
        traffic.add('notice', 1, 300, { message: '' }, null, { ...local, code, replyTo: asked })
        traffic.add('end', 0, 900, { by: 'user', message: '' }, null, local)
        assert.equal(endOf(traffic), null)
        assert.equal(turnsOf<StreamTurn>(traffic.script(), 0)[0]?.lengthMs, 300)
      })
    }

    it('judges by the method while it is still recorded', () => {
      assert.equal(endOf(record('GET').traffic), null)
      assert.deepEqual(endOf(record('POST').traffic), inPeace)
    })

    it('takes a stream as ended whose client goes on behind its last event', () => {
      const traffic = recordTraffic()
      traffic.stream(1, 0, 'GET /s')
      traffic.event(1, 100, 'one', '1')
      traffic.ask(2, 900, 'GET /s', { purpose: 'stream', headers: [['Last-Event-ID', '1']] })
      assert.deepEqual(endOf(traffic), inPeace)
    })
  })

  it('keeps a stream open where a companion of it fails, and leaves out what is no answer', () => {
    const traffic = recordTraffic()
    traffic.stream(1, 0, 'GET /s')
    const beside = traffic.ask(1, 10, 'POST /publish', { purpose: 'companion' })
    const fault = { direction: 'local', code: 'connection-reset', replyTo: beside } as const
    traffic.add('error', 1, 20, { message: 'gone' }, null, fault)
    traffic.event(1, 100, 'one')
    traffic.exchange(200, 'GET /odd', '', { status: 101 })
    const script = traffic.script()
    assert.deepEqual(routesOf(script), ['GET /s 1'])
    assert.equal(turnsOf<StreamTurn>(script, 0)[0]?.items.length, 1)
    assert.equal(script.flaws.unanswered, 2)
  })

  it('has a conversation with how much the client had said before each message', () => {
    const traffic = recordTraffic()
    const headers = [
      ['Sec-WebSocket-Protocol', 'chat'],
      ['Sec-WebSocket-Extensions', 'permessage-deflate'],
    ] as const
    traffic.open(1, 10, '/ws', { headers })
    traffic.message(1, 20, 'in', 'hello')
    traffic.message(1, 30, 'out', 'ask')
    traffic.message(1, 50, 'in', Uint8Array.of(1))
    traffic.add('close', 1, 60, { code: 4000, reason: 'bye', by: 'server' })
    const [turn] = turnsOf<ConversationTurn>(traffic.script(), 0)
    assert.deepEqual(
      turn?.messages.map(({ at, after, what }) => [at, after, what.kind]),
      [
        [10, 0, 'text'],
        [40, 1, 'binary'],
        [50, 1, 'close'],
      ],
    )
    assert.deepEqual([turn?.heardAt, turn?.protocol, turn?.compresses], [[20], 'chat', true])
    assert.deepEqual(routesOf(traffic.script()), ['WebSocket /ws 1'])
  })

  it('has messages in their order that were recorded behind the close, as what is inflated is', () => {
    const traffic = recordTraffic()
    traffic.open(1, 0, '/ws')
    traffic.add('close', 1, 60, { code: 1000, reason: '', by: 'server' })
    traffic.message(1, 50, 'in', 'late')
    traffic.message(1, 40, 'in', 'later')
    traffic.message(1, 70, 'in', 'never')
    const [turn] = turnsOf<ConversationTurn>(traffic.script(), 0)
    assert.deepEqual(
      turn?.messages.map(({ at }) => at),
      [40, 50, 60],
    )
    assert.deepEqual(turn?.messages.at(-1)?.what.kind, 'close')
  })

  it('leaves a conversation open that the client closed, and drops one that was lost', () => {
    const traffic = recordTraffic()
    traffic.open(1, 0, '/ws')
    traffic.add('close', 1, 60, { code: 1000, reason: '', by: 'client' }, null, {
      direction: 'out',
    })
    traffic.open(2, 100, '/ws')
    traffic.add('error', 2, 160, { message: '' }, null, {
      direction: 'local',
      code: 'ws-abnormal-closure',
    })
    const [closed, lost] = turnsOf<ConversationTurn>(traffic.script(), 0)
    assert.deepEqual(closed?.messages, [])
    assert.deepEqual(lost?.messages, [{ at: 60, after: 0, what: { kind: 'drop' } }])
  })

  it('is of a part of the capture, by time or by frames', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /a', 'one')
    traffic.stream(1, 100, 'GET /s')
    traffic.event(1, 200, 'before')
    const from = traffic.event(1, 1200, 'within')
    const until = traffic.exchange(1300, 'GET /a', 'two')
    traffic.event(1, 1400, 'behind')
    for (const range of [
      { from: { ms: 1000 }, until: { ms: 1300 } },
      { from: { seq: from }, until: { seq: until } },
    ]) {
      const script = traffic.script(range)
      assert.deepEqual(routesOf(script), ['GET /a 1', 'GET /s 1'])
      const [stream] = turnsOf<StreamTurn>(script, 1)
      assert.deepEqual(
        stream?.items.map(({ at, seq }) => [at, seq]),
        [['ms' in range.from ? 200 : 0, from]],
      )
    }
    assert.deepEqual(traffic.script({ from: { seq: 99 }, until: null }).routes, [])
  })

  it('leaves out a stream that was over before the part begins', () => {
    const traffic = recordTraffic()
    traffic.stream(1, 0, 'GET /s')
    traffic.event(1, 10, 'one')
    traffic.add('wait', 1, 20, { reason: 'retry', delayMs: 1 }, null, { direction: 'local' })
    traffic.exchange(100, 'GET /a', 'two')
    assert.deepEqual(routesOf(traffic.script({ from: { ms: 50 }, until: null })), ['GET /a 1'])
  })

  it('tells what is cut, hidden, unanswered and too much', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /a', 'abc', { truncatedAt: 3 })
    traffic.exchange(10, 'GET /a', 'x', { headers: [['Set-Cookie', `a=\${redacted:cookie}`]] })
    traffic.exchange(20, 'GET /a', 'y')
    traffic.ask(9, 30, 'GET /never')
    const script = traffic.script(undefined, 2)
    assert.deepEqual(script.flaws, { cut: 1, hidden: 1, unanswered: 1, leftOut: 1 })
    assert.deepEqual(routesOf(script), ['GET /a 2'])
  })
})
