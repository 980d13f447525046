// Whatever passes a tap, in whatever pieces and with whatever lost of it: it never throws, and forgets what is over.

import assert from 'node:assert/strict'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { randomOf } from '../../../support/captures/random.ts'
import { type ScriptedPair, scriptTap } from '../../../support/tap/scriptedTap.ts'

const types = [
  'text/event-stream',
  'application/x-ndjson',
  'application/json-seq',
  'multipart/mixed; boundary=b',
  'application/json',
  'text/plain',
  '',
]
const codings = ['', '', 'gzip', 'br', 'deflate', 'zstd', 'gzip, gzip', 'unknown']
const extensions = [
  '',
  'permessage-deflate',
  'permessage-deflate; server_no_context_takeover',
  'permessage-deflate; server_max_window_bits=99',
  'x',
  '%%%',
]

describe('hostile traffic through a tap', () => {
  for (let seed = 1; seed <= 30; seed++) {
    it(`is told without a fault, seed ${seed}`, async () => {
      const { below, of: pick } = randomOf(seed)
      const tap = await scriptTap('http://api.example', {
        limits: { messageBytes: 5000, payloadBytes: 1000, faultBytes: 100 },
      })
      const parts: readonly (string | Uint8Array)[] = [
        ...[
          'data: x\n\n',
          'data',
          '{"a":1}\n',
          '\x1e{}\n',
          '--b\r\n\r\n{}\r\n--b--',
          'ff\r\n',
          '5\r\nhello\r\n',
          '0\r\n\r\n',
          '',
        ],
        ...[
          gzipSync('data: 1\n\n'),
          deflateRawSync('hi'),
          Uint8Array.of(0x81, 2, 0x68, 0x69),
          Uint8Array.of(0xc1, 0x80),
        ],
        ...[
          Uint8Array.of(0x01, 1, 0x61),
          Uint8Array.of(0x80, 0),
          Uint8Array.of(0x89, 0),
          Uint8Array.of(0x88, 2, 3, 232),
        ],
        ...[
          Uint8Array.of(0x82, 127, 0, 0, 0, 0, 255, 255, 255, 255),
          Uint8Array.from({ length: 3000 }, () => below(256)),
        ],
      ]
      const bytes = (pair: ScriptedPair) => {
        const from = pick(['client', 'server'] as const)
        if (below(5) === 0) pair.lost(from, 1 + below(5000), pick([0, 1, 9]))
        else pair.body(from, pick(parts))
      }
      for (let i = 0; i < 40; i++) {
        const pair = tap.pair()
        const isSocket = below(5) < 2
        const upgrade = isSocket ? ['Upgrade: websocket', 'Connection: Upgrade'] : []
        pair.request(
          `${pick(['GET', 'POST', 'HEAD'])} /${pick(['a', 'b', 'c'])}`,
          [...upgrade, 'Accept: text/event-stream'],
          pick(['', '{"stream":true}', '\xff']),
        )
        if (below(10) === 0) pair.tell({ kind: 'unreadable', refusal: 'it is none' })
        else if (isSocket)
          pair.response('101 Go', [
            'Upgrade: websocket',
            'Connection: Upgrade',
            `Sec-WebSocket-Extensions: ${pick(extensions)}`,
          ])
        else
          pair.response(pick(['200 OK', '204 No', '404 No']), [
            pick(['Transfer-Encoding: chunked', 'X: y', 'Content-Length: 50']),
            `Content-Type: ${pick(types)}`,
            `Content-Encoding: ${pick(codings)}`,
          ])
        for (let n = below(12); n > 0; n--) bytes(pair)
        if (below(2) === 0) pair.end('server')
        for (let n = below(3); n > 0; n--) bytes(pair)
        pair.closed(pick(['client', 'server', 'relay'] as const), pick([undefined, 'ECONNRESET']))
      }
      await tap.timers.advance(5000)
      await tap.stop()
      assert.deepEqual(tap.faults, [])
      assert.equal(tap.inFlight(), 0)
      assert.equal(tap.frames.at(-1)?.kind, 'end')
    })
  }
})
