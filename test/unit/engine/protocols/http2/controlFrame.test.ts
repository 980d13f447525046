// Words for what control frames of HTTP/2 say, from literal bytes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { controlDetail, isControl } from '../../../../../src/engine/protocols/http2/controlFrame.ts'
import { createHttp2FrameReader } from '../../../../../src/engine/protocols/http2/http2Frames.ts'

function read(hex: string) {
  const details: unknown[] = []
  const { read: feed } = createHttp2FrameReader((frame) => {
    details.push(isControl(frame) ? controlDetail(frame) : null)
  })
  feed(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
  return details
}

describe('A control frame of HTTP/2', () => {
  for (const [hex, type, streamId, says] of [
    [
      '00000c 04 00 00000000 000300000064 00990000ffff',
      'SETTINGS',
      0,
      'MAX_CONCURRENT_STREAMS 100, 0x99 65535',
    ],
    ['000000 04 00 00000000', 'SETTINGS', 0, ''],
    ['000008 06 00 00000000 0102030405060708', 'PING', 0, '01 02 03 04 05 06 07 08'],
    [
      '00000b 07 00 00000000 00000003 0000000b 627965',
      'GOAWAY',
      0,
      'ENHANCE_YOUR_CALM, last stream 3, “bye”',
    ],
    ['000004 03 00 00000005 00000007', 'RST_STREAM', 5, 'REFUSED_STREAM'],
    ['000004 03 00 00000005 000000ff', 'RST_STREAM', 5, 'error 0xff'],
    ['000004 08 00 00000000 80001000', 'WINDOW_UPDATE', 0, '+4096'],
    ['000005 05 04 00000001 00000002 82', 'PUSH_PROMISE', 1, 'stream 2'],
    ['000008 05 0c 00000001 01 00000002 8286 00', 'PUSH_PROMISE', 1, 'stream 2'],
    ['000001 42 ff 00000000 00', 'type 0x42', 0, ''],
  ] as const) {
    it(`says ${type} ${says}`, () => assert.deepEqual(read(hex), [{ type, streamId, says }]))
  }

  it('may acknowledge one of the peer', () => {
    assert.deepEqual(read('000000 04 01 00000000'), [
      { type: 'SETTINGS', streamId: 0, ack: true, says: '' },
    ])
  })

  it('is neither data nor a part of a head', () => {
    assert.deepEqual(read('000000 00 01 00000001 000001 01 05 00000001 88 000000 09 04 00000001'), [
      null,
      null,
      null,
    ])
  })
})
