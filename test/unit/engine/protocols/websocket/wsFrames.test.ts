// The WebSocket frame reader: literal bytes, whole and cut at every byte.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createWsFrameReader,
  type WsFrame,
} from '../../../../../src/engine/protocols/websocket/wsFrames.ts'

interface Case {
  readonly title: string
  readonly bytes: readonly number[]
  readonly frames: readonly Partial<WsFrame>[]
}

const plain = { fin: true, rsv: 0, masked: false, control: null }

const cases: readonly Case[] = [
  {
    // [rfc6455] 5.7
    title: 'an unmasked text frame',
    bytes: [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f],
    frames: [{ ...plain, opcode: 1, payloadBytes: 5, wireBytes: 7 }],
  },
  {
    title: 'a masked text frame',
    bytes: [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58],
    frames: [{ ...plain, masked: true, opcode: 1, payloadBytes: 5, wireBytes: 11 }],
  },
  {
    title: 'two fragments',
    bytes: [0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f],
    frames: [
      { ...plain, fin: false, opcode: 1, payloadBytes: 3, wireBytes: 5 },
      { ...plain, opcode: 0, payloadBytes: 2, wireBytes: 4 },
    ],
  },
  {
    title: 'a ping between fragments, with its payload',
    bytes: [0x01, 0x01, 0x48, 0x89, 0x02, 0x68, 0x69, 0x80, 0x00],
    frames: [
      { ...plain, fin: false, opcode: 1, payloadBytes: 1, wireBytes: 3 },
      { ...plain, opcode: 9, payloadBytes: 2, wireBytes: 4, control: bytesOf('hi') },
      { ...plain, opcode: 0, payloadBytes: 0, wireBytes: 2 },
    ],
  },
  {
    title: 'a masked pong, unmasked',
    bytes: [0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58],
    frames: [
      {
        ...plain,
        masked: true,
        opcode: 10,
        payloadBytes: 5,
        wireBytes: 11,
        control: bytesOf('Hello'),
      },
    ],
  },
  {
    title: 'an empty close frame and one with a code and a reason',
    bytes: [0x88, 0x00, 0x88, 0x04, 0x03, 0xe8, 0x6f, 0x6b],
    frames: [
      { ...plain, opcode: 8, payloadBytes: 0, wireBytes: 2, control: new Uint8Array(0) },
      {
        ...plain,
        opcode: 8,
        payloadBytes: 4,
        wireBytes: 6,
        control: Uint8Array.of(0x03, 0xe8, 0x6f, 0x6b),
      },
    ],
  },
  {
    title: 'a 16-bit length with RSV1',
    bytes: [0xc2, 0x7e, 0x01, 0x00, ...new Array<number>(256).fill(0x81)],
    frames: [{ ...plain, rsv: 4, opcode: 2, payloadBytes: 256, wireBytes: 260 }],
  },
  {
    title: 'all reserved bits, and RSV3 alone',
    bytes: [0xf1, 0x00, 0x90, 0x00],
    frames: [
      { ...plain, rsv: 7, opcode: 1, payloadBytes: 0, wireBytes: 2 },
      { ...plain, rsv: 1, opcode: 0, payloadBytes: 0, wireBytes: 2 },
    ],
  },
  {
    title: 'a masked 16-bit length',
    bytes: [0x82, 0xfe, 0x00, 0x7e, 1, 2, 3, 4, ...new Array<number>(126).fill(0x88)],
    frames: [{ ...plain, masked: true, opcode: 2, payloadBytes: 126, wireBytes: 134 }],
  },
  {
    title: 'a 64-bit length that a shorter one would have held',
    bytes: [0x82, 0x7f, 0, 0, 0, 0, 0, 0, 0, 3, 9, 9, 9, 0x81, 0x00],
    frames: [
      { ...plain, opcode: 2, payloadBytes: 3, wireBytes: 13 },
      { ...plain, opcode: 1, payloadBytes: 0, wireBytes: 2 },
    ],
  },
  {
    title: 'an oversized control frame, whose payload is not kept',
    bytes: [0x89, 0x7e, 0x00, 0x7e, ...new Array<number>(126).fill(0x41)],
    frames: [{ ...plain, opcode: 9, payloadBytes: 126, wireBytes: 130 }],
  },
  {
    title: 'an unfinished frame, which is not reported',
    bytes: [0x81, 0x01, 0x41, 0x81, 0x05, 0x48],
    frames: [{ ...plain, opcode: 1, payloadBytes: 1, wireBytes: 3 }],
  },
]

describe('createWsFrameReader', () => {
  for (const { title, bytes, frames } of cases) {
    const all = Uint8Array.from(bytes)
    it(`reads ${title}`, () => {
      assert.deepEqual(read([all]), frames)
    })
    it(`reads ${title}, split at every byte`, () => {
      assert.deepEqual(read(bytes.map((byte) => Uint8Array.of(byte))), frames)
      for (let cut = 1; cut < bytes.length; cut++) {
        assert.deepEqual(read([all.subarray(0, cut), all.subarray(cut)]), frames, `cut at ${cut}`)
      }
    })
  }

  it('reads all cases in one stream', () => {
    const whole = cases.slice(0, -1)
    const stream = Uint8Array.from(whole.flatMap((each) => each.bytes))
    assert.deepEqual(
      read([stream]),
      whole.flatMap((each) => each.frames),
    )
  })

  it('reads a 64-bit length beyond 32 bits without waiting for its payload to know it', () => {
    const frames = read([Uint8Array.of(0x82, 0x7f, 0, 0, 0x10, 0, 0, 0, 0, 0, 0x41)])
    assert.deepEqual(frames, [])
  })
})

/** Each ends where the one before and its own bytes say. */
function read(chunks: readonly Uint8Array[]): Omit<WsFrame, 'end'>[] {
  const frames: Omit<WsFrame, 'end'>[] = []
  let fed = 0
  let seen = 0
  const reader = createWsFrameReader(({ end, ...frame }) => {
    seen += frame.wireBytes
    assert.equal(fed + end, seen)
    frames.push(frame)
  })
  for (const chunk of chunks) {
    reader.feed(chunk)
    fed += chunk.length
  }
  return frames
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
