// Bodies of HTTP answers: content codings, framing, limits, and every border between two packets.

import assert from 'node:assert/strict'
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { describe, it } from 'mocha'
import {
  answer,
  answerBytes,
  type HttpBehaviour,
  raw,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { bodyOf, kinds, useExchanges } from '../../support/servers/useExchanges.ts'
import type { RecordingIo } from '../../support/sessions/recordingIo.ts'

const text = 'hello '.repeat(500)
const chunkedHead = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n'

const zstd = ['Content-Encoding: zstd']
const zstdFrames = Buffer.concat(Array.from({ length: 3 }, () => zstdCompressSync(text)))

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/empty-gzip': answer(200, ['Content-Encoding: gzip']),
  '/gzip': answer(200, ['Content-Encoding: gzip'], gzipSync(text)),
  '/br': answer(200, ['Content-Encoding: br'], brotliCompressSync(text)),
  '/zstd': answer(200, ['content-encoding: ZSTD'], zstdCompressSync(text)),
  '/zstd-frames': answer(200, zstd, zstdFrames),
  '/zstd-frames-in-gzip': answer(200, ['Content-Encoding: zstd, gzip'], gzipSync(zstdFrames)),
  '/deflate': answer(200, ['Content-Encoding: deflate'], deflateSync(text)),
  '/raw-deflate': answer(200, ['Content-Encoding: deflate'], deflateRawSync(text)),
  '/twice': answer(200, ['Content-Encoding: deflate, gzip'], gzipSync(deflateSync(text))),
  '/unknown-coding': answer(200, ['Content-Encoding: rot13'], 'uryyb'),
  '/trailers': raw(`${chunkedHead}\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n`),
  '/until-close': raw('HTTP/1.0 200 OK\r\n\r\nold', 'end'),
  '/large': answer(200, [], 'x'.repeat(5000)),
  '/slow-large': raw(`HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(5000)}`),
  '/bad-chunk': raw(`${chunkedHead}\r\n5\r\nhello\r\nzz\r\n`),
  '/half-chunked': raw(`${chunkedHead}\r\n4\r\nhalf\r\n`, 'end'),
  '/hints': raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${answerBytes(200, [], 'x')}`),
  '/plain': answer(200, ['X-One: 1', 'x-Two:2', 'X-One: again'], 'plain'),
}

describe('The body of an HTTP answer', () => {
  const { ask } = useExchanges(behaviours)

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

  for (const path of ['/zstd-frames', '/zstd-frames-in-gzip']) {
    it(`decodes all frames of ${path.slice(1)}, in whatever pieces they come`, async () => {
      const { io } = await ask(path)
      assert.equal(bodyOf(io), text + text + text)
      assert.equal(io.frames.at(-1)?.kind, 'response')
    })
  }

  for (const [title, end] of [
    ['broken off in its second frame', zstdCompressSync(text).subarray(0, 12)],
    ['followed by something else', Buffer.from('something')],
  ] as const) {
    it(`is http-bad-encoding where Zstandard is ${title}`, async () => {
      const fresh = await startHttpServer({
        '/': answer(200, zstd, Buffer.concat([zstdCompressSync(text), end])),
      })
      const { io } = await ask(fresh.origin)
      await fresh.close()
      assert.equal(bodyOf(io), text)
      assert.equal(io.frames.at(-1)?.code, 'http-bad-encoding')
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

  for (const path of [
    '/trailers',
    '/gzip',
    '/zstd-frames',
    '/hints',
    '/bad-chunk',
    '/half-chunked',
    '/plain',
  ]) {
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
        io.frames.map(({ kind, code, sizeBytes, payload }) =>
          // What an error is about is what had come by then.
          kind === 'error' ? [kind, code] : [kind, code, sizeBytes, payload],
        )
      assert.deepEqual(gist(split.io), gist(whole.io))
    })
  }
})
