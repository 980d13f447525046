// HTTP/2 servers that break the rules or send without end: each ends in a named error, within bounded memory.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Limits } from '../../../src/shared/limits.ts'
import {
  frame,
  okHead,
  type RawRequest,
  settings,
  startRawHttp2,
  uint32s,
} from '../../support/servers/rawHttp2.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'
import { connectTo } from '../../support/sessions/runHttp2.ts'

type Behaviour = (request: RawRequest) => void

/** Literal field without indexing, new name. [rfc7541] 6.2.2 */
function field(name: string, value: string): Buffer {
  const part = (text: string) => {
    const length = text.length < 127 ? [text.length] : [127, ...varint(text.length - 127)]
    return Buffer.concat([Buffer.from(length), Buffer.from(text)])
  }
  return Buffer.concat([Uint8Array.of(0), part(name), part(value)])
}

function varint(rest: number): number[] {
  return rest < 128 ? [rest] : [(rest % 128) + 128, ...varint(Math.floor(rest / 128))]
}

/** Writes the bytes as fast as the client takes them, until it goes away. */
function flood(
  bytes: Buffer,
  before: (streamId: number) => Uint8Array = () => settings,
): Behaviour {
  const many = Buffer.concat(Array.from({ length: Math.ceil(16_384 / bytes.length) }, () => bytes))
  return ({ socket, streamId }) => {
    socket.write(before(streamId))
    const more = () => {
      while (!socket.destroyed && socket.write(many));
    }
    socket.on('drain', more)
    more()
  }
}

const says =
  (...parts: readonly ((streamId: number) => Uint8Array)[]): Behaviour =>
  ({ socket, streamId }) =>
    socket.write(Buffer.concat(parts.map((part) => part(streamId))))

const cases: Readonly<Record<string, readonly [code: string | null, Behaviour, Partial<Limits>?]>> =
  {
    'floods it with SETTINGS': ['http2-protocol-error', flood(frame(4, 0, 0, Buffer.alloc(6, 0)))],
    'floods it with PING': ['http2-protocol-error', flood(frame(6, 0, 0, Buffer.alloc(8)))],
    'floods it with empty DATA': [
      'http2-protocol-error',
      flood(frame(0, 0, 1), (id) => okHead(id)),
    ],
    'floods it with RST_STREAM': ['http2-protocol-error', flood(frame(3, 0, 99, uint32s(8)))],
    'floods it with WINDOW_UPDATE': [
      'http2-protocol-error',
      flood(frame(8, 0, 0, uint32s(0x7fffffff))),
    ],
    'floods it with CONTINUATION': [
      'http2-protocol-error',
      flood(frame(9, 0, 1, field('a', 'b'.repeat(1000))), (id) => frame(1, 0, id, '\x88')),
    ],
    'floods it with empty CONTINUATION': [
      'http2-protocol-error',
      flood(frame(9, 0, 1), (id) => frame(1, 0, id, Uint8Array.of(0x88))),
    ],
    'sends a head without end': [
      'http-head-too-large',
      says((id) => okHead(id, 4, Buffer.concat(Array(20).fill(field('x-long', 'y'.repeat(500)))))),
      { headBytes: 4096 },
    ],
    'sends a small head that unpacks to 40 MB': [
      'http-head-too-large',
      says((id) => {
        const kept = Buffer.concat([
          Uint8Array.of(0x40),
          field('x-long', 'y'.repeat(4000)).subarray(1),
        ])
        return okHead(id, 4, Buffer.concat([kept, Buffer.alloc(10_000, 0xbe)]))
      }),
    ],
    'sends informational answers without end': [
      'http-invalid',
      ({ socket, streamId }) => {
        const hints = frame(1, 4, streamId, Buffer.concat([field(':status', '103')]))
        socket.write(Buffer.concat(Array(200).fill(hints)))
      },
    ],
    'answers without :status': [
      'http2-protocol-error',
      says((id) => frame(1, 5, id, field('a', 'b'))),
    ],
    'answers with a field in capitals': [
      'http2-protocol-error',
      says((id) => okHead(id, 5, field('X-Upper', 'b'))),
    ],
    'sends more than its Content-Length': [
      'http2-protocol-error',
      says(
        (id) => okHead(id, 4, field('content-length', '2')),
        (id) => frame(0, 1, id, 'abc'),
      ),
    ],
    'sends less than its Content-Length': [
      'http2-protocol-error',
      says(
        (id) => okHead(id, 4, field('content-length', '5')),
        (id) => frame(0, 1, id, 'abc'),
      ),
    ],
    'pushes before it acknowledges that it may not': [
      'http-timeout',
      says((id) => frame(5, 4, id, Buffer.concat([uint32s(2), Uint8Array.of(0x82)]))),
    ],
    pushes: [
      'http2-protocol-error',
      says(
        () => frame(4, 1, 0),
        (id) => frame(5, 4, id, Buffer.concat([uint32s(2), Uint8Array.of(0x82)])),
      ),
    ],
    'sends a frame larger than allowed': [
      'http2-protocol-error',
      says(
        (id) => okHead(id),
        (id) => frame(0, 1, id, Buffer.alloc(20_000)),
      ),
    ],
    'sends DATA before a head': ['http2-protocol-error', says((id) => frame(0, 1, id, 'x'))],
    'answers on a stream that nobody opened': ['http2-protocol-error', says(() => okHead(7, 5))],
    'compresses its head wrongly': [
      'http2-protocol-error',
      says((id) => frame(1, 5, id, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))),
    ],
    'sends frames of unknown types': [
      null,
      says(
        () => frame(0x42, 0xff, 0, 'what'),
        (id) => okHead(id),
        (id) => frame(0, 1, id, 'fine'),
      ),
    ],
    'sends bytes that are no HTTP/2 after its settings': [
      'http2-protocol-error',
      ({ socket }) => socket.write('HTTP/1.1 200 OK\r\n\r\n'.repeat(1000)),
    ],
    'goes away and says nothing more': [
      'http-timeout',
      says((id) => frame(7, 0, 0, uint32s(id, 0))),
    ],
    'allows no stream': [
      'http-timeout',
      says(() => frame(4, 0, 0, Buffer.from('000300000000', 'hex'))),
    ],
  }

describe('A client of HTTP/2 outlives a server that', () => {
  for (const [title, [code, behave, limits]] of Object.entries(cases)) {
    it(`${title}: ${code ?? 'no error'}`, async () => {
      const server = await startRawHttp2(behave)
      const { io } = await connectTo(server.origin, {
        fields: { httpVersion: '2', timeoutMs: 300 },
        ...(limits && { limits }),
      })
      await server.close()
      assert.deepEqual(
        io.all('error').map((error) => error.code),
        code === null ? [] : [code],
        io.all('error')[0]?.detail.message,
      )
      if (code === 'http2-protocol-error') assert.ok((io.all('error')[0]?.sizeBytes ?? 0) > 0)
      if (code === null) assert.equal(textOf(io.all('response')[0]), 'fine')
    })
  }

  it('never sends or acknowledges settings, which keeps nobody from being answered', async () => {
    const server = await startRawHttp2(
      says(
        (id) => okHead(id),
        (id) => frame(0, 1, id, 'fine'),
      ),
      new Uint8Array(0),
    )
    const { io } = await connectTo(server.origin, { fields: { httpVersion: '2' } })
    assert.equal(io.all('error')[0]?.code, 'http2-unavailable')
    await server.close()
  })

  it('opens no window for a body: http-timeout', async () => {
    const none = frame(4, 0, 0, Buffer.from('000400000000', 'hex'))
    const server = await startRawHttp2(() => undefined, none)
    const { io } = await connectTo(server.origin, {
      fields: { httpVersion: '2', request: 'POST', body: 'x'.repeat(200_000), timeoutMs: 200 },
    })
    assert.equal(io.all('error')[0]?.code, 'http-timeout')
    await server.close()
  })
})
