// Misbehaving HTTP servers, for all methods over HTTP.

import assert from 'node:assert/strict'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { called, drip, endlessly, type HostileCase, says } from './hostile.ts'
import type { HttpBehaviour } from './httpServer.ts'

export const ok = 'HTTP/1.1 200 OK\r\n'
const quick = { fields: { timeoutMs: 200 } }

/** Answers with 200, these fields and this body, whose length is told. */
export function answers(field: string, body: Uint8Array): HttpBehaviour {
  return ({ socket }) => {
    socket.write(`${ok}${field}\r\nContent-Length: ${body.length}\r\n\r\n`)
    socket.write(body)
  }
}

/** What is called the same by every method. */
export const brokenHeads: readonly HostileCase[] = [
  ...called(['http-invalid'], {
    'has a NUL in its head': says(`${ok}X-A: \0\r\nContent-Length: 0\r\n\r\n`),
    'answers in HTTP/0.9': says('<p>hello</p>\n', 'end'),
    'begins with TLS': says('\x15\x03\x01\x00\x02\x02\x46'),
    'has a status of two digits': says('HTTP/1.1 20 OK\r\n\r\n'),
    'has a status of four digits': says('HTTP/1.1 2000 OK\r\n\r\n'),
    'has two lengths': says(`${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`),
    'has a negative length': says(`${ok}Content-Length: -1\r\n\r\n`),
    'has a length that is no number': says(`${ok}Content-Length: 1x\r\n\r\na`),
    'switches protocols unasked': says(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    ),
    'says 100 Continue without end': endlessly('', 'HTTP/1.1 100 Continue\r\n\r\n'),
  }),
  ...called(
    ['http-invalid'],
    { 'sends early hints without end': endlessly('', 'HTTP/1.1 103 Early Hints\r\n\r\n') },
    { check: (run) => assert.equal(run.all('notice').length, 100) },
  ),
  ...called(['http2-only'], { 'begins with HTTP/2': says('\0\0\x12\x04\0\0\0\0\0') }),
  ...called(['http-head-too-large'], {
    'has a head without end': endlessly(ok, 'X-More: 1\r\n'),
    'has a header field without end': endlessly(`${ok}X-More: `, 'x'),
    'has a status line without end': endlessly('HTTP/1.1 200 ', 'x'),
  }),
  ...called(['connection-reset'], {
    'closes without a word': ({ socket }) => socket.end(),
    'resets without a word': ({ socket }) => socket.resetAndDestroy(),
    'closes within its head': says('HTTP/1.1 200 O', 'end'),
    'resets within its head': says('HTTP/1.1 200 O', 'reset'),
  }),
  ...called(['redirect-loop'], {
    'redirects to itself': ({ socket, target }) =>
      socket.write(`HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: ${target}\r\n\r\n`),
    'redirects to ever new URLs': ({ socket, target }) =>
      socket.write(`HTTP/1.1 307 X\r\nContent-Length: 0\r\nLocation: ${target}?\r\n\r\n`),
  }),
  ...called(['redirect-refused'], {
    'redirects to a file': redirects('file:///etc/passwd'),
    'redirects to a script': redirects('javascript:alert(1)'),
    'redirects to no URL': redirects('http://['),
  }),
  ...called(['message-too-large'], {
    'redirects with a body without end': endlessly('HTTP/1.1 302 X\r\nLocation: /\r\n\r\n', 'x'),
  }),
]

/** Heads that never become one, where the method has a time limit that is an error. */
export const slowHeads: readonly HostileCase[] = called(
  ['http-timeout'],
  {
    'never answers': () => undefined,
    'begins with line feeds without end': endlessly('', '\r\n'),
    'sends its head byte by byte for ever': drip(ok, 'X-A: 1\r\n'),
  },
  { ...quick, wireBytes: Infinity },
)

/** Bodies behind `head`, which ends without the empty line and without any length. */
export function brokenBodies(head: string): readonly HostileCase[] {
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`
  return [
    ...called(['connection-reset'], {
      'claims more than it sends and closes': says(`${head}Content-Length: 9\r\n\r\nhalf`, 'end'),
      'claims more than it sends and resets': says(`${head}Content-Length: 9\r\n\r\nhalf`, 'reset'),
      'closes between chunks': says(`${chunked}1\r\na\r\n`, 'end'),
      'resets between chunks': says(`${chunked}1\r\na\r\n`, 'reset'),
    }),
    ...called(['http-broken-chunking'], {
      'claims a chunk of 2^64': says(`${chunked}10000000000000000\r\n`),
      'claims a chunk of negative size': says(`${chunked}-1\r\nab`),
      'claims a smaller chunk than it sends': says(`${chunked}1\r\nabc\r\n0\r\n\r\n`),
      'writes an extension of a chunk without end': endlessly(`${chunked}1;`, 'x'),
    }),
    ...called(['http-head-too-large'], {
      'writes trailers without end': endlessly(`${chunked}0\r\n`, 'X-A: 1\r\n'),
      'writes one trailer without end': endlessly(`${chunked}0\r\nX-A: `, 'x'),
    }),
    ...called(['http-bad-encoding'], {
      'sends gzip that is none': says(`${head}Content-Encoding: gzip\r\n\r\nabc`),
      'names 1,500 codings': says(
        `${head}Content-Encoding: ${'br,'.repeat(1500)}br\r\nContent-Length: 1\r\n\r\na`,
      ),
    }),
  ]
}

/** Bodies that are whole or have to be ended by a limit, where the method collects them. */
export const largeBodies: readonly HostileCase[] = [
  ...called(['message-too-large'], {
    'sends a body without end': endlessly(`${ok}\r\n`, 'x'),
    'sends a chunk without end': endlessly(
      `${ok}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\n`,
      'x',
    ),
    'sends gzip that inflates a thousandfold': answers(
      'Content-Encoding: gzip',
      gzipSync(Buffer.alloc(2 ** 25)),
    ),
    'sends Brotli that inflates a millionfold': answers(
      'Content-Encoding: br',
      brotliCompressSync(Buffer.alloc(2 ** 25)),
    ),
    'sends Zstandard that inflates ten thousandfold': answers(
      'Content-Encoding: zstd',
      zstdCompressSync(Buffer.alloc(2 ** 25)),
    ),
    'sends gzip in gzip': answers(
      'Content-Encoding: gzip, gzip',
      gzipSync(gzipSync(Buffer.alloc(2 ** 25))),
    ),
  }),
  // Views of each would take a hundred times as much as the bytes.
  ...called(
    ['message-too-large'],
    {
      'sends chunks of a byte without end': endlessly(
        `${ok}Transfer-Encoding: chunked\r\n\r\n`,
        '1\r\nx\r\n',
      ),
    },
    {
      limits: { payloadBytes: 2 ** 20, messageBytes: 2 ** 20 },
      // A busy machine takes seconds for a million chunks.
      fields: { timeoutMs: 9000 },
      wireBytes: 2 ** 24,
      memoryBytes: 150 * 2 ** 20,
      // Long polling draws what has come of an answer once a second at most.
      check: (run) =>
        assert.ok(run.all('record').length < 20, `${run.all('record').length} records`),
    },
  ),
]

/** Bodies that come too slowly, where the method has a time limit for them. */
export const slowBodies: readonly HostileCase[] = called(
  ['http-timeout'],
  {
    'claims more than it sends and waits': says(`${ok}Content-Length: 9\r\n\r\nhalf`),
    'claims 2^53 bytes and waits': says(`${ok}Content-Length: 9007199254740993\r\n\r\nhalf`),
    'sends a body byte by byte for ever': drip(`${ok}\r\n`, 'x'),
    'sends chunks byte by byte for ever': drip(
      `${ok}Transfer-Encoding: chunked\r\n\r\n`,
      '1\r\nx\r\n',
    ),
    'writes the size of a chunk without end': endlessly(
      `${ok}Transfer-Encoding: chunked\r\n\r\n`,
      '0',
    ),
  },
  { ...quick, wireBytes: Infinity },
)

function redirects(location: string): HttpBehaviour {
  return says(`HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: ${location}\r\n\r\n`)
}
