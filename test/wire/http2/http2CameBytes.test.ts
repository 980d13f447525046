// Bytes of an HTTP/2 connection that failed: each is counted with a frame, and none shows what a message held.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  frame,
  okHead,
  type RawRequest,
  settings,
  startRawHttp2,
  uint32s,
} from '../../support/servers/rawHttp2.ts'
import { assertReadSums } from '../../support/sessions/assertWireSums.ts'
import { endpointAt, runSession, type SessionRun } from '../../support/sessions/runSession.ts'

type Behave = (request: RawRequest) => void
type Method = 'polling' | 'long-polling' | 'sse'

const methods: readonly Method[] = ['polling', 'long-polling', 'sse']
const secret = 'Circle-of-Life-1994'

async function run(method: Method, behave: Behave, greeting?: Uint8Array): Promise<SessionRun> {
  const server = await startRawHttp2(behave, greeting)
  const fields = { httpVersion: '2', timeoutMs: 300, stream: 'text' } as const
  const seen = await runSession(endpointAt(server.origin, method, '/', fields), {
    secrets: [{ name: 'token', value: secret }],
  })
  await server.close()
  return seen
}

/** `content-type: text/plain`, never indexed. */
const type = Buffer.from('100c636f6e74656e742d747970650a746578742f706c61696e', 'hex')
/** A frame of PING with a wrong size. */
const broken = frame(6, 0, 0, Buffer.alloc(7))

describe('Bytes of an HTTP/2 connection that fails', () => {
  for (const method of methods) {
    it(`show heads of frames, and nothing of what messages held, in which no secret is found: ${method}`, async () => {
      const { frames, only, payload, files } = await run(method, ({ socket, streamId: id }) => {
        const head = okHead(id, 0, Buffer.concat([type, Buffer.from(secret).subarray(0, 9)]))
        const rest = frame(9, 4, id, Buffer.from(secret).subarray(9))
        const halves = [secret.slice(0, 9), secret.slice(9)].map((half) => frame(0, 0, id, half))
        socket.write(Buffer.concat([head, rest, ...halves, broken]))
      })
      const error = only('error')
      assert.equal(error.code, 'http2-protocol-error', frames.map(({ kind }) => kind).join())
      const heads = Buffer.from(payload(error) ?? []).toString('hex')
      assert.match(heads, /^(?:000000040000000000)?0000230100000000010000[0-9a-f]{2}0904/)
      assert.ok(heads.endsWith(broken.toString('hex')))
      for (const half of ['Circle-of', '-Life-1994']) assert.ok(!files.includes(half), half)
    })
  }

  it('are shown as they are where they are no HTTP/2', async () => {
    const { only, text } = await run(
      'polling',
      () => undefined,
      Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'),
    )
    assert.equal(only('error').code, 'http2-unavailable')
    assert.equal(text(only('error')), 'SSH-2.0-OpenSSH_9.6\r\n')
  })

  it('show heads of frames, too, where they do not begin with settings', async () => {
    const parts = [secret.slice(0, 9), secret.slice(9)]
    const seen = await run(
      'sse',
      ({ socket, streamId: id }) => {
        socket.write(Buffer.concat(parts.map((part) => frame(0, 0, id, part))))
      },
      new Uint8Array(0),
    )
    assert.equal(seen.only('error').code, 'http2-unavailable')
    const heads = Buffer.from(seen.payload(seen.only('error')) ?? []).toString('hex')
    assert.equal(heads, '00000900000000000100000a000000000001')
    assertReadSums(seen)
  })

  it('are counted where the first byte is too long in coming', async () => {
    for (const method of methods) {
      const server = await startRawHttp2(({ socket }) => socket.write(frame(4, 1, 0)))
      const fields = { httpVersion: '2', firstByteTimeoutMs: 200 } as const
      const seen = await runSession(endpointAt(server.origin, method, '/', fields), {
        until: ({ kind }) => kind === 'error',
      })
      await server.close()
      assertReadSums(seen)
      assert.ok(seen.status.statistics.wireBytesIn >= 9)
    }
  })

  const failures: Readonly<Record<string, readonly [Behave, greeting?: Uint8Array]>> = {
    'before an answer': [({ socket }) => socket.write(broken)],
    'in a body': [
      ({ socket, streamId: id }) =>
        socket.write(Buffer.concat([okHead(id, 4, type), frame(0, 0, id, 'part'), broken])),
    ],
    'by a reset': [({ socket, streamId: id }) => socket.write(frame(3, 0, id, uint32s(2)))],
    'by a refusal': [({ socket, streamId: id }) => socket.write(frame(3, 0, id, uint32s(7)))],
    'by GOAWAY': [({ socket }) => socket.end(frame(7, 0, 0, uint32s(0, 11)))],
    'by its end': [({ socket }) => socket.end(frame(4, 1, 0))],
    'by silence': [({ socket }) => socket.write(frame(4, 1, 0))],
    'at its first byte': [() => undefined, Buffer.from('nothing of HTTP/2')],
  }

  for (const [title, one] of Object.entries(failures)) {
    for (const method of methods) {
      it(`are counted with a frame: ${title}, ${method}`, async () => {
        const seen = await run(method, ...one)
        assert.ok(seen.all('error').length > 0)
        assertReadSums(seen)
        assert.ok(seen.status.statistics.wireBytesIn >= settings.length)
      })
    }
  }
})
