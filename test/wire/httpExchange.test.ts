// HTTP exchanges against a raw server where one path is one behaviour.

import assert from 'node:assert/strict'
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { after, before, describe, it } from 'mocha'
import type { ExchangeContext } from '../../src/engine/transports/exchange.ts'
import {
  type ExchangeRequest,
  type ExchangeResult,
  httpExchange,
} from '../../src/engine/transports/httpExchange.ts'
import { createNetwork } from '../../src/engine/transports/network.ts'
import type { FrameKind } from '../../src/shared/frame.ts'
import { defaultLimits, type Limits } from '../../src/shared/limits.ts'
import {
  answer,
  answerBytes,
  type HttpBehaviour,
  inTurn,
  raw,
  startHttpServer,
  type TestHttpServer,
} from '../support/httpServer.ts'
import { createRecordingIo, type RecordingIo } from '../support/recordingIo.ts'
import { testEndpoint } from '../support/testEndpoint.ts'

const text = 'hello '.repeat(500)
const chunkedHead = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n'

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/plain': answer(200, ['X-One: 1', 'x-Two:2', 'X-One: again'], 'plain'),
  '/empty': answer(204),
  '/gzip': answer(200, ['Content-Encoding: gzip'], gzipSync(text)),
  '/br': answer(200, ['Content-Encoding: br'], brotliCompressSync(text)),
  '/zstd': answer(200, ['content-encoding: ZSTD'], zstdCompressSync(text)),
  '/deflate': answer(200, ['Content-Encoding: deflate'], deflateSync(text)),
  '/raw-deflate': answer(200, ['Content-Encoding: deflate'], deflateRawSync(text)),
  '/twice': answer(200, ['Content-Encoding: deflate, gzip'], gzipSync(deflateSync(text))),
  '/unknown-coding': answer(200, ['Content-Encoding: rot13'], 'uryyb'),
  '/empty-gzip': answer(200, ['Content-Encoding: gzip']),
  '/bad-gzip': answer(200, ['Content-Encoding: gzip'], 'this is not gzip'),
  '/cut-gzip': answer(200, ['Content-Encoding: gzip'], gzipSync(text).subarray(0, 20)),
  '/trailers': raw(`${chunkedHead}\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n`),
  '/bad-chunk': raw(`${chunkedHead}\r\n5\r\nhello\r\nzz\r\n`),
  '/bad-chunk-end': raw(`${chunkedHead}\r\n5\r\nhelloworld`),
  '/half': raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'end'),
  '/half-chunked': raw(`${chunkedHead}\r\n4\r\nhalf\r\n`, 'end'),
  '/no-answer': ({ socket }) => socket.destroy(),
  '/never': () => undefined,
  '/stalls': raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
  '/garbage': raw('SSH-2.0-OpenSSH_9.7\r\n'),
  '/bad-header': raw('HTTP/1.1 200 OK\r\nno colon here\r\n\r\n'),
  '/big-head': answer(200, [`X-Big: ${'x'.repeat(70_000)}`]),
  '/large-head': answer(200, [`X-Large: ${'x'.repeat(40_000)}`]),
  '/until-close': raw('HTTP/1.0 200 OK\r\n\r\nold', 'end'),
  '/hints': raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${answerBytes(200, [], 'x')}`),
  '/echo': (request) =>
    request.socket.write(answerBytes(200, [], `${request.head}\r\n\r\n${request.body}`)),
  '/kept-once': inTurn(
    answer(200, [], 'one'),
    ({ socket }) => socket.destroy(),
    answer(200, [], 'two'),
  ),
  '/to-plain': answer(302, ['Location: plain?x=1'], 'moved'),
  '/self': answer(302, ['Location: /self']),
  '/ping': answer(302, ['Location: /pong']),
  '/pong': answer(302, ['Location: /ping']),
  '/longer': (request) =>
    request.socket.write(answerBytes(302, [`Location: ${request.target}&n=${request.nth}`])),
  '/to-ftp': answer(302, ['Location: ftp://127.0.0.1/']),
  '/large': answer(200, [], 'x'.repeat(5000)),
  '/slow-large': raw(`HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(5000)}`),
}

describe('An HTTP exchange', () => {
  let server: TestHttpServer
  let other: TestHttpServer
  let network: ReturnType<typeof createNetwork>

  before(async () => {
    server = await startHttpServer({
      ...behaviours,
      '/to-other': (request) =>
        request.socket.write(answerBytes(307, [`Location: ${other.origin}/echo`])),
    })
    other = await startHttpServer(behaviours)
    const endpoint = testEndpoint({ url: server.origin, method: 'polling' })
    network = createNetwork({ endpoint, network: { proxyUrl: null, caPems: null } })
  })

  after(async () => {
    network.close()
    await Promise.all([server.close(), other.close()])
  })

  function start(
    target: string,
    fields: Partial<ExchangeRequest> = {},
    limits: Partial<Limits> = {},
  ): { readonly io: RecordingIo; readonly result: Promise<ExchangeResult> } {
    const io = createRecordingIo()
    const context: ExchangeContext = { network, limits: { ...defaultLimits, ...limits }, io }
    const request: ExchangeRequest = {
      purpose: 'poll',
      method: 'GET',
      url: new URL(target, server.origin),
      headers: [],
      body: null,
      timeoutMs: 5000,
      ...fields,
    }
    return { io, result: httpExchange(request, context) }
  }

  async function ask(...args: Parameters<typeof start>) {
    const { io, result } = start(...args)
    return { io, result: await result }
  }

  const kinds = (io: RecordingIo): FrameKind[] => io.frames.map(({ kind }) => kind)
  const bodyOf = (io: RecordingIo) =>
    Buffer.from(io.all('response').at(-1)?.payload ?? []).toString()

  it('is a request frame and a response frame that answers it', async () => {
    const { io, result } = await ask('/plain?q=1')
    const [request, response] = io.frames
    assert.ok(request?.kind === 'request' && response?.kind === 'response')
    assert.equal(request.direction, 'out')
    assert.equal(request.detail.url, `${server.origin}/plain?q=1`)
    assert.equal(request.detail.target, '/plain?q=1')
    assert.equal(response.replyTo, 1)
    assert.equal(response.detail.status, 200)
    assert.equal(response.detail.statusText, 'Status 200')
    assert.equal(bodyOf(io), 'plain')
    assert.equal(response.sizeBytes, 5)
    assert.deepEqual(response.detail.headers, [
      ['X-One', '1'],
      ['x-Two', '2'],
      ['X-One', 'again'],
      ['Content-Length', '5'],
    ])
    assert.ok(result.kind === 'answered')
    assert.equal(result.seq, 2)
    assert.ok(request.at <= response.at)
    assert.equal(io.isAwaiting, false)
  })

  it('counts the bytes that the server counts', async () => {
    const before = server.bytes()
    const { io } = await ask('/trailers')
    const after = server.bytes()
    const [request, response] = io.frames
    assert.equal(request?.wireBytes, after.in - before.in)
    assert.equal(response?.wireBytes, after.out - before.out)
    assert.deepEqual(io.wireBytes, { in: after.out - before.out, out: after.in - before.in })
  })

  it('records the request’s head as the server got it', async () => {
    const headers = [
      ['x-lower', 'a'],
      ['X-Many', '1'],
      ['X-Many', '2'],
      ['user-agent', 'mine'],
    ] as const
    const { io } = await ask('/echo', { method: 'POST', headers, body: 'grüße' })
    const [request] = io.all('request')
    const [head = '', body] = bodyOf(io).split('\r\n\r\n')
    const [start, ...lines] = head.split('\r\n')
    assert.equal(start, 'POST /echo HTTP/1.1')
    assert.deepEqual(
      request?.detail.headers.map(([name, value]) => `${name}: ${value}`),
      lines,
    )
    assert.deepEqual(lines, [
      `Host: ${server.host}`,
      'Accept: */*',
      'Accept-Encoding: gzip, deflate, br, zstd',
      'Connection: keep-alive',
      'x-lower: a',
      'X-Many: 1',
      'X-Many: 2',
      'user-agent: mine',
      'Content-Length: 7',
    ])
    assert.equal(Buffer.from(body ?? '', 'utf8').toString(), 'grüße')
    assert.equal(Buffer.from(request?.payload ?? []).toString(), 'grüße')
    assert.equal(request?.sizeBytes, 7)
  })

  it('sends the credentials of a URL and records none of them', async () => {
    const { io } = await ask(`http://me:s%40cret@${server.host}/echo`)
    assert.match(bodyOf(io), /Authorization: Basic bWU6c0BjcmV0/)
    const request = JSON.stringify(io.all('request'))
    assert.doesNotMatch(request, /cret|bWU6/)
    assert.match(request, /"Authorization","Basic \*\*\*"/)
  })

  it('tells the phases of a new connection and that a kept one was used', async () => {
    const fresh = await startHttpServer(behaviours)
    const first = await ask(`${fresh.origin}/plain`)
    const second = await ask(`${fresh.origin}/plain`)
    await fresh.close()
    const [one] = first.io.all('response')
    const [two] = second.io.all('response')
    assert.equal(one?.detail.reused, false)
    assert.equal(one?.detail.remoteAddress, fresh.host)
    assert.ok((one?.detail.timings.tcpMs ?? 0) > 0)
    assert.equal(one?.detail.timings.dnsMs, undefined)
    const { firstByteMs = 0, totalMs = 0 } = one?.detail.timings ?? {}
    assert.ok(firstByteMs > 0 && totalMs >= firstByteMs)
    assert.equal(two?.detail.reused, true)
    assert.equal(two?.detail.timings.tcpMs, undefined)
    assert.equal(fresh.connections, 1)
  })

  it('looks a host name up', async () => {
    const { io, result } = await ask(
      server.origin.replace('127.0.0.1', 'localhost').concat('/plain'),
    )
    assert.equal(result.kind, 'answered')
    assert.ok((io.all('response')[0]?.detail.timings.dnsMs ?? 0) > 0)
  })

  for (const [path, coding] of [
    ['/gzip', 'gzip'],
    ['/br', 'br'],
    ['/zstd', 'zstd'],
    ['/deflate', 'deflate'],
    ['/raw-deflate', 'deflate'],
    ['/twice', 'deflate, gzip'],
  ] as const) {
    it(`decodes ${path.slice(1)}`, async () => {
      const { io } = await ask(path)
      const [response] = io.all('response')
      assert.equal(bodyOf(io), text)
      assert.equal(response?.sizeBytes, text.length)
      assert.equal(response?.detail.contentEncoding, coding)
      assert.ok((response?.wireBytes ?? 9999) < 300)
    })
  }

  it('leaves a coding that it does not know as it is', async () => {
    const { io } = await ask('/unknown-coding')
    assert.equal(bodyOf(io), 'uryyb')
    assert.equal(io.all('response')[0]?.detail.contentEncoding, undefined)
  })

  it('takes an empty body for one in any coding', async () => {
    const { io, result } = await ask('/empty-gzip')
    assert.equal(result.kind, 'answered')
    assert.equal(io.all('response')[0]?.sizeBytes, 0)
  })

  it('keeps trailers', async () => {
    const { io } = await ask('/trailers')
    assert.deepEqual(io.all('response')[0]?.detail.trailers, [['X-Sum', '1']])
  })

  it('reads a body that ends with the connection', async () => {
    const { io } = await ask('/until-close')
    assert.equal(bodyOf(io), 'old')
    assert.equal(io.all('response')[0]?.detail.httpVersion, '1.0')
  })

  it('reads a head larger than Node’s own limit', async () => {
    assert.equal((await ask('/large-head')).result.kind, 'answered')
  })

  it('notes an informational answer', async () => {
    const { io } = await ask('/hints')
    assert.deepEqual(kinds(io), ['request', 'notice', 'response'])
    assert.match(io.all('notice')[0]?.detail.message ?? '', /103 Early Hints/)
  })

  const faults: readonly (readonly [path: string, code: string, kept: string | null])[] = [
    ['/bad-gzip', 'http-bad-encoding', ''],
    ['/cut-gzip', 'http-bad-encoding', null],
    ['/bad-chunk', 'http-broken-chunking', 'hello'],
    ['/bad-chunk-end', 'http-broken-chunking', 'hello'],
    ['/half', 'connection-reset', 'half'],
    ['/half-chunked', 'connection-reset', 'half'],
    ['/no-answer', 'connection-reset', null],
    ['/garbage', 'http-invalid', null],
    ['/bad-header', 'http-invalid', null],
    ['/big-head', 'http-head-too-large', null],
  ]
  for (const [path, code, kept] of faults) {
    it(`is ${code} at ${path}`, async () => {
      const { io, result } = await ask(path)
      const error = io.frames.at(-1)
      assert.ok(error?.kind === 'error')
      assert.equal(error.code, code)
      assert.equal(error.replyTo, 1)
      assert.equal(io.frames[0]?.kind, 'request')
      if (kept !== null) assert.equal(bodyOf(io), kept)
      assert.ok(result.kind === 'failed')
      assert.equal(result.fault.code, code)
      assert.equal(result.seq, io.frames.length)
      assert.equal(io.isAwaiting, false)
    })
  }

  it('keeps what came before a reset', async () => {
    const fresh = await startHttpServer({
      '/': (request) => {
        request.socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nfirst', () => {
          // After the client has read: a reset throws away what is still on its way.
          setTimeout(() => request.socket.resetAndDestroy(), 50)
        })
      },
    })
    const { io } = await ask(fresh.origin)
    await fresh.close()
    assert.deepEqual(kinds(io), ['request', 'response', 'error'])
    assert.equal(bodyOf(io), 'first')
    assert.equal(io.all('response')[0]?.detail.remoteAddress, fresh.host)
    assert.equal(io.frames.at(-1)?.code, 'connection-reset')
  })

  it('decodes what came of a coded body before it broke off', async () => {
    const coded = gzipSync(text, { level: 0 })
    const fresh = await startHttpServer({
      '/': raw(
        Buffer.concat([
          Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n'),
          coded.subarray(0, 1000),
        ]),
        'end',
      ),
    })
    const { io } = await ask(fresh.origin)
    await fresh.close()
    assert.equal(io.frames.at(-1)?.code, 'connection-reset')
    assert.ok(text.startsWith(bodyOf(io)))
    assert.ok(bodyOf(io).length > 900)
  })

  it('is refused where nobody listens', async () => {
    const gone = await startHttpServer({})
    await gone.close()
    const { io } = await ask(gone.origin)
    assert.deepEqual(kinds(io), ['error'])
    assert.equal(io.frames[0]?.code, 'connection-refused')
    assert.deepEqual(io.wireBytes, { in: 0, out: 0 })
  })

  it('does not find a host that cannot be', async () => {
    const { io } = await ask('http://nowhere.invalid/')
    assert.deepEqual(kinds(io), ['error'])
    assert.equal(io.frames[0]?.code, 'dns-failed')
  })

  it('ends when no answer comes in time', async () => {
    const { io } = await ask('/never', { timeoutMs: 30 })
    assert.deepEqual(kinds(io), ['request', 'error'])
    assert.equal(io.frames[1]?.code, 'http-timeout')
  })

  it('ends when the answer is not complete in time, and keeps what came', async () => {
    const { io } = await ask('/stalls', { timeoutMs: 50 })
    assert.deepEqual(kinds(io), ['request', 'response', 'error'])
    assert.equal(io.frames[2]?.code, 'http-timeout')
    assert.equal(bodyOf(io), 'half')
  })

  it('stops when it is told to while it waits', async () => {
    const { io, result } = start('/never')
    await io.first('request')
    io.abort()
    assert.deepEqual(await result, { kind: 'stopped' })
    assert.deepEqual(kinds(io), ['request'])
    assert.equal(io.isAwaiting, false)
  })

  it('stops before it starts when it was told to', async () => {
    const io = createRecordingIo()
    io.abort()
    const context: ExchangeContext = { network, limits: defaultLimits, io }
    const url = new URL('/plain', server.origin)
    const hop = { method: 'GET', url, headers: [], body: null }
    const result = await httpExchange({ ...hop, purpose: 'poll', timeoutMs: 1000 }, context)
    assert.deepEqual([result.kind, io.frames.length], ['stopped', 0])
  })

  it('keeps a body up to a limit and counts the rest', async () => {
    const { io } = await ask('/large', {}, { payloadBytes: 1000 })
    const [response] = io.all('response')
    assert.equal(response?.payload?.byteLength, 1000)
    assert.equal(response?.sizeBytes, 5000)
    assert.equal(response?.detail.truncatedAt, 1000)
  })

  it('ends a body beyond the limit of a message', async () => {
    const { io } = await ask('/slow-large', {}, { payloadBytes: 1000, messageBytes: 4000 })
    assert.deepEqual(kinds(io), ['request', 'response', 'error'])
    assert.equal(io.frames[2]?.code, 'message-too-large')
    assert.equal(io.all('response')[0]?.detail.truncatedAt, 1000)
  })

  it('stops reading where the plan says, in peace', async () => {
    const { io, result } = await ask('/slow-large', {
      plan: () => ({ kind: 'collect', stopAtBytes: 3000 }),
    })
    assert.deepEqual(kinds(io), ['request', 'response'])
    assert.ok(result.kind === 'answered')
    assert.notEqual(io.all('response')[0]?.detail.truncatedAt, undefined)
  })

  it('asks again on a new connection when the kept one had been closed', async () => {
    const first = await ask('/kept-once')
    assert.equal(bodyOf(first.io), 'one')
    const { io, result } = await ask('/kept-once')
    assert.equal(result.kind, 'answered')
    assert.deepEqual(kinds(io), ['request', 'notice', 'request', 'response'])
    assert.equal(io.all('notice')[0]?.code, 'connection-stale')
    assert.equal(bodyOf(io), 'two')
  })

  it('cannot send a header that is none, and says so', async () => {
    const { io, result } = await ask('/plain', { headers: [['X-A', 'a\nb']] })
    assert.deepEqual(kinds(io), ['error'])
    assert.equal(io.frames[0]?.code, 'request-invalid')
    assert.equal(result.kind, 'failed')
  })

  for (const path of ['/trailers', '/gzip', '/hints', '/bad-chunk', '/half-chunked', '/plain']) {
    it(`is the same when ${path} comes byte by byte`, async () => {
      const whole = await ask(path)
      const written: Buffer[] = []
      let ends = false
      // The behaviour writes into a box, and the bytes leave one at a time.
      const box = {
        write(bytes: Uint8Array | string, done?: () => void) {
          written.push(Buffer.from(bytes))
          done?.()
        },
        end() {
          ends = true
        },
      }
      const slow = await startHttpServer({
        [path]: async (request) => {
          behaviours[path]?.({ ...request, socket: box as unknown as typeof request.socket })
          request.socket.setNoDelay(true)
          for (const byte of Buffer.concat(written)) {
            if (request.socket.destroyed) return
            request.socket.write(Uint8Array.of(byte))
            await new Promise((next) => setImmediate(next))
          }
          if (ends) request.socket.end()
        },
      })
      const split = await ask(slow.origin + path)
      await slow.close()
      const gist = (io: RecordingIo) =>
        io.frames.map(({ kind, code, sizeBytes, payload }) => [kind, code, sizeBytes, payload])
      assert.deepEqual(gist(split.io), gist(whole.io))
    })
  }

  describe('that is redirected', () => {
    it('is drawn as an exchange for each hop', async () => {
      const { io, result } = await ask('/to-plain')
      assert.deepEqual(kinds(io), ['request', 'response', 'request', 'response'])
      const [moved, last] = io.all('response')
      assert.equal(moved?.detail.redirectTo, `${server.origin}/plain?x=1`)
      assert.equal(moved?.replyTo, 1)
      assert.equal(last?.replyTo, 3)
      assert.equal(last?.detail.redirectTo, undefined)
      assert.ok(result.kind === 'answered')
      assert.equal(result.head.url.pathname, '/plain')
    })

    it('takes no credentials to another origin', async () => {
      const { io } = await ask(`http://me:secret@${server.host}/to-other`, {
        method: 'POST',
        body: 'kept',
        headers: [
          ['Cookie', 'a=b'],
          ['X-Api-Key', 'k'],
          ['X-Harmless', 'h'],
        ],
      })
      const seen = bodyOf(io)
      assert.match(seen, /^POST \/echo/)
      assert.match(seen, /X-Harmless: h/)
      assert.match(seen, /kept$/)
      assert.doesNotMatch(seen, /authorization|cookie|api-key/i)
      assert.match(server.requests.at(-1)?.head ?? '', /Authorization: Basic/)
    })

    for (const [path, code] of [
      ['/self', 'redirect-loop'],
      ['/ping', 'redirect-loop'],
      ['/longer?a', 'redirect-loop'],
      ['/to-ftp', 'redirect-refused'],
    ] as const) {
      it(`ends with ${code} at ${path}`, async () => {
        const { io, result } = await ask(path, {}, { redirects: 5 })
        assert.ok(result.kind === 'failed')
        assert.equal(io.frames.at(-1)?.code, code)
        assert.ok(io.all('request').length <= 6)
      })
    }
  })

  describe('that is a stream', () => {
    it('hands on chunks as they come, and its frame comes with the head', async () => {
      const chunks: string[] = []
      let finish = () => {}
      const fresh = await startHttpServer({
        '/': ({ socket }) => {
          socket.write(`${chunkedHead}Content-Encoding: gzip\r\n\r\n`)
          finish = () => socket.write('0\r\n\r\n')
          const coded = gzipSync('one two')
          socket.write(`${coded.length.toString(16)}\r\n`)
          socket.write(coded)
          socket.write('\r\n')
        },
      })
      let wire = 0
      const { io, result } = start(fresh.origin, {
        timeoutMs: 100,
        plan: () => ({
          kind: 'stream',
          chunk(bytes, at, wireBytes) {
            assert.ok(at > 0)
            wire += wireBytes
            chunks.push(Buffer.from(bytes).toString())
            assert.equal(io.all('response').length, 1)
            finish()
          },
        }),
      })
      assert.equal((await result).kind, 'answered')
      assert.equal(chunks.join(''), 'one two')
      assert.deepEqual(kinds(io), ['request', 'response'])
      assert.equal(io.all('response')[0]?.payload, null)
      assert.ok(wire >= gzipSync('one two').length)
      await fresh.close()
    })

    it('is held back by its consumer', async () => {
      const held = Promise.withResolvers<void>()
      const called = Promise.withResolvers<void>()
      let ended = false
      const { result } = start('/large', {
        plan: () => ({
          kind: 'stream',
          chunk() {
            called.resolve()
            return held.promise
          },
        }),
      })
      const watched = result.then(() => {
        ended = true
      })
      await called.promise
      for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next))
      assert.equal(ended, false)
      held.resolve()
      await watched
      assert.equal((await result).kind, 'answered')
    })

    it('that breaks is an error after its response', async () => {
      const { io, result } = await ask('/half-chunked', {
        plan: () => ({ kind: 'stream', chunk: () => undefined }),
      })
      assert.deepEqual(kinds(io), ['request', 'response', 'error'])
      assert.ok(result.kind === 'failed' && result.head !== null)
    })

    it('rejects when its consumer throws', async () => {
      const { result } = start('/large', {
        plan: () => ({
          kind: 'stream',
          chunk() {
            throw new Error('ours')
          },
        }),
      })
      await assert.rejects(result, /ours/)
    })
  })
})
