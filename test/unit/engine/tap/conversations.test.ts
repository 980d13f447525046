// Conversations of a tap: a program's at a path, whose polls share a number, and streams that have one to themselves.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type ScriptedPair, type ScriptedTap, scriptTap } from '../../../support/tap/scriptedTap.ts'

const sse = ['Content-Type: text/event-stream', 'Transfer-Encoding: chunked']

/** `3 stream GET /events`. */
function requests(tap: ScriptedTap): readonly string[] {
  return tap.all('request').map(({ connection, detail }) => {
    return `${connection} ${detail.purpose} ${detail.method} ${detail.target}`
  })
}

function exchange(pair: ScriptedPair, line: string, fields: readonly string[] = []): void {
  pair.request(line, fields)
  pair.answer('200 OK', [], '{}')
}

describe('the conversations of a tap', () => {
  it('are told apart by program and path, not by connection or method', async () => {
    const tap = await scriptTap()
    exchange(tap.pair('127.0.0.1:1'), 'GET /a?x=1', ['User-Agent: one'])
    exchange(tap.pair('127.0.0.1:2'), 'POST /a', ['User-Agent: one'])
    exchange(tap.pair('127.0.0.1:3'), 'GET /a', ['User-Agent: two'])
    exchange(tap.pair('127.0.0.1:4'), 'GET /b', ['User-Agent: one'])
    exchange(tap.pair('[::1]:5'), 'GET /a', ['User-Agent: one'])
    assert.deepEqual(
      tap.all('request').map(({ connection }) => connection),
      [1, 1, 2, 3, 4],
    )
  })

  it('tell polls by their rhythm, and what they change', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    for (const price of [1, 1, 1, 2, 2]) {
      pair.request('GET /price')
      pair.answer('200 OK', ['Content-Type: application/json'], `{"price":${price}}`)
      tap.pass(1000)
    }
    assert.deepEqual(
      tap.all('response').map(({ detail }) => [detail.purpose, detail.changed]),
      [
        ['request', undefined],
        ['request', undefined],
        ['poll', false],
        ['poll', true],
        ['poll', false],
      ],
    )
    assert.deepEqual(tap.all('response')[3]?.detail.difference?.changed, ['price'])
  })

  it('tell long polls by what the server holds, with holds, gaps and empty answers', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    for (const status of ['200 OK', '204 No Content', '200 OK']) {
      pair.request('GET /updates?since=1')
      tap.pass(5000)
      pair.answer(status, [], status === '200 OK' ? '[1]' : '')
    }
    const details = tap.all('response').map(({ detail }) => detail)
    assert.deepEqual(
      details.map(({ purpose, empty, serverTimeout }) => [purpose, empty, serverTimeout]),
      [
        ['request', undefined, undefined],
        ['long-poll', true, true],
        ['long-poll', false, undefined],
      ],
    )
    assert.ok((details[1]?.holdMs ?? 0) >= 5000)
    assert.deepEqual(
      tap.all('request').map(({ detail }) => detail.gapMs),
      [undefined, 1, 1],
    )
  })

  it('take a request that the program gives up and asks again for a long poll', async () => {
    const tap = await scriptTap()
    const first = tap.pair()
    first.request('GET /updates')
    tap.pass(30_000)
    first.closed('client')
    tap.pair().request('GET /updates')
    assert.equal(tap.all('request')[1]?.detail.purpose, 'long-poll')
  })

  it('retire a number when its stream has ended', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    for (let i = 0; i < 2; i++) {
      pair.request('GET /events', ['Accept: text/event-stream'])
      pair.response('200 OK', sse)
      pair.body('server', '9\r\ndata: 1\n\n\r\n0\r\n\r\n')
      pair.end('server')
    }
    exchange(pair, 'POST /events')
    assert.deepEqual(requests(tap), [
      '1 stream GET /events',
      '2 stream GET /events',
      '3 request POST /events',
    ])
    assert.deepEqual(
      tap.all('event').map(({ connection }) => connection),
      [1, 2],
    )
  })

  it('give a second stream at the same time a number of its own, and posts beside it none', async () => {
    const tap = await scriptTap()
    const open = () => {
      const pair = tap.pair()
      pair.request('GET /mcp', ['Accept: text/event-stream'])
      pair.response('200 OK', sse)
      return pair
    }
    const first = open()
    const second = open()
    exchange(tap.pair(), 'POST /mcp')
    second.closed('client')
    first.body('server', '9\r\ndata: 1\n\n\r\n')
    exchange(tap.pair(), 'POST /mcp')
    assert.deepEqual(requests(tap), [
      '1 stream GET /mcp',
      '2 stream GET /mcp',
      '1 request POST /mcp',
      '1 request POST /mcp',
    ])
    assert.deepEqual(
      tap.all('event').map(({ connection }) => connection),
      [1],
    )
  })

  it('read a post that a stream answers, beside a stream and beside another', async () => {
    const tap = await scriptTap()
    const accept = ['Accept: application/json, text/event-stream']
    const pairs = [tap.pair(), tap.pair()]
    for (const pair of pairs) {
      pair.request('POST /mcp', accept, '{"id":1}')
      pair.response('200 OK', sse)
    }
    for (const pair of pairs) pair.body('server', '9\r\ndata: 1\n\n\r\n')
    assert.deepEqual(requests(tap), ['1 request POST /mcp', '2 request POST /mcp'])
    assert.deepEqual(
      tap.all('response').map(({ detail }) => detail.purpose),
      ['stream', 'stream'],
    )
    assert.deepEqual(
      tap.all('event').map(({ connection }) => connection),
      [1, 2],
    )
  })

  it('forget the least recently used of very many', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    for (let i = 0; i < 1001; i++) exchange(pair, `GET /${i}`)
    exchange(pair, 'GET /1000')
    exchange(pair, 'GET /0')
    assert.deepEqual(
      tap
        .all('request')
        .slice(-2)
        .map(({ connection }) => connection),
      [1001, 1002],
    )
  })
})
