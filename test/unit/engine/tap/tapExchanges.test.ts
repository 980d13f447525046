// Exchanges that pass a tap: the frames of requests and answers, their times, sizes and bodies.

import assert from 'node:assert/strict'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { scriptTap } from '../../../support/tap/scriptedTap.ts'

describe('an exchange that passes a tap', () => {
  it('is a request and its answer, with who asked, what was changed and when', async () => {
    const tap = await scriptTap('https://api.example/v2')
    const pair = tap.pair('127.0.0.1:40000')
    const change = { name: 'Host', from: 'localhost:53124', to: 'api.example' }
    pair.request('POST /v2/orders?a=1', ['user-agent: shop/1'], '{"size":1}', [change])
    pair.response(
      '201 Created',
      ['X-a: 1', 'Content-Length: 2'],
      [{ name: 'Location', from: 'https://api.example/v2/7', to: 'http://localhost:53124/v2/7' }],
    )
    pair.body('server', 'ok')
    pair.end('server')
    const [request] = tap.all('request')
    const [response] = tap.all('response')
    assert.ok(request && response)
    assert.deepEqual(request.detail, {
      purpose: 'request',
      method: 'POST',
      url: 'https://api.example/v2/orders?a=1',
      target: '/v2/orders?a=1',
      httpVersion: '1.1',
      headers: [
        ['Host', 'localhost:53124'],
        ['user-agent', 'shop/1'],
        ['Content-Length', '10'],
      ],
      client: { address: '127.0.0.1:40000', agent: 'shop/1' },
      changes: [change],
    })
    assert.equal(tap.text(request), '{"size":1}')
    assert.equal(request.sizeBytes, 10)
    assert.equal(request.wireBytes, 105)
    const { timings, ...detail } = response.detail
    assert.deepEqual(detail, {
      purpose: 'request',
      status: 201,
      statusText: 'Created',
      httpVersion: '1.1',
      headers: [
        ['X-a', '1'],
        ['Content-Length', '2'],
      ],
      reused: false,
      remoteAddress: '203.0.113.1:80',
      changes: [
        { name: 'Location', from: 'https://api.example/v2/7', to: 'http://localhost:53124/v2/7' },
      ],
    })
    // Asked at 2, complete at 4, the server's socket stood at 5; answered from 6 to 8.
    assert.deepEqual(timings, { dnsMs: 1, tcpMs: 2, sentMs: 3, firstByteMs: 4, totalMs: 6 })
    assert.equal(response.replyTo, request.seq)
    assert.equal(tap.text(response), 'ok')
    assert.equal(tap.inFlight(), 0)
  })

  it('is one of several on a pair, of which only the first has made a connection', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    for (const path of ['/a', '/b']) {
      pair.request(`GET ${path}`)
      pair.answer('200 OK', [], path)
    }
    const details = tap.all('response').map(({ detail }) => detail)
    assert.deepEqual(
      details.map(({ reused }) => reused),
      [false, true],
    )
    assert.deepEqual(
      details.map(({ timings }) => timings.tcpMs),
      [2, undefined],
    )
    assert.deepEqual(
      tap.frames.filter(({ kind }) => kind !== 'notice').map(({ replyTo }) => replyTo),
      [null, 2, null, 4],
    )
  })

  it('has a body without its chunks, and the trailers behind them', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('POST /up', ['Transfer-Encoding: chunked'])
    pair.body('client', '3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n')
    pair.end('client')
    pair.response('200 OK', ['Transfer-Encoding: chunked', 'Trailer: Digest'])
    pair.body('server', '5\r\nhel', 'lo\r\n', '1\r\n!\r\n0\r\nDigest: a=b\r\n\r\n')
    pair.end('server')
    const [request] = tap.all('request')
    const [response] = tap.all('response')
    assert.ok(request && response)
    assert.equal(tap.text(request), 'abcde')
    assert.equal(tap.text(response), 'hello!')
    assert.deepEqual(response.detail.trailers, [['Digest', 'a=b']])
  })

  const codings = { gzip: gzipSync, br: brotliCompressSync, zstd: zstdCompressSync } as const
  for (const [name, compress] of Object.entries(codings)) {
    it(`is shown without ${name}, both ways, and counted as it came`, async () => {
      const tap = await scriptTap()
      const pair = tap.pair()
      const text = 'hello '.repeat(100)
      const bytes = compress(Buffer.from(text))
      pair.request('POST /a', [`Content-Encoding: ${name}`, 'Transfer-Encoding: chunked'])
      pair.body('client', `${bytes.length.toString(16)}\r\n`, bytes, '\r\n0\r\n\r\n')
      pair.end('client')
      pair.answer('200 OK', [`Content-Encoding: ${name}`], bytes)
      const [request] = tap.all('request')
      const [response] = tap.all('response')
      assert.ok(request && response)
      assert.equal(tap.text(request), text)
      assert.equal(tap.text(response), text)
      assert.equal(response.sizeBytes, 600)
      assert.equal(response.detail.contentEncoding, name)
      assert.ok(response.wireBytes < 200)
    })
  }

  it('keeps a body that is not what its coding says, and tells so', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('GET /a')
    pair.answer('200 OK', ['Content-Encoding: gzip'], 'no gzip')
    const [response] = tap.all('response')
    assert.ok(response)
    assert.equal(tap.text(response), 'no gzip')
    assert.equal(tap.all('error')[0]?.code, 'http-bad-encoding')
  })

  it('records a body that becomes too large as it came, and says so', async () => {
    const tap = await scriptTap('http://api.example', { limits: { messageBytes: 1000 } })
    const pair = tap.pair()
    pair.request('GET /bomb')
    pair.answer('200 OK', ['Content-Encoding: gzip'], gzipSync(Buffer.alloc(100_000)))
    assert.equal(tap.all('notice').at(-1)?.code, 'tap-not-shown')
  })

  it('cuts a payload at its limit and tells its size', async () => {
    const tap = await scriptTap('http://api.example', { limits: { payloadBytes: 4 } })
    const pair = tap.pair()
    pair.request('GET /a')
    pair.answer('200 OK', [], '0123456789')
    const [response] = tap.all('response')
    assert.ok(response)
    assert.equal(tap.text(response), '0123')
    assert.deepEqual([response.sizeBytes, response.detail.truncatedAt], [10, 4])
  })

  it('tells the request as soon as its answer begins, and what of it comes later', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('POST /up', ['Transfer-Encoding: chunked'])
    pair.body('client', '3\r\nabc\r\n')
    pair.response('413 Too Much', ['Content-Length: 0'])
    pair.end('server')
    pair.body('client', '3\r\ndef\r\n0\r\n\r\n')
    pair.end('client')
    const kinds = tap.frames.map(({ kind }) => kind)
    assert.deepEqual(kinds, ['notice', 'request', 'response', 'notice'])
    assert.match(tap.all('notice').at(-1)?.detail.message ?? '', /13 B of the request’s body/)
  })

  it('waits for a body that its server has asked for', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('POST /up', ['Expect: 100-continue', 'Transfer-Encoding: chunked'])
    pair.response('100 Continue')
    pair.body('client', '3\r\nabc\r\n0\r\n\r\n')
    pair.end('client')
    pair.answer('200 OK', [], 'ok')
    const [request] = tap.all('request')
    assert.ok(request)
    assert.equal(tap.text(request), 'abc')
    assert.deepEqual(
      tap.frames.map(({ kind }) => kind),
      ['notice', 'request', 'response'],
    )
  })

  it('tells answers ahead of an answer once for each URL, and 100 never', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    for (let i = 0; i < 2; i++) {
      pair.request('GET /a')
      pair.response('100 Continue')
      pair.response('103 Early Hints', ['Link: </a.css>'])
      pair.answer('200 OK', [], 'a')
    }
    const said = tap.all('notice').filter(({ code }) => code === 'http-informational')
    assert.equal(said.length, 1)
    assert.match(said[0]?.detail.message ?? '', /103 Early Hints.*Link: <\/a\.css>/)
  })

  it('has no body for HEAD, 204 and 304, whatever their fields say', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    pair.request('HEAD /a')
    pair.response('200 OK', ['Content-Length: 99'])
    pair.end('server')
    pair.request('GET /a')
    pair.response('304 Not Modified', ['Content-Length: 99'])
    pair.end('server')
    const sizes = tap
      .all('response')
      .map(({ sizeBytes, detail }) => [sizeBytes, detail.truncatedAt])
    assert.deepEqual(sizes, [
      [0, undefined],
      [0, undefined],
    ])
  })

  it('says where a redirect leads, and the flaws of a head once', async () => {
    const tap = await scriptTap()
    const pair = tap.pair()
    for (let i = 0; i < 2; i++) {
      pair.request('GET /a')
      pair.answer('302 Found', ['Location: /b', 'x y: 1'])
    }
    assert.equal(tap.all('response')[0]?.detail.redirectTo, 'http://api.example/b')
    assert.equal(tap.all('notice').filter(({ code }) => code === 'http-flawed-head').length, 1)
  })
})
