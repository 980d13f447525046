// Sessions that the user stops while a notice about an answer is told: what had come is recorded and counted, and nothing follows.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Method } from '../../../src/shared/endpoint/endpoint.ts'
import type { NoticeCode } from '../../../src/shared/frame/noticeCodes.ts'
import { accepted } from '../../support/servers/hostileWebSocket.ts'
import {
  type HttpBehaviour,
  raw,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { frame, okHead, startRawHttp2, uint32s } from '../../support/servers/rawHttp2.ts'
import { assertWireSums } from '../../support/sessions/assertWireSums.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const ok = 'HTTP/1.1 200 OK\r\n'
const length = 'Content-Length: 5\r\n'
const cookie = `Set-Cookie: a=${'x'.repeat(5000)}\r\n`
const sse = 'Content-Type: text/event-stream\r\n'
const chunked = 'Transfer-Encoding: chunked\r\n\r\n'

/** A head of a handshake with one line more. */
function opens(line: string): HttpBehaviour {
  return accepted((socket, head) => {
    socket.write(`${head.replace('\r\n', `\r\n${line}`)}\x81\x01a`, 'latin1')
  })
}

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/flawed': raw(`${ok}X Y: 1\r\n${length}\r\nhello`),
  '/flaws': raw(`${ok}X Y: 1\r\n${chunked}5 \nhello\n0\n\n`),
  '/cookie': raw(`${ok}${cookie}${length}\r\nhello`),
  '/hints': raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}${length}\r\nhello`),
  '/surplus': raw(`${ok}${length}\r\nhellomore`),
  '/events': raw(`${ok}X Y: 1\r\n${sse}\r\ndata: a\n\n`),
  '/events-cookie': raw(`${ok}${cookie}${sse}\r\ndata: a\n\n`),
  '/opens': opens('X Y: 1\r\n'),
  '/opens-cookie': opens(cookie),
  '/refuses': raw(`HTTP/1.1 403 Forbidden\r\nX Y: 1\r\n${length}\r\nhello`),
}

const cases: readonly (readonly [Method, path: string, NoticeCode])[] = [
  ...(['polling', 'long-polling'] as const).flatMap((method) => [
    [method, '/flawed', 'http-flawed-head'] as const,
    [method, '/flaws', 'http-flawed-head'] as const,
    [method, '/flaws', 'http-flawed-chunking'] as const,
    [method, '/cookie', 'cookie-refused'] as const,
    [method, '/hints', 'http-informational'] as const,
    [method, '/surplus', 'http-surplus'] as const,
  ]),
  ['sse', '/events', 'http-flawed-head'],
  ['sse', '/events-cookie', 'cookie-refused'],
  ['sse', '/flawed', 'http-flawed-head'],
  ['websocket', '/opens', 'http-flawed-head'],
  ['websocket', '/opens-cookie', 'cookie-refused'],
  ['websocket', '/refuses', 'http-flawed-head'],
]

describe('A session that is stopped while a notice is told', () => {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer(behaviours)
  })
  after(() => server.close())

  for (const [method, path, code] of cases) {
    it(`ends with all that had come: ${method} of ${path} at ${code}`, async () => {
      let told = 0
      const run = await runSession(endpointAt(server.origin, method, path, { cookies: true }), {
        until: (frame) => frame.code === code && ++told === 1,
      })
      assert.equal(told, 1)
      assert.equal(run.end.by, 'user')
      assert.equal(run.all('request').length, 1)
      // What the server has refused, it has refused.
      assert.equal(run.all('error').length, path === '/refuses' ? 1 : 0)
      assert.equal(run.all('response').length, code === 'http-informational' ? 0 : 1)
      assert.equal(run.status.unfinished ?? null, null)
      assertWireSums(run)
    })
  }

  it('asks no more where the notice comes ahead of the request', async () => {
    const http2 = await startRawHttp2(({ socket, streamId }) => {
      socket.write(Buffer.concat([okHead(streamId), frame(0, 1, streamId, 'hello')]))
      socket.end(frame(7, 0, 0, Buffer.concat([uint32s(streamId, 0), Buffer.from('idle')])))
    })
    const run = await runSession(
      endpointAt(http2.origin, 'polling', '/', { httpVersion: '2', intervalMs: 200 }),
      { until: ({ code }) => code === 'http2-going-away' },
    )
    assert.equal(run.end.by, 'user')
    assert.equal(run.all('request').length, 1)
    assert.equal(http2.connections, 1)
    await http2.close()
  })
})
