// WebSocket servers that misbehave once the connection is open: what each is called, and what it may cost.

import assert from 'node:assert/strict'
import { describe } from 'mocha'
import { called, drip, type HostileCase, watchHostile } from '../../support/servers/hostile.ts'
import {
  accepted,
  bomb,
  deflate,
  deflated,
  floods,
  sends,
  sendsDeafly,
  sendsForEver,
} from '../../support/servers/hostileWebSocket.ts'
import type { HttpBehaviour } from '../../support/servers/httpServer.ts'

const closed = '88 02 03e8'
const many = 3000

/** A case of each, titled with what is sent. */
function each(
  title: string,
  frames: readonly string[],
  behave: (frame: string) => HttpBehaviour = sends,
): Readonly<Record<string, HttpBehaviour>> {
  return Object.fromEntries(frames.map((frame) => [`${title} ${frame}`, behave(frame)]))
}

const counts = (kind: 'message' | 'ping' | 'pong', count: number): Partial<HostileCase> => ({
  by: 'server',
  check: (run) => assert.equal(run.all(kind).length, count),
})

describe('A WebSocket server that', () => {
  watchHostile('websocket', [
    // [rfc6455] 5.2, 5.4, 5.5
    ...called(['ws-protocol-error'], {
      ...each('sends a reserved opcode:', [
        ...['83 00', '84 00', '85 00', '86 00', '87 00'],
        ...['8b 00', '8c 00', '8d 00', '8e 00', '8f 00'],
      ]),
      ...each('sets reserved bits:', ['c1 01 41', 'a1 01 41', '91 01 41', 'f1 01 41']),
      'sets RSV1 on a control frame': sends('c9 00', deflate),
      'sets RSV1 on a continuation': sends('41 01 00 c0 01 00', deflate),
      'masks a text frame': sends('81 81 01020304 40'),
      'masks a ping': sends('89 80 01020304'),
      'masks a close frame': sends('88 82 00000000 03e8'),
      'sends a ping in fragments': sends('09 00'),
      'sends a close frame in fragments': sends('08 00'),
      'sends a ping of 126 bytes': sends(`89 7e 007e ${'00'.repeat(126)}`),
      'sends a close frame with a length of 64 bits': sends('88 7f 0000000000000002 03e8'),
      'continues what has not begun': sends('80 01 41'),
      'begins a message within another': sends('01 01 41 81 01 42'),
      'closes with half a code': sends('88 01 03'),
      // [rfc6455] 7.4
      ...each(
        'closes with',
        ['0', '999', '1004', '1005', '1006', '1015', '1016', '2999', '5000', '65535'],
        (code) => sends(`88 02 ${Number(code).toString(16).padStart(4, '0')}`),
      ),
      'sends compressed data that is none': sends('c1 04 ffffffff', deflate),
    }),

    ...called(['ws-invalid-utf8'], {
      ...each('sends as text', ['ff', 'c328', 'c080', 'eda080', 'f4908080', 'e282'], (bytes) =>
        sends(`81 0${bytes.length / 2} ${bytes}`),
      ),
      'sends text in fragments that is not UTF-8': sends('01 01 c3 80 01 28'),
      'compresses text that is not UTF-8': accepted((socket, head) => {
        socket.write(Buffer.concat([Buffer.from(head), deflated(Buffer.of(0xc3, 0x28))]))
      }, deflate),
      'closes with a reason that is not UTF-8': sends('88 04 03e8 c328'),
    }),

    ...called(['message-too-large'], {
      'claims a length of 2^63': sends('82 7f 8000000000000000'),
      'claims a length of 2^53': sends('82 7f 0020000000000000'),
      'claims a byte more than the limit': sends('82 7e 4e21'),
      'sends fragments that grow beyond the limit': sendsForEver(
        '0200',
        Buffer.concat([Buffer.of(0, 100), Buffer.alloc(100)]),
      ),
      'sends a gigabyte in a megabyte': accepted((socket, head) => {
        socket.write(Buffer.concat([Buffer.from(head), bomb(1000)]))
      }, deflate),
    }),
    ...called(
      ['message-too-large'],
      {
        'sends empty fragments without end': sendsForEver('0200', Buffer.of(0, 0)),
        'sends fragments of a byte without end': sendsForEver('0200', Buffer.of(0, 1, 0)),
      },
      {
        limits: { messageBytes: 2 ** 20 },
        // What came in one packet with the last one that is allowed is seen too.
        check: (run) => assert.ok(run.all('fragment').length <= 16_384 + 32_768),
      },
    ),

    ...called(
      ['ws-abnormal-closure'],
      {
        'resets when it has accepted': accepted((socket, head) => {
          socket.write(head, () => socket.resetAndDestroy())
        }),
        'resets within a frame’s head': accepted((socket, head) => {
          socket.write(`${head}\x81`, 'latin1', () => socket.resetAndDestroy())
        }),
        'closes within a frame': accepted((socket, head) => {
          socket.end(`${head}\x81\x05A`, 'latin1')
        }),
        'closes between fragments': accepted((socket, head) => {
          socket.end(`${head}\x01\x01A`, 'latin1')
        }),
      },
      { goesOn: true },
    ),

    ...called(
      [],
      {
        'writes a short length in 64 bits': sends(`81 7f 0000000000000001 41 ${closed}`),
        'sends compressed data that ends early': sends(`c1 02 4bcc ${closed}`, deflate),
        'keeps the connection after its close frame': sends(closed),
        'resets after its close frame': accepted((socket, head) => {
          socket.write(`${head}\x88\x02\x03\xe8`, 'latin1', () => socket.resetAndDestroy())
        }),
      },
      { by: 'server' },
    ),

    // What it sends is read and thrown away until it has had its time to close.
    ...called(
      [],
      { 'goes on after its close frame': sendsDeafly('880203e8', Buffer.of(0x81, 0)) },
      { by: 'server', wireBytes: Infinity },
    ),
    ...called(
      ['ws-protocol-error'],
      { 'goes on after it broke the protocol': sendsDeafly('ff00', Buffer.of(0x81, 0)) },
      { wireBytes: Infinity },
    ),

    ...called(
      [],
      { [`sends ${many} empty messages`]: floods(many, Buffer.of(0x81, 0)) },
      counts('message', many),
    ),
    ...called(
      [],
      { [`sends ${many} pongs that nobody asked for`]: floods(many, Buffer.of(0x8a, 1, 65)) },
      counts('pong', many),
    ),
    ...called(
      [],
      { [`pings ${many} times and reads no pong`]: floods(many, Buffer.of(0x89, 1, 65)) },
      {
        by: 'server',
        check(run) {
          assert.equal(run.all('ping').length, many)
          assert.ok(run.all('pong').length < 100, `${run.all('pong').length} pongs`)
        },
      },
    ),
    ...called(
      [],
      {
        'sends 500 messages that inflate five hundredfold': accepted((socket, head) => {
          const messages = Array<Buffer>(500).fill(deflated(Buffer.alloc(19_000)))
          const bytes = [Buffer.from(head), ...messages, Buffer.from('880203e8', 'hex')]
          socket.write(Buffer.concat(bytes))
        }, `${deflate}; server_no_context_takeover`),
      },
      {
        by: 'server',
        check(run) {
          const sizes = run.all('message').map(({ sizeBytes }) => sizeBytes)
          assert.deepEqual(sizes, Array(500).fill(19_000))
        },
      },
    ),
    ...called(
      [],
      {
        'sends a frame byte by byte for ever': accepted((socket, head) => {
          drip(Buffer.from(`${head}\x81\x01A\x82\x7e\x40\0`, 'latin1'), 'x')({ socket })
        }),
      },
      { by: 'user', until: (frame) => frame.kind === 'message' },
    ),
  ])
})
