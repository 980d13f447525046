// HTTP exchanges that fail: what is told, and what of the answer is kept.

import assert from 'node:assert/strict'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { eventually } from '../../support/eventually.ts'
import {
  answer,
  type HttpBehaviour,
  raw,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { bodyOf, kinds, useExchanges } from '../../support/servers/useExchanges.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'

const text = 'hello '.repeat(500)
const chunkedHead = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n'

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/bad-gzip': answer(200, ['Content-Encoding: gzip'], 'this is not gzip'),
  '/cut-gzip': answer(200, ['Content-Encoding: gzip'], gzipSync(text).subarray(0, 20)),
  '/bad-chunk': raw(`${chunkedHead}\r\n5\r\nhello\r\nzz\r\n`),
  '/bad-chunk-end': raw(`${chunkedHead}\r\n5\r\nhelloworld`),
  '/long-br': answer(
    200,
    ['Content-Encoding: br'],
    Buffer.concat([brotliCompressSync(text), Buffer.from('and more')]),
  ),
  '/half-open': raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
  '/half': raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'end'),
  '/half-chunked': raw(`${chunkedHead}\r\n4\r\nhalf\r\n`, 'end'),
  '/no-answer': ({ socket }) => socket.destroy(),
  '/never': () => undefined,
  '/stream': raw('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n'),
  '/stalls': raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
  '/switches': raw(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x/1\r\nConnection: Upgrade\r\n\r\n',
  ),
  '/garbage': raw('SSH-2.0-OpenSSH_9.7\r\n'),
  '/bad-header': raw('HTTP/1.1 200 OK\r\nno colon here\r\n\r\n'),
  '/big-head': answer(200, [`X-Big: ${'x'.repeat(70_000)}`]),
  '/plain': answer(200, ['X-One: 1', 'x-Two:2', 'X-One: again'], 'plain'),
}

describe('An HTTP exchange that fails', () => {
  const { ask, start } = useExchanges(behaviours)

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

  it('says that what does not end is a stream', async () => {
    const { io } = await ask('/stream', { timeoutMs: 100 })
    const { detail } = io.all('error')[0] ?? assert.fail()
    assert.equal(detail.fits, 'sse')
    assert.match(detail.advice ?? '', /is a stream/)
    const stalled = (await ask('/stalls', { timeoutMs: 100 })).io.all('error')[0]
    assert.match(stalled?.detail.advice ?? '', /"timeout"/)
  })

  it('says how large a head may be', async () => {
    const [error] = (await ask('/big-head')).io.all('error')
    assert.match(
      error?.detail.message ?? '',
      /larger than 65\.5 kB, the most that Lifeline reads\.$/,
    )
  })

  it('shows the bytes that do not decode, as they came', async () => {
    const bad = await ask('/bad-gzip')
    assert.equal(textOf(bad.io.all('error')[0]), 'this is not gzip')
    const cut = await ask('/cut-gzip')
    assert.match(bodyOf(cut.io), /^hello /)
  })

  it('shows the answer that switches to another protocol', async () => {
    const { io, result } = await ask('/switches')
    assert.deepEqual(kinds(io), ['request', 'response', 'error'])
    const [response] = io.all('response')
    assert.partialDeepStrictEqual(response?.detail, { status: 101, headers: [['Upgrade', 'x/1']] })
    assert.equal(response?.replyTo, 1)
    assert.partialDeepStrictEqual(io.all('error')[0], { code: 'http-invalid', wireBytes: 0 })
    assert.equal(response?.wireBytes, io.wireBytes.in)
    assert.equal(result.kind, 'failed')
  })

  it('shows the line at which the chunks of a body break the rules', async () => {
    assert.equal(textOf((await ask('/bad-chunk')).io.all('error')[0]), 'zz\r\n')
    assert.equal(textOf((await ask('/bad-chunk-end')).io.all('error')[0]), 'helloworld')
  })

  it('tells what is behind the end of compressed data', async () => {
    const { io } = await ask('/long-br')
    assert.deepEqual(kinds(io), ['request', 'response', 'notice'])
    assert.equal(bodyOf(io), text)
    const [notice] = io.all('notice')
    assert.equal(notice?.code, 'http-surplus')
    assert.equal(textOf(notice), 'and more')
  })

  it('tells how much of a body has come while it comes, and what of it gave nothing when the user stops', async () => {
    const { io, result } = start('/half-open')
    // No frame tells of a body that is not complete.
    await eventually('the start of the body has come', () => io.waiting?.awaits === 'body')
    assert.partialDeepStrictEqual(io.waiting, { bytes: 4, ofBytes: 10, awaits: 'body' })
    io.abort()
    await result
    assert.deepEqual(kinds(io), ['request', 'response', 'notice'])
  })

  it('keeps what came before a reset', async () => {
    const fresh = await startHttpServer({
      '/': async ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nfirst')
        // A reset throws away what is still on its way.
        await eventually('the client has read', () => io.waiting?.awaits === 'body')
        socket.resetAndDestroy()
      },
    })
    const { io, result } = start(fresh.origin)
    await result
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
    const { io } = await ask('/never', { timeoutMs: 200 })
    assert.deepEqual(kinds(io), ['request', 'error'])
    assert.equal(io.frames[1]?.code, 'http-timeout')
  })

  it('ends when the answer is not complete in time, and keeps what came', async () => {
    const { io } = await ask('/stalls', { timeoutMs: 200 })
    assert.deepEqual(kinds(io), ['request', 'response', 'error'])
    assert.equal(io.frames[2]?.code, 'http-timeout')
    assert.equal(bodyOf(io), 'half')
  })

  it('cannot send a header that is none, and says so', async () => {
    const { io, result } = await ask('/plain', { headers: [['X-A', 'a\nb']] })
    assert.deepEqual(kinds(io), ['error'])
    assert.equal(io.frames[0]?.code, 'request-invalid')
    assert.equal(result.kind, 'failed')
  })
})
