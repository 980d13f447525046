// Streams in which nothing is ever complete: seen while they grow, told why, and recorded however they end.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import type { StreamFormat } from '../../../src/shared/endpoint/endpoint.ts'
import { eventually } from '../../support/eventually.ts'
import { type SseBehaviour, stream } from '../../support/servers/sseServer.ts'
import { told, useSseServer } from '../../support/servers/useSseServer.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'

/** Writes a piece again and again, until it is left. */
function repeat(piece: (n: number) => string, type = 'text/event-stream'): SseBehaviour {
  return (response) => {
    response.writeHead(200, { 'Content-Type': type })
    let n = 0
    const timer = setInterval(() => response.write(piece(n++)), 60)
    response.on('close', () => clearInterval(timer))
  }
}

const large = `data: ${'x'.repeat(4000)}`
const gzipped = gzipSync('data: a\n\ndata: b')

/** Of the connection that was made last to `/reset`. */
let reset = () => {}

const behaviours: Readonly<Record<string, SseBehaviour>> = {
  '/one-newline': repeat((n) => `data: {"n":${n}}\n`),
  '/one-newline-of-text': repeat((n) => `id: ${n}\ndata: step ${n}\n`),
  '/no-newline': repeat((n) => `data: {"n":${n}} `),
  '/escaped': repeat((n) => `data: {"n":${n}}\\n\\n`),
  '/large': repeat((n) => (n === 0 ? large : 'y'.repeat(4000))),
  '/large-of-lines': repeat((n) => (n === 0 ? 'data: {\n' : `data:   "n${n}": [1, 2],\n`)),
  '/glued-records': repeat((n) => `{"n":${n}}`, 'application/x-ndjson'),
  '/records-of-cr': repeat((n) => `{"n":${n}}\r`, 'application/x-ndjson'),
  '/escaped-records': repeat((n) => `{"n":${n}}\\n`, 'application/x-ndjson'),
  '/records-without-rs': repeat((n) => `{"n":${n}}\n`, 'application/json-seq'),
  '/once': (response) => stream(response, 'data: hello\n'),
  '/cut': (response) => stream(response, 'data: hello\n').end(),
  '/reset': (response) => {
    stream(response, 'data: hello\n')
    reset = () => response.socket?.resetAndDestroy()
  },
  '/gzip': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' })
    response.write(gzipped.subarray(0, gzipped.length - 8))
  },
  '/gzip-head': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' })
    response.write(gzipped.subarray(0, 9))
  },
  '/not-gzip': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' })
    response.end('data: plain\n\n')
  },
  '/ndjson-open': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
    response.write('{"a":1}\n{"b')
  },
  '/json-seq-open': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json-seq' })
    response.write('\x1e{"a":1}')
  },
}

describe('A stream in which nothing ends', () => {
  const { run, transportFor } = useSseServer(behaviours)

  const mistakes: readonly [path: string, waits: string, why: RegExp, format?: StreamFormat][] = [
    ['/one-newline', 'a blank line', /^Single line ends join \d+ lines of data/],
    ['/one-newline-of-text', 'a blank line', /^Single line ends join \d+ lines of data/],
    ['/no-newline', 'a line end', /^Field after field comes in one line/],
    ['/escaped', 'a line end', /^The text holds line ends as two characters each/],
    ['/glued-records', 'a line end', /^Record after record comes in one line/],
    ['/records-of-cr', 'a line end', /^Records end with a carriage return alone/],
    ['/escaped-records', 'a line end', /^The text holds line ends as two characters each/],
    ['/records-without-rs', 'a record separator', /no record separator \(RS, the byte 1E\)/],
  ]
  for (const [path, waits, why] of mistakes) {
    it(`tells why while it grows, and has it all when it is left: ${path}`, async () => {
      const io = createRecordingIo()
      const ended = transportFor(path).connect(io)
      const notice = await io.first('notice')
      assert.equal(notice.code, 'stream-no-end')
      const [, size = '', reason = ''] =
        /^(\d+) B wait for .*?\. (.*)$/.exec(notice.detail.message) ?? []
      assert.ok(notice.detail.message.startsWith(`${size} B wait for ${waits}. `))
      assert.match(reason, why)
      assert.ok(Number(size) > 10)
      const { waiting } = io
      assert.ok(waiting !== null && waiting.bytes >= Number(size))
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.equal(io.waiting, null)
      assert.deepEqual([...io.all('event'), ...io.all('error')], [])
      const left = io.frames.filter(({ kind }) => kind === 'ignored' || kind === 'record')
      const wire = left.reduce((sum, { wireBytes }) => sum + wireBytes, 0)
      const [response] = io.all('response')
      assert.equal(wire + (response?.wireBytes ?? 0), io.wireBytes.in)
      assert.match(left.map(textOf).join(''), /"n":1|step 1/)
    })
  }

  for (const path of ['/large', '/large-of-lines']) {
    it(`is no mistake while a large event still arrives: ${path}`, async () => {
      const io = createRecordingIo()
      const ended = transportFor(path).connect(io)
      await new Promise((resolve) => setTimeout(resolve, 1500))
      assert.deepEqual(io.all('notice'), [])
      assert.ok(io.waiting !== null && io.waiting.bytes > 100)
      io.abort()
      await ended
      assert.equal(io.all('ignored')[0]?.detail.why, 'unfinished')
    })
  }

  it('tells of a part that is not followed by the rest', async () => {
    const io = createRecordingIo()
    const ended = transportFor('/once').connect(io)
    const notice = await io.first('notice')
    assert.equal(notice.code, 'stream-unfinished')
    assert.match(
      notice.detail.message,
      /^12 B wait for a blank line, and nothing more has come for [34]\.\d s\.$/,
    )
    io.abort()
    await ended
  })

  describe('has what waited', () => {
    it('when the server ends it', async () => {
      const { io } = await run('/cut')
      assert.deepEqual(io.all('ignored').map(told), [
        ['ignored', { why: 'unfinished' }, 'data: hello', 22],
      ])
    })

    it('when the connection is reset', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/reset').connect(io)
      // A reset throws away what is still on its way.
      await eventually('it has come', () => io.waiting?.bytes === 12)
      reset()
      await ended
      assert.deepEqual(
        io.frames.slice(2).map(({ kind, code }) => code ?? kind),
        ['ignored', 'stream-cut-short', 'connection-reset'],
      )
      assert.equal(textOf(io.all('ignored')[0]), 'data: hello')
    })

    it('of compressed data that is left', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/gzip').connect(io)
      await io.first('event')
      io.abort()
      await ended
      assert.equal(textOf(io.all('ignored')[0]), 'data: b')
    })

    it('before it could be decompressed', async () => {
      const io = createRecordingIo()
      const ended = transportFor('/gzip-head').connect(io)
      await io.first('response')
      await eventually('something has come', () => io.waiting !== null)
      assert.deepEqual([io.waiting?.bytes, io.waiting?.awaits], [9, 'decoding'])
      io.abort()
      await ended
      const [ignored] = io.all('ignored')
      assert.equal(ignored?.detail.why, 'not-decoded')
      assert.deepEqual(Buffer.from(ignored.payload ?? []), gzipped.subarray(0, 9))
    })

    it('and is not compressed as its head says', async () => {
      const { io } = await run('/not-gzip')
      const [ignored] = io.all('ignored')
      assert.equal(ignored?.detail.why, 'not-decoded')
      assert.equal(textOf(ignored), 'data: plain\n\n')
      assert.equal(io.all('error')[0]?.code, 'http-bad-encoding')
    })

    for (const [path, text] of [
      ['/ndjson-open', '{"b'],
      ['/json-seq-open', '{"a":1}'],
    ] as const) {
      it(`of a record: ${path}`, async () => {
        const io = createRecordingIo()
        const ended = transportFor(path).connect(io)
        await eventually('something has come', () => io.waiting !== null)
        io.abort()
        await ended
        assert.equal(textOf(io.all('record').at(-1)), text)
      })
    }
  })
})
