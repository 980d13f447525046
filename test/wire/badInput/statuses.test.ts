// Answers that refuse: 401, 403, 404, 500, redirects in a circle, content that is no event stream; on each method.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { ClientMethod, Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import {
  answer,
  type HttpBehaviour,
  inTurn,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { allMethods, endpointAt, runSession } from '../../support/sessions/runSession.ts'

const codes: Readonly<Record<ClientMethod, string>> = {
  polling: 'http-error-status',
  'long-polling': 'http-error-status',
  sse: 'sse-bad-status',
  websocket: 'ws-handshake-refused',
}

const advice: Readonly<Record<number, RegExp>> = {
  401: /^The server wants credentials \(Bearer\): "auth" in the profile\.$/,
  403: /credentials/,
  404: /^Check the path in the URL\.$/,
  500: /^Look at the log of the server: it failed\.$/,
}

/** A WebSocket that is open, sends one message and is lost. */
const lostWebSocket: HttpBehaviour = ({ header, socket }) => {
  const key = header('sec-websocket-key') ?? ''
  socket.write(acceptHead({ headers: { 'sec-websocket-key': key } }))
  socket.end(Buffer.from('8102686f', 'hex'))
}

const good: HttpBehaviour = (request) => {
  if (request.header('upgrade')) lostWebSocket(request)
  else {
    const fields = ['Content-Type: text/event-stream', 'Connection: close']
    answer(200, fields, 'retry: 1\ndata: ho\n\n')(request)
    request.socket.end()
  }
}

describe('A status that refuses', () => {
  let server: TestHttpServer

  before(async () => {
    server = await startHttpServer({
      '/401': answer(401, ['WWW-Authenticate: Bearer'], 'because 401'),
      '/403': answer(403, [], 'because 403'),
      '/404': answer(404, [], 'because 404'),
      '/500': answer(500, [], 'because 500'),
    })
  })
  after(() => server.close())

  for (const method of allMethods) {
    for (const status of [401, 403, 404, 500]) {
      // A poll's own answer may be another one next time.
      if (status === 500 && method.endsWith('polling')) continue
      it(`ends ${method} at the first answer, with its body and what to change: ${status}`, async () => {
        const run = await runSession(
          endpointAt(server.origin, method, `/${status}`, { reconnectAttempts: 3 }),
        )
        const response = run.only('response')
        assert.equal(response.detail.status, status)
        assert.equal(run.text(response), `because ${status}`)
        assert.equal(run.end.by, 'error')
        assert.match(run.end.message, new RegExp(`(answered|refused .*:) ${status} `))
        const error = run.only('error')
        assert.equal(error.code, codes[method])
        assert.equal(error.replyTo, run.only('request').seq)
        assert.equal(run.end.message, error.detail.message)
        assert.match(error.detail.advice ?? '', advice[status] ?? /^$/)
      })
    }
  }

  for (const method of ['polling', 'long-polling'] as const) {
    it(`is asked again more slowly by ${method} when the server failed, the first time too`, async () => {
      const run = await runSession(
        endpointAt(server.origin, method, '/500', { reconnectAttempts: 1 }),
      )
      assert.deepEqual(
        run.frames.map(({ kind }) => kind),
        ['request', 'response', 'error', 'wait', 'request', 'response', 'error', 'end'],
      )
      const wait = run.only('wait')
      assert.deepEqual(wait.detail, {
        reason: 'back-off',
        delayMs: 1000,
        attempt: 1,
        attempts: 1,
      })
      assert.match(run.end.message, /^Gave up after 1 attempt: .*500/)
    })
  }
})

describe('A server that fails after it was well', function () {
  this.timeout(30_000)

  const followed: readonly (readonly [ClientMethod, Endpoint['reconnectAs'], string])[] = [
    ['polling', 'back-off', 'wait'],
    ['long-polling', 'back-off', 'wait'],
    ['websocket', 'back-off', 'wait'],
    ['sse', 'back-off', 'wait'],
    // [spec] HTML 9.2.3: any status but 200 and 204 fails the connection for good.
    ['sse', 'browser', 'error'],
  ]
  for (const [method, reconnectAs, beforeEnd] of followed) {
    const follows =
      beforeEnd === 'wait' ? 'asked again after a wait' : 'left as a browser leaves it'
    it(`is ${follows} by ${method}, and what came before is kept`, async () => {
      const server = await startHttpServer({ '/': inTurn(good, answer(500, [], 'down')) })
      try {
        let failed = false
        const run = await runSession(
          endpointAt(server.origin, method, '/', { reconnectAttempts: 5, reconnectAs }),
          {
            until: ({ kind, detail }) => {
              if (kind === 'response' && 'status' in detail && detail.status === 500) failed = true
              return failed && kind === 'wait'
            },
          },
        )
        assert.deepEqual(
          run.frames.slice(-2).map(({ kind }) => kind),
          [beforeEnd, 'end'],
        )
        assert.ok(failed)
        assert.match(run.all('error').at(-1)?.detail.message ?? '', /\b500\b/)
        assert.match(run.lines.slice(0, 4).join('\n'), /ho$/m)
        assert.equal(run.text(run.all('response').at(-1) ?? assert.fail()), 'down')
      } finally {
        await server.close()
      }
    })
  }
})

describe('Redirects in a circle', () => {
  let server: TestHttpServer

  before(async () => {
    server = await startHttpServer({
      '/there': answer(302, ['Location: /back'], 'over there'),
      '/back': answer(302, ['Location: /there'], 'back again'),
      '/self': answer(302, ['Location: /self']),
      '/on': ({ target, socket }) => {
        const n = Number(new URL(target, 'http://x').searchParams.get('n'))
        socket.write(`HTTP/1.1 302 On\r\nLocation: /on?n=${n + 1}\r\nContent-Length: 0\r\n\r\n`)
      },
    })
  })
  after(() => server.close())

  for (const method of ['polling', 'long-polling', 'sse'] as const) {
    it(`end ${method}, each drawn once`, async () => {
      const run = await runSession(endpointAt(server.origin, method, '/there'))
      assert.deepEqual(
        run.frames.map(({ kind, code }) => code ?? kind),
        ['request', 'response', 'request', 'response', 'redirect-loop', 'end'],
      )
      const { detail } = run.only('error')
      assert.match(detail.message, /^The server redirects in a circle, back to http:.*\/there\.$/)
      assert.match(detail.advice ?? '', /cookie, a header or another URL/)
      assert.deepEqual(run.end, { by: 'error', message: detail.message })
    })

    it(`that never close end ${method} at the limit`, async () => {
      const run = await runSession(endpointAt(server.origin, method, '/on?n=0'), {
        limits: { redirects: 3 },
      })
      assert.equal(run.all('request').length, 4)
      assert.equal(run.only('error').detail.message, 'The server redirected more than 3 times.')
      assert.equal(run.end.by, 'error')
    })
  }

  it('end a WebSocket at the first, with the URL to use instead', async () => {
    const run = await runSession(endpointAt(server.origin, 'websocket', '/there'))
    assert.equal(run.only('response').detail.status, 302)
    const url = server.origin.replace('http', 'ws')
    assert.equal(
      run.only('error').detail.advice,
      `WebSocket clients do not follow redirects. Connect to ${url}/back instead.`,
    )
    assert.equal(run.end.by, 'error')
    const again = await runSession(endpointAt(server.origin, 'websocket', '/self'))
    assert.match(again.only('error').detail.advice ?? '', /leads back to the same URL/)
  })
})

describe('Content of the wrong type', () => {
  let server: TestHttpServer

  before(async () => {
    server = await startHttpServer({
      '/page': answer(200, ['Content-Type: text/html'], '<p>data: not for you</p>'),
      '/untyped': answer(200, [], 'data: nothing\n\n'),
    })
  })
  after(() => server.close())

  const rows = [
    [
      '/page',
      'The answer is text/html; an event stream is text/event-stream.',
      '<p>data',
      /watch this endpoint by polling/,
    ],
    [
      '/untyped',
      'The answer names no content type; an event stream is text/event-stream.',
      'data',
      /begins like an event stream/,
    ],
  ] as const
  for (const [path, message, body, advice] of rows) {
    it(`ends an event stream with what came instead: ${path}`, async () => {
      const run = await runSession(endpointAt(server.origin, 'sse', path, { reconnectAttempts: 3 }))
      const { code, detail } = run.only('error')
      assert.deepEqual([code, detail.message], ['sse-wrong-content-type', message])
      assert.match(detail.advice ?? '', advice)
      assert.ok(run.text(run.only('response'))?.startsWith(body))
      assert.deepEqual(run.all('event'), [])
      assert.deepEqual(run.end, { by: 'error', message })
    })
  }

  it('ends a WebSocket with what came instead', async () => {
    const run = await runSession(endpointAt(server.origin, 'websocket', '/page'))
    assert.equal(run.only('error').code, 'ws-handshake-refused')
    assert.match(run.only('error').detail.advice ?? '', /this one answers plain HTTP requests/)
    assert.ok(run.text(run.only('response'))?.startsWith('<p>data'))
  })

  for (const method of ['polling', 'long-polling'] as const) {
    it(`is all the same to ${method}`, async () => {
      const run = await runSession(endpointAt(server.origin, method, '/page'), {
        until: ({ kind }) => kind === 'response',
      })
      assert.deepEqual(run.all('error'), [])
      assert.equal(run.end.by, 'user')
    })
  }
})
