// Frames of HTTP/2 from literal bytes, in one piece and split at every byte.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  beginsHttp2,
  beginsWithFrame,
  createHttp2FrameReader,
  type Http2Frame,
  paddingOf,
  uint32At,
  withoutContents,
} from '../../../../../src/engine/protocols/http2/http2Frames.ts'

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/** SETTINGS with one entry, HEADERS, an empty DATA, DATA, PING, GOAWAY, RST_STREAM with the reserved bit. */
const bytes = Buffer.concat(
  [
    '000006 04 00 00000000 000300000064',
    '000001 01 04 00000003 88',
    '000000 00 00 00000003',
    '000005 00 01 00000003 68656c6c6f',
    '000008 06 01 00000000 0102030405060708',
    '00000b 07 00 00000000 000000030000000b 627965',
    '000004 03 00 80000005 00000007',
  ].map((hex) => Buffer.from(hex.replaceAll(' ', ''), 'hex')),
)

const expected = [
  { type: 4, flags: 0, streamId: 0, payload: '000300000064', payloadBytes: 6, endsAt: 15 },
  { type: 1, flags: 4, streamId: 3, payload: '', payloadBytes: 1, endsAt: 25 },
  { type: 0, flags: 0, streamId: 3, payload: '', payloadBytes: 0, endsAt: 34 },
  { type: 0, flags: 1, streamId: 3, payload: '', payloadBytes: 5, endsAt: 48 },
  { type: 6, flags: 1, streamId: 0, payload: '0102030405060708', payloadBytes: 8, endsAt: 65 },
  {
    type: 7,
    flags: 0,
    streamId: 0,
    payload: '000000030000000b627965',
    payloadBytes: 11,
    endsAt: 85,
  },
  { type: 3, flags: 0, streamId: 5, payload: '00000007', payloadBytes: 4, endsAt: 98 },
]

function read(pieces: readonly Uint8Array[], skipBytes = 0) {
  const frames: Http2Frame[] = []
  const { read: feed } = createHttp2FrameReader((frame) => frames.push(frame), skipBytes)
  for (const piece of pieces) feed(piece)
  return frames.map((frame) => ({ ...frame, payload: Buffer.from(frame.payload).toString('hex') }))
}

describe('The reader of HTTP/2 frames', () => {
  it('reads them in one piece, in two at every byte, and byte by byte', () => {
    assert.deepEqual(read([bytes]), expected)
    for (let at = 0; at <= bytes.length; at++) {
      assert.deepEqual(read([bytes.subarray(0, at), bytes.subarray(at)]), expected, String(at))
    }
    assert.deepEqual(read([...bytes].map((byte) => Uint8Array.of(byte))), expected)
  })

  it('passes over the preface of a client, wherever it is split', () => {
    const sent = Buffer.concat([Buffer.from(preface), bytes])
    const moved = expected.map((frame) => ({ ...frame, endsAt: frame.endsAt + preface.length }))
    for (let at = 0; at <= sent.length; at++) {
      assert.deepEqual(read([sent.subarray(0, at), sent.subarray(at)], preface.length), moved)
    }
  })

  it('hands on nothing of a frame that is not complete, and keeps the start of a large control frame', () => {
    assert.deepEqual(read([bytes.subarray(0, 14)]), [])
    const large = Buffer.concat([Buffer.from('010000070000000000', 'hex'), Buffer.alloc(65_536, 1)])
    const [frame] = read([large.subarray(0, 700), large.subarray(700)])
    assert.equal(frame?.payload, '01'.repeat(1024))
    assert.equal(frame?.payloadBytes, 65_536)
  })

  it('knows the padding of DATA', () => {
    const padded = Buffer.from('000006 00 09 00000001 02 616263 0000'.replaceAll(' ', ''), 'hex')
    for (let at = 0; at <= padded.length; at++) {
      const paddings: number[] = []
      const { read: feed } = createHttp2FrameReader((frame) => paddings.push(paddingOf(frame)))
      feed(padded.subarray(0, at))
      feed(padded.subarray(at))
      assert.deepEqual(paddings, [3])
    }
  })

  it('leaves out what a message holds, wherever the bytes were cut', () => {
    const promise = Buffer.from('000006 05 04 00000001 00000002 8286'.replaceAll(' ', ''), 'hex')
    const all = Buffer.concat([bytes, promise, Buffer.from('00000a 00 00 00000001 6869', 'hex')])
    const shown = (at: number, to = all.length) => {
      const reader = createHttp2FrameReader(() => undefined)
      reader.read(all.subarray(0, at))
      return Buffer.from(withoutContents(all.subarray(at, to), reader.place())).toString('hex')
    }
    const whole = shown(0)
    const heads = ['000001010400000003', '000005000100000003', '000006050400000001']
    for (const head of heads) assert.ok(whole.includes(head), head)
    for (const content of ['88', '68656c6c6f', '8286']) assert.ok(!whole.includes(content), content)
    assert.ok(whole.includes('000000030000000b627965'))
    for (let at = 0; at <= all.length; at++) assert.equal(shown(0, at) + shown(at), whole)
  })

  it('tells how a server begins', () => {
    const settings = bytes.subarray(0, 9)
    for (let size = 0; size < 9; size++) assert.equal(beginsHttp2(settings.subarray(0, size)), null)
    assert.equal(beginsHttp2(settings), true)
    assert.equal(beginsHttp2(bytes), true)
    assert.equal(beginsHttp2(Buffer.from('HTTP/1.1 400 Bad Request')), false)
    assert.equal(beginsHttp2(Buffer.from('HTTP')), false)
    assert.equal(beginsHttp2(bytes.subarray(15)), false)
  })

  it('knows frames that a server should not have begun with from other protocols', () => {
    assert.equal(beginsWithFrame(bytes.subarray(15)), true)
    assert.equal(beginsWithFrame(bytes.subarray(65)), true)
    for (const text of ['HTTP/1.1 400 Bad Request', 'SSH-2.0-OpenSSH', '220 mail.test ESMTP', '']) {
      assert.equal(beginsWithFrame(Buffer.from(text)), false, text)
    }
    for (const other of ['15030100020246', '4a0000000a382e302e33', '0000054201000000']) {
      assert.equal(beginsWithFrame(Buffer.from(other, 'hex')), false, other)
    }
  })

  it('reads numbers of four bytes, 0 beyond the end', () => {
    const part = new Uint8Array([9, 0xff, 0xff, 0xff, 0xfe]).subarray(1)
    assert.equal(uint32At(part, 0), 0xfffffffe)
    assert.equal(uint32At(part, 1), 0)
  })
})
