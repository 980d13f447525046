// WebSocket servers that misbehave before the connection is open: what each is called, and what it may cost.

import assert from 'node:assert/strict'
import { describe } from 'mocha'
import { called, drip, endlessly, says, watchHostile } from '../../support/servers/hostile.ts'
import { accepts, sends } from '../../support/servers/hostileWebSocket.ts'

const extension = 'Sec-WebSocket-Extensions: '
const quick = { fields: { timeoutMs: 200 } }

describe('A WebSocket server that', () => {
  watchHostile('websocket', [
    ...called(['ws-protocol-error'], {
      'accepts with another key': accepts((head) => head.replace(/ACCEPT: ./, 'ACCEPT: !')),
      'accepts without a key': accepts((head) => head.replace(/sec-websocket-ACCEPT: .*\r\n/, '')),
      'accepts without Upgrade': accepts((head) => head.replace(/Upgrade: .*\r\n/, '')),
      'upgrades to something else': accepts((head) => head.replace('websocket', 'h2c')),
      'accepts without Connection': accepts((head) => head.replace(/Connection: .*\r\n/, '')),
      'agrees on a subprotocol that nobody offered': accepts((head) =>
        head.replace('X-Twice', 'Sec-WebSocket-Protocol'),
      ),
      'agrees on an extension that nobody offered': sends('', `${extension}x-magic`),
      'agrees on a window that is none': sends(
        '',
        `${extension}permessage-deflate; server_max_window_bits=99`,
      ),
      'writes an extension that is no list': sends('', `${extension}permessage-deflate; ="`),
      'writes garbage behind its head': accepts((head) => `${head}GARBAGE`),
      'writes its head twice': accepts((head) => head + head),
    }),

    ...called(['http-invalid'], {
      'ends lines with a carriage return alone': accepts((head) => head.replaceAll('\r\n', '\r')),
      'has a NUL in its head': accepts((head) => head.replace('X-Twice: 1', 'X-Twice: \0')),
      'begins with TLS': says('\x15\x03\x01\x00\x02\x02\x46'),
      'has a status of two digits': says('HTTP/1.1 20 OK\r\n\r\n'),
    }),

    ...called(
      ['http-invalid'],
      { 'sends early hints without end': endlessly('', 'HTTP/1.1 103 Early Hints\r\n\r\n') },
      { check: (run) => assert.equal(run.all('notice').length, 100) },
    ),
    ...called(['http-invalid'], {
      'says 100 Continue without end': endlessly('', 'HTTP/1.1 100 Continue\r\n\r\n'),
    }),

    ...called(['http2-only'], { 'begins with HTTP/2': says('\0\0\x12\x04\0\0\0\0\0') }),

    // It opens, as it does in browsers.
    ...called(
      [],
      {
        'folds a header field': accepts((head) =>
          head.replace('X-Twice: 1', 'X-Twice: 1\r\n more'),
        ),
        'ends lines with a line feed alone': accepts((head) => head.replaceAll('\r\n', '\n')),
        'has a header field without a name': accepts((head) => head.replace('X-Twice', '')),
        'has a space before a colon': accepts((head) => head.replace('X-Twice:', 'X-Twice :')),
      },
      {
        by: 'user',
        until: (frame) => frame.kind === 'response',
        check(run) {
          assert.equal(run.all('notice')[0]?.code, 'http-flawed-head')
          assert.equal(run.only('response').detail.refused, undefined)
        },
      },
    ),

    ...called(['http-head-too-large'], {
      'has a head without end': endlessly('HTTP/1.1 101 X\r\n', 'X-More: 1\r\n'),
      'has a header field without end': endlessly('HTTP/1.1 101 X\r\nX-More: ', 'x'),
      'has a status line without end': endlessly('HTTP/1.1 101 ', 'x'),
    }),

    ...called(
      ['http-timeout'],
      {
        'begins with line feeds without end': endlessly('', '\r\n'),
        'sends its head byte by byte for ever': drip('HTTP/1.1 101 X\r\n', 'X-A: 1\r\n'),
      },
      { ...quick, wireBytes: Infinity },
    ),

    ...called(['connection-reset'], {
      'closes without a word': ({ socket }) => socket.end(),
      'resets without a word': ({ socket }) => socket.resetAndDestroy(),
      'closes within its head': says('HTTP/1.1 101 Switch', 'end'),
      'resets within its head': says('HTTP/1.1 101 Switch', 'reset'),
    }),

    ...called(
      ['ws-handshake-refused'],
      {
        'has a status beyond all': says('HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n'),
        'has the status 0': says('HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n'),
        'redirects to itself': ({ socket, target }) =>
          socket.write(`HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: ${target}\r\n\r\n`),
        'refuses with a body without end': endlessly('HTTP/1.1 403 No\r\n\r\n', 'x'),
        'refuses with chunks of a byte without end': endlessly(
          'HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n',
          '1\r\nx\r\n',
        ),
        'refuses with a body byte by byte for ever': drip('HTTP/1.1 403 No\r\n\r\n', 'x'),
        'refuses with broken chunking': says(
          'HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
        ),
      },
      quick,
    ),

    ...called(
      [],
      {
        'accepts with HTTP/1.0': accepts((head) => head.replace('HTTP/1.1', 'HTTP/1.0')),
        'agrees on compression twice': sends(
          '',
          `${extension}permessage-deflate, permessage-deflate`,
        ),
      },
      { by: 'user', until: (frame) => frame.kind === 'response' },
    ),
  ])
})
