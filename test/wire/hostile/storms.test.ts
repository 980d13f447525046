// Servers that accept and close at once, again and again: how often they are asked stays bounded.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Endpoint, Method } from '../../../src/shared/endpoint/endpoint.ts'
import { createHurriedTimers, says } from '../../support/servers/hostile.ts'
import { ok } from '../../support/servers/hostileHttp.ts'
import { sends } from '../../support/servers/hostileWebSocket.ts'
import {
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { endpointAt, type RunOptions, runSession } from '../../support/sessions/runSession.ts'

const stream = `${ok}Content-Type: text/event-stream\r\n\r\n`
const unavailable = 'HTTP/1.1 503 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n'

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/going-away': sends('88 02 03e9'),
  '/cut': (request) => {
    sends('')(request)
    request.socket.end()
  },
  '/busy': says(unavailable),
  '/over': says(stream, 'end'),
  '/over-now': says(`${stream}retry: 0\n\n`, 'end'),
  '/event-now': says(`${stream}retry: 0\ndata: x\n\n`, 'end'),
}

const backOff = [1000, 2000, 4000, 8000]
const storms: readonly (readonly [Method, string, readonly number[]])[] = [
  ['websocket', '/going-away', backOff],
  ['websocket', '/cut', backOff],
  ['websocket', '/busy', backOff],
  ['sse', '/over', [3000, 3000, 4000, 8000]],
  ['sse', '/over-now', [100, 2000, 4000, 8000]],
  ['polling', '/busy', backOff],
  ['long-polling', '/busy', backOff],
]

describe('A server that accepts and closes at once', () => {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer(behaviours)
  })
  after(() => server.close())

  /** In a hundredth of the time. */
  function run(method: Method, path: string, fields: Partial<Endpoint>, options: RunOptions = {}) {
    return runSession(endpointAt(server.origin, method, path, fields), {
      timers: createHurriedTimers(100),
      ...options,
    })
  }

  for (const [method, path, delays] of storms) {
    it(`is left by ${method} after as many attempts as it has: ${path}`, async () => {
      const asked = server.requests.length
      const { all, end } = await run(method, path, { reconnectAttempts: 4 })
      assert.deepEqual(
        all('wait').map(({ detail }) => detail.delayMs),
        delays,
      )
      assert.equal(server.requests.length - asked, 5)
      assert.match(end.message, /^Gave up after 4 attempts/)
    })
  }

  for (const [title, path, fields] of [
    ['back-off', '/event-now', { reconnectAttempts: 4 }],
    ['browser', '/event-now', { reconnectAs: 'browser' }],
    ['browser', '/over-now', { reconnectAs: 'browser' }],
  ] as const) {
    it(`is asked ten times a second at most, as ${title}, though it wants to be asked at once: ${path}`, async () => {
      const { all } = await run('sse', path, fields, {
        until: ({ kind, connection }) => kind === 'wait' && connection === 5,
      })
      assert.deepEqual(
        all('wait').map(({ detail }) => detail.delayMs),
        [100, 100, 100, 100, 100],
      )
    })
  }
})
