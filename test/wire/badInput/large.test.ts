// One message, event or body of 100 MB, and one beyond the largest: cut at a named limit, said, and memory stays bounded.

import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'mocha'
import type { ClientMethod } from '../../../src/shared/endpoint/endpoint.ts'
import { describe as describeFrame } from '../../../src/shared/frame/describe.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import {
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { allMethods, endpointAt, runSession } from '../../support/sessions/runSession.ts'

const MB = 1_000_000
const hundredMB = 100 * MB
/** More than a copy of the whole payload for each of us, the library and the text of it; not several. */
const memoryLimit = 700 * MB

/** Not ASCII, so that its validity costs the most. */
const piece = Buffer.from('é'.repeat(500_000))

function write(socket: Socket, head: Uint8Array, bytes: number, tail: string): void {
  const pieces = Array<Buffer>(bytes / piece.length).fill(piece)
  Readable.from([head, ...pieces, Buffer.from(tail)]).pipe(socket, { end: false })
}

function large(bytes: number): HttpBehaviour {
  return (request) => {
    const { socket, header } = request
    const head = (text: string) => Buffer.from(text)
    if (header('upgrade')) {
      const key = header('sec-websocket-key') ?? ''
      const frame = Buffer.alloc(10)
      frame.writeUInt16BE(0x817f, 0)
      frame.writeBigUInt64BE(BigInt(bytes), 2)
      const accept = acceptHead({ headers: { 'sec-websocket-key': key } })
      write(socket, Buffer.concat([head(accept), Buffer.from('8102686f', 'hex'), frame]), bytes, '')
      socket.once('data', () => socket.end())
    } else if (header('accept') === 'text/event-stream') {
      const start = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ho\n\ndata: '
      write(socket, head(start), bytes, '\n\n')
    } else {
      write(socket, head(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`), bytes, '')
    }
  }
}

const kindOf: Readonly<Record<ClientMethod, 'response' | 'event' | 'message'>> = {
  polling: 'response',
  'long-polling': 'response',
  sse: 'event',
  websocket: 'message',
}

describe('A payload of 100 MB', function () {
  this.timeout(60_000)
  let server: TestHttpServer
  let memoryBefore = 0
  before(async () => {
    memoryBefore = process.resourceUsage().maxRSS
    server = await startHttpServer({ '/100': large(hundredMB), '/beyond': large(400 * MB) })
  })
  after(() => server.close())

  /** By how much these tests have raised the most memory that this process, server included, ever had. */
  function peak(): number {
    return 1024 * (process.resourceUsage().maxRSS - memoryBefore)
  }

  for (const method of allMethods) {
    it(`is cut by ${method} at the limit of a payload, and its row says so`, async () => {
      const run = await runSession(
        endpointAt(server.origin, method, '/100', { timeoutMs: 60_000 }),
        {
          until: ({ kind, sizeBytes }) => kind === kindOf[method] && sizeBytes > 10,
        },
      )
      const frame = run.all(kindOf[method]).at(-1) ?? assert.fail()
      assert.equal(frame.sizeBytes, hundredMB)
      assert.ok('truncatedAt' in frame.detail)
      assert.equal(frame.detail.truncatedAt, defaultLimits.payloadBytes)
      const kept = run.payload(frame) ?? assert.fail()
      assert.equal(kept.length, defaultLimits.payloadBytes)
      assert.ok(Buffer.from(kept).subarray(0, piece.length).equals(piece))
      assert.match(describeFrame(frame, null).note, /^100\.0 MB, cut/)
      assert.ok(peak() < memoryLimit, `${Math.round(peak() / MB)} MB`)
      assert.deepEqual(run.all('error'), [])
    })

    it(`beyond the limit of a message ends ${method}, which says so and keeps what came before`, async () => {
      const run = await runSession(
        endpointAt(server.origin, method, '/beyond', { timeoutMs: 60_000, reconnectAttempts: 3 }),
      )
      const { code, detail } = run.only('error')
      assert.equal(code, 'message-too-large')
      assert.match(detail.message, / is larger than 128 MiB[,;] /)
      assert.equal(run.end.by, 'error')
      assert.equal(run.end.message, detail.message)
      if (method === 'websocket' || method === 'sse') {
        assert.equal(run.text(run.only(kindOf[method])), 'ho')
      } else {
        assert.equal(run.payload(run.only('response'))?.length, defaultLimits.payloadBytes)
      }
      assert.ok(peak() < memoryLimit, `${Math.round(peak() / MB)} MB`)
    })
  }
})
