// A WebSocket that is stopped by whoever is told of a frame: what is recorded is what the server got.

import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { beforeEach, describe, it } from 'mocha'
import { createWsFrameReader } from '../../../src/engine/protocols/websocket/wsFrames.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { Direction, FrameKind } from '../../../src/shared/frame/frame.ts'
import { texts } from '../../support/samples/testEndpoint.ts'
import { useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead, type RawBehaviour } from '../../support/servers/wsServer.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const kinds: Readonly<Record<number, FrameKind>> = {
  1: 'message',
  8: 'close',
  9: 'ping',
  10: 'pong',
}

/** What the server got, in the order of the wire. */
let received: (FrameKind | undefined)[] = []

/** Writes these bytes behind its head, notes what comes, and answers a close frame. */
function writes(...bytes: number[]): RawBehaviour {
  return (socket: Socket, request) => {
    const reader = createWsFrameReader(({ opcode }) => {
      received.push(kinds[opcode])
      if (opcode !== 8) return
      if (bytes[0] === 0x88) socket.end()
      else socket.end(Buffer.of(0x88, 2, 0x03, 0xe8))
    })
    socket.write(Buffer.concat([Buffer.from(acceptHead(request)), Buffer.from(bytes)]))
    socket.on('data', (chunk) => reader.feed(chunk))
  }
}

const raw = {
  '/quiet': writes(),
  '/ping': writes(0x89, 0),
  '/close': writes(0x88, 2, 0x0f, 0xa0),
  '/broken': writes(0xa1, 1, 0x41),
}

const cases: readonly {
  readonly at: string
  readonly path: keyof typeof raw
  readonly kind: FrameKind
  readonly direction: Direction
  readonly fields?: Partial<Endpoint>
  readonly sent: readonly FrameKind[]
}[] = [
  {
    at: 'a message of ours, which leaves before the goodbye',
    path: '/quiet',
    kind: 'message',
    direction: 'out',
    fields: { send: texts('one', 'two') },
    sent: ['message', 'close'],
  },
  {
    at: 'a ping of ours',
    path: '/quiet',
    kind: 'ping',
    direction: 'out',
    fields: { pingIntervalMs: 100 },
    sent: ['ping', 'close'],
  },
  { at: 'a pong of ours', path: '/ping', kind: 'pong', direction: 'out', sent: ['pong', 'close'] },
  {
    at: 'the server’s close frame, which is answered once',
    path: '/close',
    kind: 'close',
    direction: 'in',
    sent: ['close'],
  },
  {
    at: 'a frame that breaks the rules, which is answered once',
    path: '/broken',
    kind: 'fragment',
    direction: 'in',
    sent: ['close'],
  },
]

describe('A WebSocket', () => {
  const server = useWsServer({ raw })
  beforeEach(() => {
    received = []
  })

  for (const { at, path, kind, direction, fields = {}, sent } of cases) {
    it(`is stopped at ${at}`, async () => {
      const origin = `http://127.0.0.1:${server.port}`
      const run = await runSession(endpointAt(origin, 'websocket', path, fields), {
        until: (frame) => frame.kind === kind && frame.direction === direction,
      })
      const recorded = run.frames
        .filter((frame) => frame.direction === 'out' && frame.kind !== 'request')
        .map((frame) => frame.kind)
      assert.deepEqual(recorded, sent)
      assert.deepEqual(received, sent)
      assert.equal(run.end.by, 'user')
    })
  }
})
