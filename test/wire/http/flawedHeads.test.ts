// Answers that break the rules and that curl and browsers read all the same: read, and told with what came.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { eventually } from '../../support/eventually.ts'
import { raw, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { bodyOf, kinds, useExchanges } from '../../support/servers/useExchanges.ts'
import { assertWireSums } from '../../support/sessions/assertWireSums.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const ok = 'HTTP/1.1 200 OK\r\n'
const chunks = '5\r\nhello\r\n0\r\n\r\n'

/** Each is read as `hello`, as `curl` reads it. */
const heads: Readonly<Record<string, string>> = {
  '/length-and-chunks': `${ok}Content-Length: 250\r\nTransfer-Encoding: chunked\r\n\r\n`,
  '/chunks-and-length': `${ok}Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n`,
  '/same-twice': `${ok}Content-Length: 5\r\nContent-Length: 5\r\n\r\n`,
  '/list': `${ok}Content-Length: 5, 5\r\n\r\n`,
  '/plus': `${ok}Content-Length: +5\r\n\r\n`,
  '/fold': `${ok}X-A: one\r\n two\r\nContent-Length: 5\r\n\r\n`,
  '/space': `${ok}Content-Length : 5\r\n\r\n`,
  '/name': `${ok}X Y: 1\r\nContent-Length: 5\r\n\r\n`,
  '/lf': 'HTTP/1.1 200 OK\nContent-Length: 5\n\n',
  '/control': `${ok}X-A: a\x01b\r\nContent-Length: 5\r\n\r\n`,
  '/lower': 'http/1.1 200 OK\r\nContent-Length: 5\r\n\r\n',
  '/minor': 'HTTP/1.2 200 OK\r\nContent-Length: 5\r\n\r\n',
  '/icy': 'ICY 200 OK\r\nContent-Length: 5\r\n\r\n',
  '/glued': 'HTTP/1.1 200OK\r\nContent-Length: 5\r\n\r\n',
  '/identity': `${ok}Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n`,
}

const refused: Readonly<Record<string, readonly [came: string, why: RegExp]>> = {
  '/two-lengths': [
    `${ok}Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello`,
    /: “Content-Length: 5” and “Content-Length: 7” contradict each other\.$/,
  ],
  '/negative': [`${ok}Content-Length: -5\r\n\r\nhello`, /“Content-Length: -5” is no number/],
  '/nul': [`${ok}X-A: a\0b\r\n\r\n`, /: the field X-A holds a NUL\.$/],
  '/colonless': [`${ok}no colon here\r\n\r\n`, /: a line of it has no colon\.$/],
  '/ssh': ['SSH-2.0-OpenSSH_9.6\r\n', /does not speak HTTP, but SSH\.$/],
  '/smtp': ['220 mail.example ESMTP ready\r\n', /does not speak HTTP, but SMTP\.$/],
  '/redis': ['-ERR unknown command\r\n', /does not speak HTTP, but Redis\.$/],
  '/mysql': ['J\0\0\0\x0a8.0.36\0', /does not speak HTTP, but MySQL\.$/],
  '/tls': ['\x15\x03\x01\x00\x02\x02\x46', /speaks TLS, and was asked without it\.$/],
  '/goaway': ['\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x01', /speaks HTTP\/2 only/],
  '/other': ['hello\n', /: it does not begin with HTTP\/\.$/],
}

/** Hints, and the head of an event stream without a reason and spaces. */
const hints =
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200\nContent-Type:text/event-stream\nTransfer-Encoding:chunked\n\n'

const bytesOf = (text: string) => Buffer.from(text, 'latin1')

describe('An answer with a flawed head', () => {
  const { ask } = useExchanges({
    ...Object.fromEntries(
      Object.entries(heads).map(([path, head]) => [
        path,
        raw(head + (/: chunked/.test(head) ? chunks : 'hello')),
      ]),
    ),
    ...Object.fromEntries(Object.entries(refused).map(([path, [came]]) => [path, raw(came)])),
    '/chunk-lf': raw(`${ok}Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n`),
    '/chunk-mark': raw(`${ok}Transfer-Encoding: chunked\r\n\r\n5;\r\nhello\r\n0;\r\n\r\n`),
    '/chunk-fold': raw(
      `${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n`,
    ),
    '/thousands': raw(
      `${ok}${Array.from({ length: 3000 }, (_, i) => `x ${i}:\r\n`).join('')}Content-Length: 0\r\n\r\n`,
    ),
    '/long': raw(`${ok}X: ${'x'.repeat(30_000)}`),
    '/slow': ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\nConte'),
  })

  for (const [path, head] of Object.entries(heads)) {
    it(`is read, and told as it came: ${path.slice(1)}`, async () => {
      const { io, result } = await ask(path)
      assert.equal(result.kind, 'answered')
      assert.deepEqual(kinds(io), ['request', 'notice', 'response'])
      assert.equal(bodyOf(io), 'hello')
      const [notice] = io.all('notice')
      assert.equal(notice?.code, 'http-flawed-head')
      assert.deepEqual(Buffer.from(notice?.payload ?? []), bytesOf(head))
      const [response] = io.all('response')
      const lengths = head.match(/content-length/gi)?.length ?? 0
      const told = response?.detail.headers.filter(([name]) => /^content-length$/i.test(name))
      assert.equal(told?.length, lengths, 'the fields stay as they came')
      assert.equal(io.wireBytes.in, response?.wireBytes)
    })
  }

  it('tells a minor version and a folded value as they came', async () => {
    const minor = await ask('/minor')
    assert.equal(minor.io.all('response')[0]?.detail.httpVersion, '1.2')
    const fold = await ask('/fold')
    assert.deepEqual(fold.io.all('response')[0]?.detail.headers[0], ['X-A', 'one two'])
  })

  for (const [path, [came, why]] of Object.entries(refused)) {
    it(`that nobody can read is shown: ${path.slice(1)}`, async () => {
      const { io, result } = await ask(path)
      assert.equal(result.kind, 'failed')
      assert.deepEqual(kinds(io), ['request', 'error'])
      const [error] = io.all('error')
      assert.match(error?.detail.message ?? '', why)
      assert.deepEqual(Buffer.from(error?.payload ?? []), bytesOf(came))
      assert.equal(error?.sizeBytes, came.length)
      assert.equal(error?.wireBytes, came.length)
    })
  }

  it('of which thousands of fields are wrong is told in a sentence', async () => {
    const { io } = await ask('/thousands')
    const message = io.all('notice')[0]?.detail.message ?? ''
    assert.match(message, /; “x 9” is no name of a field; and 2,990 more\. It is read/)
    assert.equal(io.all('response')[0]?.detail.headers.length, 3001)
  })

  it('that is too long is shown from its start on', async () => {
    const { io } = await ask('/long', {}, { headBytes: 1000, faultBytes: 20 })
    const [error] = io.all('error')
    assert.equal(error?.code, 'http-head-too-large')
    assert.equal(textOf(error), 'HTTP/1.1 200 OK\r\nX: ')
    assert.ok((error?.sizeBytes ?? 0) > 1000)
  })

  it('is cut at a limit where it is shown', async () => {
    const { io } = await ask('/ssh', {}, { faultBytes: 8 })
    const [error] = io.all('error')
    assert.equal(textOf(error), 'SSH-2.0-')
    assert.equal(error?.sizeBytes, 21)
    assert.equal(error?.detail.truncatedAt, 8)
  })

  it('is read on where its chunks break the rules, as curl reads them', async () => {
    for (const path of ['/chunk-lf', '/chunk-mark', '/chunk-fold']) {
      const { io } = await ask(path)
      assert.deepEqual(kinds(io), ['request', 'notice', 'response'])
      assert.equal(bodyOf(io), 'hello')
      assert.equal(io.all('notice')[0]?.code, 'http-flawed-chunking')
      assert.equal(io.wireBytes.in, io.all('response')[0]?.wireBytes)
    }
  })

  it('that does not end is shown when the time is over, and when the user stops', async () => {
    const late = await ask('/slow', { timeoutMs: 50 })
    assert.equal(late.io.all('error')[0]?.code, 'http-timeout')
    assert.equal(textOf(late.io.all('error')[0]), 'HTTP/1.1 200 OK\r\nConte')
  })
})

describe('A head that tells the length twice', () => {
  let server: TestHttpServer
  before(async () => {
    const event = (data: string) => `d\r\ndata: ${data}\n\n\r\n`
    server = await startHttpServer({
      '/stream': raw(
        `${ok}Content-Type: text/event-stream\r\nContent-Length: 250\r\nTransfer-Encoding: chunked\r\n\r\n${event('one..')}${event('two..')}`,
      ),
      '/hints': raw(hints + event('one..')),
      '/poll': raw(
        `${ok}Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n7\r\n{"a":1}\r\n0\r\n\r\n`,
      ),
      '/tagged': raw(`${ok}ETag: "\x01"\r\nContent-Length: 2\r\n\r\n{}`),
      '/never': ({ socket }) => void socket.write('HTTP/1.1 200 O'),
    })
  })
  after(() => server.close())

  it('opens an event stream', async () => {
    const run = await runSession(endpointAt(server.origin, 'sse', '/stream', {}), {
      until: (frame) => frame.kind === 'event' && frame.seq >= 5,
    })
    assert.deepEqual(
      run.all('event').map((frame) => run.text(frame)),
      ['one..', 'two..'],
    )
    assert.deepEqual(run.all('error'), [])
    assert.match(run.only('notice').detail.message, /Transfer-Encoding counts/)
  })

  it('counts as it came, with what came ahead of it', async () => {
    const run = await runSession(endpointAt(server.origin, 'sse', '/hints', {}), {
      until: ({ kind }) => kind === 'event',
    })
    assert.equal(run.only('response').wireBytes, hints.length)
    assertWireSums(run)
  })

  it('is polled on', async () => {
    const run = await runSession(
      endpointAt(server.origin, 'polling', '/poll', { intervalMs: 100 }),
      {
        until: (frame) => frame.kind === 'response' && frame.seq > 5,
      },
    )
    assert.ok(run.all('response').every((frame) => run.text(frame) === '{"a":1}'))
    assert.equal(run.all('notice').length, 1, 'told once')
    assert.deepEqual(run.all('error'), [])
  })

  it('is polled on without a tag that no request can carry', async () => {
    let answers = 0
    const run = await runSession(
      endpointAt(server.origin, 'polling', '/tagged', { intervalMs: 100 }),
      { until: ({ kind }) => kind === 'response' && ++answers === 3 },
    )
    assert.deepEqual(run.all('error'), [])
  })

  for (const method of ['polling', 'long-polling', 'sse', 'websocket'] as const) {
    it(`is kept as far as it came where the user stops a ${method} within it`, async () => {
      let waits: unknown = null
      const run = await runSession(endpointAt(server.origin, method, '/never', {}), {
        until(frame, session) {
          if (frame.kind !== 'request') return false
          void eventually('the start of the head has come', () => {
            waits = session.status().unfinished
            return session.status().unfinished?.bytes === 14
          }).then(() => session.stop())
          return false
        },
      })
      const notice = run.only('notice')
      assert.equal(notice.code, 'stopped-in-head')
      assert.equal(run.text(notice), 'HTTP/1.1 200 O')
      assert.partialDeepStrictEqual(waits, { bytes: 14, awaits: 'head' })
    })
  }
})
