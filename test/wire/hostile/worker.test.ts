// Hostile servers against the built worker with little memory: its thread lives, and its session ends as it should.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, describe, it } from 'mocha'
import type { Method } from '../../../src/shared/endpoint/endpoint.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { endlessly } from '../../support/servers/hostile.ts'
import { answers, ok } from '../../support/servers/hostileHttp.ts'
import {
  accepted,
  bomb,
  deflate,
  sendsDeafly,
  sendsForEver,
} from '../../support/servers/hostileWebSocket.ts'
import {
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { endpointAt } from '../../support/sessions/runSession.ts'
import { builtWorker, startWorkerSession } from '../../support/sessions/workerSession.ts'

const MiB = 2 ** 20
const limits = { ...defaultLimits, messageBytes: MiB, payloadBytes: MiB }

const cases: readonly (readonly [title: string, Method, HttpBehaviour, code: string | null])[] = [
  ['goes on after its close frame', 'websocket', sendsDeafly('880203e8', Buffer.of(0x81, 0)), null],
  [
    'sends a gigabyte in a megabyte',
    'websocket',
    accepted((socket, head) => {
      socket.write(Buffer.concat([Buffer.from(head), bomb(1000)]))
    }, deflate),
    'message-too-large',
  ],
  [
    'sends empty fragments without end',
    'websocket',
    sendsForEver('0200', Buffer.of(0, 0)),
    'message-too-large',
  ],
  [
    'sends chunks of a byte without end',
    'polling',
    endlessly(`${ok}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'),
    'message-too-large',
  ],
  [
    'names 20,000 codings',
    'long-polling',
    answers(`Content-Encoding: ${'br,'.repeat(20_000)}br`, Buffer.of(1)),
    'http-bad-encoding',
  ],
  [
    'has lines of data without end',
    'sse',
    endlessly(`${ok}Content-Type: text/event-stream\r\n\r\n`, 'data\n'),
    'message-too-large',
  ],
]

describe('The built worker outlives a server that', function () {
  this.timeout(30_000)
  let server: TestHttpServer
  before(async () => {
    if (!existsSync(builtWorker)) throw new Error('Run `npm run build` first.')
    server = await startHttpServer(
      Object.fromEntries(cases.map(([, , behave], index) => [`/${index}`, behave])),
    )
  })
  after(() => server.close())

  for (const [index, [title, method, , code]] of cases.entries()) {
    it(`${title}: ${method}, ${code ?? 'no error'}`, async () => {
      const faults: unknown[] = []
      const session = startWorkerSession((fault) => faults.push(fault), builtWorker, {
        maxOldGenerationSizeMb: 96,
      })
      const endpoint = endpointAt(server.origin, method, `/${index}`, { timeoutMs: 20_000 })
      const ended = session.until(({ state }) => state === 'ended')
      await session.remote.start({
        name: title,
        endpoint,
        resolved: endpoint,
        secrets: [],
        network: { proxyUrl: null, caPems: null },
        limits,
        capturePath: null,
      })
      const status = await ended
      const rows = await session.remote.rows(
        { afterSeq: Math.max(0, status.frames - 5), text: '', wire: true },
        0,
        5,
      )
      const codes = rows.rows.map(({ frame }) => (frame.kind === 'error' ? frame.code : null))
      assert.deepEqual(codes.filter(Boolean), code === null ? [] : [code])
      assert.equal(rows.rows.at(-1)?.frame.kind, 'end')
      await session.remote.close()
      await session.close()
      assert.deepEqual(faults, [])
    })
  }
})
