// Ends of a WebSocket: closed by either side, stopped, or by a fault of the server.

import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { constants, deflateRawSync } from 'node:zlib'
import { describe, it } from 'mocha'
import type { Outcome } from '../../../src/engine/transports/transport.ts'
import type { NewFrame } from '../../../src/shared/frame/frame.ts'
import { echo, useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead, type RawBehaviour } from '../../support/servers/wsServer.ts'
import { createRecordingIo, textOf } from '../../support/sessions/recordingIo.ts'
import {
  runWebSocket as run,
  sends,
  timeless,
  webSocketAt,
} from '../../support/sessions/runWebSocket.ts'

const raw: Readonly<Record<string, RawBehaviour>> = {
  '/close-1001': sends(0x88, 0x06, 0x03, 0xe9, 0x67, 0x6f, 0x6e, 0x65),
  '/close-empty': sends(0x88, 0x00),
  '/close-4000': sends(0x88, 0x02, 0x0f, 0xa0),
  '/close-1006': sends(0x88, 0x02, 0x03, 0xee),
  '/in-message': (socket, request) => {
    socket.write(
      Buffer.concat([Buffer.from(acceptHead(request)), Buffer.of(0x81, 0, 0x81, 5, 0x42)]),
    )
    socket.on('data', () => socket.destroy())
  },
  '/bad-reason': sends(0x88, 0x04, 0x03, 0xe8, 0xc3, 0x28),
  '/bad-utf8': sends(0x81, 0x01, 0x41, 0x81, 0x02, 0xc3, 0x28),
  '/reserved-bit': sends(0xa1, 0x01, 0x41),
  '/unknown-opcode': sends(0x83, 0x00),
  '/masked': sends(0x81, 0x81, 1, 2, 3, 4, 0x40),
  '/lone-continuation': sends(0x80, 0x01, 0x41),
  '/not-deflated': sends(0xc1, 0x01, 0x41),
  '/endless': sends(0x82, 0x7f, 0, 0, 0, 0, 0, 0, 0x10, 0),
  '/drop': (socket, request) => {
    socket.end(Buffer.concat([Buffer.from(acceptHead(request)), Buffer.of(0x81, 0x01, 0x41, 0x81)]))
  },
  '/drop-in-message': (socket, request) => {
    const bytes = Buffer.of(0x01, 0x02, 0x41, 0x42, 0x80, 0x7e, 0x10, 0x00, 0x43)
    socket.end(Buffer.concat([Buffer.from(acceptHead(request)), bytes]))
  },
  '/reset': (socket, request) => {
    socket.write(acceptHead(request), () => setImmediate(() => socket.resetAndDestroy()))
  },
  '/deaf': (socket, request) => {
    socket.write(acceptHead(request))
  },
  '/silent': () => null,
  // Never reads and never stops: a message of 100,000 bytes in a frame of 120.
  '/deflated-flood': (socket, request) => {
    const extension = 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover'
    socket.write(acceptHead(request, extension))
    const deflated = deflateRawSync(Buffer.alloc(100_000, 'x'), {
      finishFlush: constants.Z_SYNC_FLUSH,
    })
    // [rfc7692] 7.2.1: the last four bytes of a flush are left out.
    const payload = deflated.subarray(0, -4)
    const frame = Buffer.concat([Buffer.of(0xc1, payload.length), payload])
    const block = Buffer.concat(new Array<Buffer>(500).fill(frame))
    const more = () => {
      while (socket.writable && socket.write(block));
    }
    socket.on('drain', more)
    more()
  },
}

describe('WebSocket', () => {
  const server = useWsServer({ accepted: { '/echo': echo }, raw })

  describe('closing', () => {
    const cases: readonly [path: string, kind: Outcome['kind'], code: number, reason: string][] = [
      ['/close-1001', 'lost', 1001, 'gone'],
      ['/close-empty', 'lost', 1005, ''],
      ['/close-4000', 'refused', 4000, ''],
    ]
    for (const [path, kind, code, reason] of cases) {
      it(`is ${kind} after ${code} from the server`, async () => {
        const { io, outcome } = await run(server.url(path))
        assert.equal(outcome.kind, kind)
        assert.deepEqual(
          io.all('close').map((frame) => [frame.direction, timeless(frame.detail)]),
          [
            ['in', { code, reason, by: 'server' }],
            ['out', { code, reason, by: 'server' }],
          ],
        )
        assert.deepEqual(io.all('error'), [])
      })
    }

    it('says goodbye with 1000 when it is stopped', async () => {
      const io = createRecordingIo()
      const ended = webSocketAt(server.url('/echo')).connect(io)
      await io.first('response')
      await nextTurn()
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.deepEqual(
        io.all('close').map((frame) => [frame.direction, timeless(frame.detail), frame.replyTo]),
        [
          ['out', { code: 1000, reason: '', by: 'client' }, null],
          ['in', { code: 1000, reason: '', by: 'client' }, 3],
        ],
      )
    })

    it('leaves a server that does not answer the goodbye', async () => {
      const io = createRecordingIo()
      const ended = webSocketAt(server.url('/deaf')).connect(io)
      await io.first('response')
      await nextTurn()
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.deepEqual(io.all('error'), [])
    })

    it('leaves a server that goes on sending, with every message that ws hands over', async () => {
      const io = createRecordingIo()
      const ended = webSocketAt(server.url('/deflated-flood')).connect(io)
      await io.first('message')
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      const messages = io.all('message')
      assert(messages.every((frame) => frame.sizeBytes === 100_000 && frame.wireBytes < 125))
    })

    it('stops in the middle of a handshake', async () => {
      const io = createRecordingIo()
      const ended = webSocketAt(server.url('/silent')).connect(io)
      await io.first('request')
      assert.equal(io.isAwaiting, true)
      io.abort()
      assert.deepEqual(await ended, { kind: 'stopped' })
      assert.equal(io.isAwaiting, false)
      assert.equal(io.openings, 0)
    })

    it('stops in the moment in which the handshake is sent, and counts its bytes', async () => {
      const io = createRecordingIo()
      const stopped = {
        ...io,
        emit(frame: NewFrame) {
          io.abort()
          return io.emit(frame)
        },
      }
      const outcome = await webSocketAt(server.url('/silent')).connect(stopped)
      assert.deepEqual(outcome, { kind: 'stopped' })
      const [request, ...more] = io.frames
      assert.deepEqual(more, [])
      assert.deepEqual(io.wireBytes, { in: 0, out: request?.wireBytes })
    })

    it('stops in the moment in which the handshake is answered', async () => {
      const io = createRecordingIo()
      const stopped = {
        ...io,
        emit(frame: NewFrame) {
          if (frame.kind === 'response') io.abort()
          return io.emit(frame)
        },
      }
      const outcome = await webSocketAt(server.url('/echo')).connect(stopped)
      assert.deepEqual(outcome, { kind: 'stopped' })
      assert.deepEqual(
        io.all('close').map(({ direction, detail }) => [direction, detail.code]),
        [
          ['out', 1000],
          ['in', 1000],
        ],
      )
    })

    it('does not begin when it is stopped already', async () => {
      const io = createRecordingIo()
      io.abort()
      assert.deepEqual(await webSocketAt(server.url('/echo')).connect(io), { kind: 'stopped' })
      assert.deepEqual(io.frames, [])
    })
  })

  describe('faults of the server', () => {
    const cases: readonly [path: string, kind: Outcome['kind'], code: string, cause: string][] = [
      ['/bad-utf8', 'refused', 'ws-invalid-utf8', 'WS_ERR_INVALID_UTF8'],
      ['/reserved-bit', 'refused', 'ws-protocol-error', 'WS_ERR_UNEXPECTED_RSV_2_3'],
      ['/unknown-opcode', 'refused', 'ws-protocol-error', 'WS_ERR_INVALID_OPCODE'],
      ['/masked', 'refused', 'ws-protocol-error', 'WS_ERR_UNEXPECTED_MASK'],
      ['/lone-continuation', 'refused', 'ws-protocol-error', 'WS_ERR_INVALID_OPCODE'],
      ['/not-deflated', 'refused', 'ws-protocol-error', 'WS_ERR_UNEXPECTED_RSV_1'],
      ['/close-1006', 'refused', 'ws-protocol-error', 'WS_ERR_INVALID_CLOSE_CODE'],
      ['/endless', 'refused', 'message-too-large', 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'],
      ['/reset', 'lost', 'ws-abnormal-closure', 'ECONNRESET'],
    ]
    for (const [path, kind, code, cause] of cases) {
      it(`calls ${path} ${code} and is ${kind}`, async () => {
        const { io, outcome } = await run(server.url(path), {}, { messageBytes: 1000 })
        const errors = io.all('error')
        assert.equal(errors.length, 1)
        assert.equal(errors[0]?.code, code)
        assert.equal(errors[0].detail.cause, cause)
        assert.equal(outcome.kind, kind)
      })
    }

    it('calls a message too large that grows beyond the limit when it is inflated', async () => {
      const { io, outcome } = await run(server.url('/deflated-flood'), {}, { messageBytes: 99_999 })
      assert.deepEqual(
        io.all('error').map((frame) => frame.code),
        ['message-too-large'],
      )
      assert.deepEqual(io.all('message'), [])
      assert.equal(io.all('close')[0]?.detail.code, 1009)
      assert.equal(outcome.kind, 'refused')
    })

    it('keeps what came before the fault, and the close frame that answers it', async () => {
      const { io } = await run(server.url('/bad-utf8'))
      assert.equal(textOf(io.all('message')[0]), 'A')
      assert.deepEqual(io.all('close')[0]?.detail, { code: 1007, reason: '', by: 'client' })
    })

    it('draws a close frame with a forbidden code as it came', async () => {
      const { io } = await run(server.url('/close-1006'))
      assert.deepEqual(
        io.all('close').map((frame) => [frame.direction, frame.detail.code, frame.detail.by]),
        [
          ['in', 1006, 'server'],
          ['out', 1002, 'server'],
        ],
      )
    })

    it('calls an end without a close frame abnormal, with 1006', async () => {
      const { io, outcome } = await run(server.url('/drop'))
      assert.equal(outcome.kind, 'lost')
      const [error] = io.all('error')
      assert.equal(error?.code, 'ws-abnormal-closure')
      assert.equal(error.detail.closeCode, 1006)
      assert.equal(io.all('message').length, 1)
      assert.equal(io.all('close').length, 0)
    })

    const cuts: readonly [path: string, words: RegExp][] = [
      ['/drop', /in the middle of a frame: 1 B of it/],
      ['/drop-in-message', /in the middle of a message: 9 B of it/],
    ]
    for (const [path, words] of cuts) {
      it(`says how much came of what did not come to its end: ${path}`, async () => {
        const { io } = await run(server.url(path))
        const [notice] = io.all('notice')
        assert.equal(notice?.code, 'ws-cut-short')
        assert.match(notice.detail.message, words)
        const kinds = io.frames.map(({ kind }) => kind)
        assert(kinds.indexOf('notice') < kinds.indexOf('error'))
      })
    }

    it('says it when it is stopped in the middle of a message, too, and not without cause', async () => {
      const io = createRecordingIo()
      const ended = webSocketAt(server.url('/in-message')).connect(io)
      await io.first('message')
      io.abort()
      await ended
      assert.equal(io.all('notice')[0]?.code, 'ws-cut-short')
      assert.deepEqual((await run(server.url('/close-1001'))).io.all('notice'), [])
    })

    it('tells a close reason that is not UTF-8 from a message that is not', async () => {
      const { io } = await run(server.url('/bad-reason'))
      const [error] = io.all('error')
      assert.equal(error?.code, 'ws-invalid-utf8')
      assert.match(error.detail.message, /reason/)
    })
  })
})
