// Streams that pass a tap: events and records as they come, what is lost of them, and how they end.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { comesTo } from '../../../support/eventually.ts'
import { type ScriptedPair, scriptTap } from '../../../support/tap/scriptedTap.ts'

function openStream(
  pair: ScriptedPair,
  type = 'text/event-stream',
  fields: readonly string[] = [],
): void {
  pair.request('GET /events', ['Accept: text/event-stream'])
  pair.response('200 OK', [`Content-Type: ${type}`, 'Transfer-Encoding: chunked', ...fields])
}

const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

describe('a stream that passes a tap', () => {
  it('tells its head at once, then each event, with all bytes of the wire shared out', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    openStream(pair)
    assert.deepEqual(
      tap.all('response').map(({ detail }) => [detail.purpose, detail.timings.totalMs]),
      [['stream', undefined]],
    )
    pair.body(
      'server',
      chunk(': hi\n\nid: 7\nevent: price\ndata: 1\n\n'),
      chunk('da'),
      chunk('ta: 2\n\n'),
    )
    pair.body('server', '0\r\n\r\n')
    pair.end('server')
    assert.deepEqual(tap.lines().slice(3), [
      '1 < comment comment hi',
      '1 < event event price 1',
      '1 < event event message 2',
      '1 < ignored ignored, end of the body:',
      '1 · notice The server has ended the stream.',
    ])
    const { wireBytesIn } = tap.session.status().statistics
    const sum = tap.frames.reduce(
      (total, one) => total + (one.direction === 'in' ? one.wireBytes : 0),
      0,
    )
    assert.equal(sum, wireBytesIn)
    assert.equal(tap.inFlight(), 0)
  })

  it('tells its end where it comes with the last event', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    openStream(pair)
    pair.body('server', `${chunk('data: 1\n\n')}0\r\n\r\n`)
    pair.end('server')
    const { code, replyTo } = tap.all('notice').at(-1) ?? {}
    assert.deepEqual([code, replyTo], ['tap-stream-ended', tap.all('request')[0]?.seq])
  })

  it('is decompressed as it comes', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    openStream(pair, 'text/event-stream', ['Content-Encoding: gzip'])
    const bytes = gzipSync(Buffer.from('data: 1\n\ndata: 2\n\n'))
    pair.body('server', `${bytes.length.toString(16)}\r\n`, bytes, '\r\n0\r\n\r\n')
    pair.end('server')
    await comesTo(
      () =>
        tap
          .all('event')
          .map((one) => tap.text(one))
          .join(),
      '1,2',
    )
    await tap.stop()
    assert.equal(tap.inFlight(), 0)
    assert.deepEqual(tap.faults, [])
  })

  it('tells a broken coding once, and counts what comes after', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    openStream(pair, 'text/event-stream', ['Content-Encoding: gzip'])
    pair.body('server', chunk('no gzip'))
    await comesTo(
      () =>
        tap
          .all('error')
          .map(({ code }) => code)
          .join(),
      'http-bad-encoding',
    )
    pair.body('server', chunk('more'), chunk('and more'))
    pair.closed('server')
    await tap.stop()
    assert.equal(tap.inFlight(), 0)
    assert.equal(tap.all('error').filter(({ code }) => code === 'http-bad-encoding').length, 1)
  })

  it('reads NDJSON and JSON sequences as records', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    openStream(pair, 'application/x-ndjson')
    pair.body('server', chunk('{"a":1}\n{"a":2}\n'))
    assert.deepEqual(
      tap.all('record').map((one) => tap.text(one)),
      ['{"a":1}', '{"a":2}'],
    )
    assert.equal(tap.all('response')[0]?.detail.stream, 'ndjson')
  })

  it('is no answer that only says no', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /events', ['Accept: text/event-stream'])
    pair.answer('503 Busy', ['Content-Type: text/plain'], 'later')
    const [response] = tap.all('response')
    assert.ok(response)
    assert.deepEqual([response.detail.purpose, tap.text(response)], ['stream', 'later'])
  })

  it('ends as an event source ends it, or as a server breaks it off', async () => {
    const tap = await scriptTap()
    const [left, cut] = [tap.pair(), tap.pair()]
    openStream(left)
    openStream(cut)
    left.body('server', chunk('data: 1\n\n'))
    cut.body('server', chunk('data: 1\n\ndata: hal'))
    left.closed('client')
    cut.closed('server')
    const codes = tap.frames.flatMap(({ code, connection }) =>
      code === null ? [] : [`${code} ${connection}`],
    )
    assert.deepEqual(codes, [
      'tap-listening 0',
      'tap-client-left 1',
      'stream-cut-short 2',
      'connection-reset 2',
    ])
  })

  it('goes on with a whole event behind what was lost', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    openStream(pair)
    pair.body('server', chunk('data: 1\n\ndata: ha'))
    pair.lost('server', 5000)
    // In the middle of a chunk first, then with a chunk, of which an event is cut.
    pair.body('server', 'rest of a chunk\r\n', chunk('lf\n\ndata: 3\n\n'), chunk('data: 4\n\n'))
    assert.deepEqual(
      tap.all('event').map((one) => tap.text(one)),
      ['1', '3', '4'],
    )
    await tap.timers.advance(1000)
    const dropped = tap.all('notice').filter(({ code }) => code === 'tap-payloads-dropped')
    assert.equal(dropped.length, 1)
    assert.match(dropped[0]?.detail.message ?? '', /5\.0 kB of the server passed/)
    assert.equal(dropped[0]?.connection, 1)
  })

  it('says once that it cannot go on where it is compressed', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    openStream(pair, 'text/event-stream', ['Content-Encoding: gzip'])
    const bytes = gzipSync(Buffer.from('data: 1\n\n'))
    pair.body('server', `${bytes.length.toString(16)}\r\n`, bytes.subarray(0, 10))
    pair.lost('server', 50)
    pair.lost('server', 50)
    pair.body('server', chunk('more'))
    pair.closed('server')
    await tap.stop()
    assert.equal(tap.all('notice').filter(({ code }) => code === 'tap-not-shown').length, 1)
    assert.equal(tap.inFlight(), 0)
  })
})

describe('bodies of which something is lost', () => {
  it('are cut there, and keep their true sizes', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a')
    pair.response('200 OK', ['Content-Length: 30'])
    pair.body('server', '0123456789')
    pair.lost('server', 15)
    pair.body('server', 'abcde')
    pair.end('server')
    const [response] = tap.all('response')
    assert.ok(response)
    assert.deepEqual(
      [tap.text(response), response.sizeBytes, response.detail.truncatedAt],
      ['0123456789', 30, 10],
    )
  })

  it('are told together, however often it happens', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a')
    pair.response('200 OK', ['Content-Length: 3000'])
    for (let i = 0; i < 1000; i++) pair.lost('server', 3)
    await tap.timers.advance(1000)
    const dropped = tap.all('notice').filter(({ code }) => code === 'tap-payloads-dropped')
    assert.deepEqual(
      dropped.map(({ detail }) => detail.message),
      ['Recording could not keep up: 3.0 kB of the server passed and are not in the capture.'],
    )
  })
})
