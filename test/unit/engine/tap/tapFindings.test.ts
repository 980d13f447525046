// Analyses over a tap's capture, in which many connections are open at once and answered in any order.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createConnectionTraces } from '../../../../src/engine/analyses/doctor/shapes/connectionTrace.ts'
import { allFindings } from '../../../../src/engine/readFindings.ts'
import { type ScriptedPair, type ScriptedTap, scriptTap } from '../../../support/tap/scriptedTap.ts'

function findings(tap: ScriptedTap) {
  tap.capture.flush()
  return allFindings(tap.capture).findings.findings
}

const ids = (tap: ScriptedTap) => findings(tap).map(({ id }) => id)

/** Polls of two paths in turn, each in a rhythm of its own. */
function pollInTurn(
  tap: ScriptedTap,
  paths: readonly string[],
  body: (path: string, i: number) => string,
  before: (path: string, pair: ScriptedPair) => void = () => {},
): void {
  const pairs = paths.map(() => tap.pair())
  for (let i = 0; i < 40; i++) {
    paths.forEach((path, index) => {
      const pair = pairs[index]
      assert.ok(pair)
      pair.request(`GET ${path}`)
      before(path, pair)
      pair.answer(
        '200 OK',
        ['Content-Type: application/json', 'Cache-Control: no-store'],
        body(path, i),
      )
    })
    tap.pass(1000)
  }
}

function openSocket(tap: ScriptedTap, path: string): ScriptedPair {
  const pair = tap.pair()
  pair.request(`GET ${path}`, ['Upgrade: websocket', 'Connection: Upgrade'])
  pair.response('101 Switching Protocols', ['Upgrade: websocket', 'Connection: Upgrade'])
  return pair
}

const text = (words: string) => Uint8Array.from([0x81, words.length, ...Buffer.from(words)])

describe('the doctor at a tap', () => {
  it('looks at each path by itself, and says at which it found something', async () => {
    const tap = await scriptTap()
    pollInTurn(tap, ['/same', '/news'], (path, i) => `{"n":${path === '/same' ? 0 : i}}`)
    assert.deepEqual(
      findings(tap).map(({ id, sentence }) => `${id} ${sentence}`),
      [
        'poll-too-fast /same: 100 % of 38 polls, one every 1.0 s, brought nothing new.',
        'poll-too-slow /news: 100 % of 38 polls, one every 1.0 s, brought something new.',
      ],
    )
  })

  it('says where faults on purpose have acted, and only there', async () => {
    const tap = await scriptTap()
    const delay = { kind: 'fault', fault: 'delay', message: 'Held for 200 ms.' } as const
    pollInTurn(
      tap,
      ['/same', '/delayed'],
      () => '{"n":0}',
      (path, pair) => {
        if (path === '/delayed') pair.tell(delay)
      },
    )
    const [{ sentence = '' } = {}] = findings(tap)
    assert.match(sentence, /^\/same: .* brought nothing new\. The same was found at 1 more\.$/)
    const alone = await scriptTap()
    pollInTurn(
      alone,
      ['/delayed'],
      () => '{"n":0}',
      (_, pair) => pair.tell(delay),
    )
    assert.match(findings(alone)[0]?.sentence ?? '', /Faults on purpose have acted here\.$/)
  })

  for (const [who, fields, expected] of [
    ['a program that begins anew', [], []],
    ['one that comes back where it was', ['Last-Event-ID: 40'], ['sse-id-gap']],
  ] as const) {
    it(`finds of ${who}: ${expected.join() || 'nothing'}`, async () => {
      const tap = await scriptTap()
      for (const [from, asked] of [
        [1, []],
        [90, fields],
      ] as const) {
        const pair = tap.pair()
        pair.request('GET /events', ['Accept: text/event-stream', ...asked])
        pair.response('200 OK', ['Content-Type: text/event-stream'])
        for (let id = from; id < from + 40; id++) {
          pair.body('server', `id: ${id}\ndata: ${id}\n\n`)
          tap.pass(100)
        }
        pair.closed('client')
        tap.pass(1000)
      }
      assert.deepEqual(
        ids(tap).filter((id) => /^sse-/.test(id)),
        expected,
      )
    })
  }

  it('takes no WebSocket for ended because another one has begun', async () => {
    const tap = await scriptTap('ws://api.example')
    const sockets = Array.from({ length: 8 }, () => openSocket(tap, '/ws'))
    for (let i = 0; i < 20; i++) {
      for (const socket of sockets) socket.body('server', text(`price ${i}`))
      tap.pass(500)
    }
    assert.deepEqual(
      ids(tap).filter((id) => /reconnect|clos|lost|end/.test(id)),
      [],
    )
  })

  it('takes each for ended by what ends it, and all others with the session', async () => {
    const tap = await scriptTap('ws://api.example')
    const sockets = ['/a', '/b', '/c', '/d', '/e'].map((path) => openSocket(tap, path))
    for (const one of sockets) one.body('server', text('x'))
    const [lost, left, closed, , cut] = sockets
    assert.ok(lost && left && closed && cut)
    cut.tell({ kind: 'fault', fault: 'cut', message: 'Cut.' })
    cut.closed('relay')
    const stream = tap.pair()
    stream.request('GET /events', ['Accept: text/event-stream'])
    stream.answer('200 OK', ['Content-Type: text/event-stream'], 'data: 1\n\n')
    lost.closed('server')
    left.closed('client')
    closed.body('server', Uint8Array.of(0x88, 0))
    closed.body('client', Uint8Array.of(0x88, 0x80, 0, 0, 0, 0))
    closed.closed('server')
    await tap.stop()
    const ends: string[] = []
    const traces = createConnectionTraces(({ number, end }) => ends.push(`${number} ${end.kind}`))
    for (const frame of tap.frames) {
      traces.before(frame, frame.seq)
      traces.after(frame, frame.seq)
    }
    assert.deepEqual(ends.toSorted(), [
      '1 error',
      '2 stopped',
      '3 close',
      '4 stopped',
      '5 stopped',
      '6 over',
    ])
  })

  it('names no more frames than a finding has room for, at however many paths', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    for (let i = 0; i < 300; i++) {
      pair.request(`GET /same/${i}`)
      pair.answer('500 Broken', [], 'x')
    }
    pollInTurn(tap, ['/same'], () => '{}')
    const found = findings(tap)
    assert.ok(found.length > 0)
    assert.ok(found.every(({ frames }) => frames.length <= 100))
  })
})

describe('the statistics of a tap', () => {
  it('count how stale a poll lets its reader be by each path', async () => {
    const tap = await scriptTap()
    pollInTurn(tap, ['/a', '/b'], (_path, i) => `{"n":${i}}`)
    const { polling } = tap.session.status().statistics
    assert.ok(polling)
    assert.ok(polling.stalestMs > 1000 && polling.stalestMs < 1100, String(polling.stalestMs))
  })

  it('count what ends WebSockets side by side, and no exchange', async () => {
    const tap = await scriptTap('ws://api.example')
    const sockets = ['/a', '/b', '/c'].map((path) => openSocket(tap, path))
    const pair = tap.pair()
    pair.request('GET /d')
    pair.answer('500 Broken', [], 'x')
    sockets[0]?.closed('server')
    for (const from of ['server', 'client'] as const) {
      const masked = from === 'client' ? [0x82, 0, 0, 0, 0, 3, 232] : [2, 3, 232]
      sockets[1]?.body(from, Uint8Array.of(0x88, ...masked))
    }
    await tap.stop()
    const { result } = tap.capture.analysis('numbers', { afterSeq: 0 })
    assert.deepEqual(
      result.ends.map(({ what, count }) => [what.kind, count]),
      [
        ['close', 1],
        ['error', 1],
      ],
    )
  })
})
