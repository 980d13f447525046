// The words of rows in the list of connections, and the filters that they set.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { filterForConnection } from '../../../../src/shared/filter/filterForConnection.ts'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'
import type { ConnectionRow } from '../../../../src/shared/session/connections.ts'
import {
  figureWords,
  sortWords,
  stateWords,
  targetWords,
} from '../../../../src/shared/session/connectionWords.ts'

const plain: ConnectionRow = {
  ...{ key: 'GET /api/cart', sort: 'request', format: null, subprotocol: null, protocol: null },
  ...{ methods: ['GET'], path: '/api/cart', query: [], state: 'done', failure: null },
  ...{ requests: 1, answers: 1, unchanged: 0, empty: 0, opened: 0, resumed: 0, events: 0 },
  ...{ messagesIn: 0, messagesOut: 0, lastStatus: 200, answerMs: { p50: 84, p95: 131 } },
  ...{ everyMs: null, heldMs: null, gapMs: null, pingMs: null, clients: 1, client: null },
  ...{ numbers: [1], connections: 1, open: 0, first: { seq: 1, at: 0 }, last: { seq: 2, at: 1 } },
}

const told = (row: Partial<ConnectionRow>) => figureWords({ ...plain, ...row }).join(' · ')

describe('a row in the list of connections', () => {
  it('tells what was asked, and by which fields', () => {
    assert.equal(targetWords(plain), 'GET /api/cart')
    const fields = { ...plain, query: ['a', 'b', 'c', 'd'], methods: ['GET', 'POST'] }
    assert.equal(targetWords(fields), 'GET, POST /api/cart?a=&b=&c=&…')
    assert.equal(targetWords({ ...plain, sort: 'websocket', path: '/ws' }), '/ws')
    assert.equal(targetWords({ ...plain, methods: [], path: '' }), '(no request)')
  })

  it('tells its sort with what is spoken on it', () => {
    assert.equal(sortWords({ ...plain, sort: 'polling' }), 'short polling')
    assert.equal(sortWords({ ...plain, sort: 'stream', format: 'ndjson' }), 'NDJSON stream')
    const socket = { ...plain, sort: 'websocket', subprotocol: 'chat' } as const
    assert.equal(sortWords(socket), 'WebSocket · chat')
    assert.equal(sortWords({ ...socket, protocol: 'socket.io' }), 'WebSocket · Socket.IO')
  })

  it('tells figures as its sort has them', () => {
    assert.equal(told({}), '200 · 84 ms')
    assert.equal(told({ requests: 6, answers: 6 }), '6 requests · 200 · p95 131 ms')
    assert.equal(told({ answers: 0, answerMs: null, lastStatus: null }), 'no answer yet')
    assert.equal(
      told({ sort: 'polling', everyMs: 2000, requests: 126, answers: 125, unchanged: 118 }),
      'every 2.0 s · 126 polls · 94 % unchanged',
    )
    assert.equal(
      told({ sort: 'long-polling', heldMs: 8100, gapMs: 1.2, answers: 31 }),
      'held 8.1 s · 31 answers · gap 1.2 ms',
    )
    assert.equal(
      told({ sort: 'sse', events: 412, opened: 2, resumed: 1 }),
      '412 events · 1 reconnect · resumed',
    )
    assert.equal(told({ sort: 'sse', events: 1, opened: 2, clients: 2 }), '1 event')
    assert.equal(
      told({ sort: 'websocket', messagesIn: 588, messagesOut: 41, pingMs: 25_000, connections: 2 }),
      '588 in · 41 out · ping 25.0 s · 2 connections',
    )
  })

  it('tells why it failed, and what came before', () => {
    const failure = { status: 502, code: null, message: null }
    assert.equal(told({ sort: 'sse', state: 'failed', failure }), '502')
    assert.equal(
      told({ sort: 'sse', state: 'failed', failure, events: 3, opened: 1 }),
      '502 · 3 events',
    )
    const lost = { status: null, code: '1011', message: 'broken' }
    assert.equal(told({ sort: 'websocket', state: 'failed', failure: lost }), '1011 broken')
    const refused = { status: null, code: 'tcp-refused', message: 'It was refused.' }
    assert.equal(
      told({ state: 'failed', failure: refused, answers: 0, lastStatus: null }),
      'It was refused. · no answer yet',
    )
  })

  it('tells its state, and of several how many are open', () => {
    assert.equal(stateWords(plain), '')
    assert.equal(stateWords({ ...plain, state: 'open', open: 1, connections: 9 }), 'open')
    assert.equal(stateWords({ ...plain, state: 'open', open: 3, connections: 9 }), '3 open')
  })
})

describe('the filter of a row in the list of connections', () => {
  const filters: readonly (readonly [
    Partial<ConnectionRow>,
    'path' | 'number',
    boolean,
    string,
  ])[] = [
    [{}, 'path', false, 'path:/api/cart method:GET'],
    [{ numbers: [7] }, 'number', false, 'conn:7'],
    [{ sort: 'websocket', numbers: [3, 7], connections: 2 }, 'path', true, 'conn:3,7'],
    [{ numbers: [3, 7], connections: 2 }, 'path', true, 'conn:3,7 method:GET'],
    [{ numbers: [3, 7], connections: 99 }, 'path', true, 'path:/api/cart method:GET'],
    [{ methods: ['GET', 'POST'] }, 'path', false, 'path:/api/cart method:GET,POST'],
    [{ path: '/a(b),"c d"' }, 'path', false, 'path:"/a(b),\\"c d\\"" method:GET'],
    [{ path: '/a*b' }, 'path', false, 'path:"/a*b" method:GET'],
    [{ path: '/long…' }, 'path', false, 'conn:1'],
    [{ path: '', methods: [] }, 'path', false, 'conn:1'],
  ]
  for (const [row, by, isShared, expected] of filters) {
    it(`is ${expected}`, () => {
      const filter = filterForConnection({ ...plain, ...row, isShared }, by)
      assert.equal(filter, expected)
      assert.deepEqual(parseFilter(filter).mistakes, [])
    })
  }
})
