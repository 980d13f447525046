// Traffic that the doctor leaves alone: it looks odd, and nothing of it was lost.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

/** By id and severity. */
function found(traffic: Traffic, now = 0): readonly string[] {
  return traffic.findings(now).findings.map(({ id, severity }) => `${severity} ${id}`)
}

function events(traffic: Traffic, from: number, count: number, everyMs: number): void {
  for (let i = from; i < from + count; i++) {
    traffic.wait(everyMs * (1 + (i % 3) / 10))
    traffic.event(`{"n": ${i}, "text": "${'x'.repeat(i % 40)}"}`, String(i))
  }
}

describe('the doctor has nothing to say about', () => {
  it('a stream that is quiet, with comments each 15 s or 30 s', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 40; i++) traffic.wait(15_004).frame('comment', {}, { text: '' })
    assert.deepEqual(found(traffic, 15_000), [])
  })

  it('a stream that is cut and goes on behind its last event', () => {
    const traffic = createTraffic()
    traffic.stream()
    events(traffic, 1, 60, 400)
    traffic.error('connection-reset')
    traffic.reconnect()
    traffic.stream([], [['Last-Event-ID', '60']])
    events(traffic, 61, 60, 400)
    assert.deepEqual(found(traffic), [])
  })

  it('a resumption that sends what was missed at once', () => {
    const traffic = createTraffic()
    traffic.stream()
    events(traffic, 1, 60, 400)
    traffic.error('connection-reset')
    traffic.reconnect(30_000)
    traffic.stream([], [['Last-Event-ID', '60']])
    events(traffic, 61, 200, 0.1)
    events(traffic, 261, 60, 400)
    assert.deepEqual(found(traffic), [])
  })

  it('a stream that is complete, and its 204', () => {
    const traffic = createTraffic()
    traffic.stream()
    events(traffic, 1, 5, 2000)
    traffic.frame('ignored', { why: 'no-content' })
    traffic.reconnect()
    traffic.request('stream')
    traffic.response({ status: 204 })
    traffic.end('server')
    assert.deepEqual(found(traffic), [])
  })

  it('a stream that is compressed and flushed after each event', () => {
    const traffic = createTraffic()
    traffic.request('stream')
    const headers = [
      ['Content-Type', 'text/event-stream'],
      ['Content-Encoding', 'gzip'],
      ['Cache-Control', 'no-cache'],
    ] as const
    traffic.wait(20).response({ headers, contentEncoding: 'gzip' })
    events(traffic, 1, 100, 250)
    assert.deepEqual(found(traffic), [])
  })

  it('a flood', () => {
    const traffic = createTraffic()
    traffic.stream()
    events(traffic, 1, 20_000, 0.05)
    assert.deepEqual(found(traffic), [])
  })

  it('a WebSocket with pings each 30 s, of either side', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    for (let i = 0; i < 20; i++) {
      traffic.wait(30_005).ping({ direction: i % 2 === 0 ? 'out' : 'in' })
      traffic.wait(20).pong(20, { direction: i % 2 === 0 ? 'in' : 'out' })
    }
    assert.deepEqual(found(traffic), [])
  })

  it('one large message before a normal close', () => {
    for (const direction of ['in', 'out'] as const) {
      const traffic = createTraffic()
      traffic.webSocket()
      traffic.message('', { direction, sizeBytes: 900_000 })
      traffic.wait(20).close(1000)
      traffic.end('server')
      assert.deepEqual(found(traffic), [])
    }
  })

  it('polls of which some are news, with entity tags', () => {
    const traffic = createTraffic()
    for (let i = 0; i < 60; i++) {
      traffic.request('poll')
      const reused = i > 0
      const changed = i % 3 === 0
      const headers = [['ETag', `"${Math.floor(i / 3)}"`]] as const
      traffic.wait(30)
      traffic.response({ status: changed ? 200 : 304, headers, reused, ...(reused && { changed }) })
      traffic.wait(5000)
    }
    assert.deepEqual(found(traffic), [])
  })

  it('long polls with a cursor, held until there is data', () => {
    const traffic = createTraffic()
    for (let i = 0; i < 40; i++) {
      traffic.request('long-poll', i === 0 ? {} : { gapMs: 2 })
      const holdMs = i % 4 === 0 ? 25_000 : 3000 + 500 * (i % 7)
      traffic.wait(holdMs)
      const empty = i % 4 === 0
      const cursor = { from: String(i), to: String(empty ? i : i + 1) }
      const detail = { status: empty ? 204 : 200, holdMs, empty, cursor, reused: i > 0 }
      traffic.response({ ...detail, ...(empty && { serverTimeout: true }) })
      traffic.wait(2)
    }
    assert.deepEqual(found(traffic), [])
  })

  it('a session that the user stops in the middle', () => {
    for (const open of ['stream', 'webSocket'] as const) {
      const traffic = createTraffic()
      traffic[open]()
      traffic.wait(3000).end('user')
      assert.deepEqual(found(traffic), [])
    }
  })
})

describe('the doctor gives no more than a hint about', () => {
  it('a restart that is over', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    traffic.wait(20_000).message('1')
    traffic.close(1012)
    traffic.reconnect(1000)
    traffic.webSocket()
    traffic.message('2')
    assert.deepEqual(found(traffic), ['hint ws-1012-1013'])
  })

  it('a server that sends twenty quotes each second', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (let i = 0; i < 30; i++) {
      traffic.wait(1000)
      for (let n = 0; n < 20; n++) traffic.event(`{"symbol": ${n}}`, String(20 * i + n))
    }
    assert.deepEqual(found(traffic), ['hint sse-buffered'])
  })

  it('a stream that is silent for half a minute and lives on', () => {
    const traffic = createTraffic()
    traffic.stream()
    events(traffic, 1, 3, 1000)
    traffic.wait(31_000).event('4', '4')
    assert.deepEqual(found(traffic), ['hint sse-no-heartbeat'])
  })
})
