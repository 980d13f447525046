// URLs that are none, hosts that are not there, servers that never answer: what a session and the command line say.

import assert from 'node:assert/strict'
import { createServer, type Server, type Socket } from 'node:net'
import { after, before, describe, it } from 'mocha'
import type { Method } from '../../../src/shared/endpoint/endpoint.ts'
import type { FrameOf } from '../../../src/shared/frame/frame.ts'
import { startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'
import {
  allMethods,
  endpointAt,
  runSession,
  type SessionRun,
} from '../../support/sessions/runSession.ts'

/** Ends by itself: a connection that never stood is not tried again. */
function endsWith(run: SessionRun, code: string): FrameOf<'error'> {
  const error = run.only('error')
  assert.equal(error.code, code)
  assert.deepEqual(run.end, { by: 'error', message: error.detail.message })
  assert.deepEqual(run.all('wait'), [])
  return error
}

describe('A URL that is none', function () {
  this.timeout(20_000)
  const rows: readonly (readonly [url: string, sentence: RegExp])[] = [
    [
      'localhost:8080/feed',
      /^lifeline: Start the URL with http:\/\/, https:\/\/, ws:\/\/ or wss:\/\/\.\n$/,
    ],
    [
      'ftp://localhost/',
      /^lifeline: Lifeline cannot connect to ftp: URLs\. Change ftp:\/\/ to http/,
    ],
    [
      'ws://localhost:99999/',
      /^lifeline: Change the port after the host to a number from 1 to 65535/,
    ],
    ['ws://localhost:abc/', /^lifeline: Change the port after the host/],
    ['wss:localhost', /^lifeline: Write two slashes after wss:, as in wss:\/\/host\/\.\n$/],
    ['ws://', /^lifeline: Name a host after :\/\//],
  ]
  for (const [url, sentence] of rows) {
    it(`ends the command line with 2 and one sentence: ${url}`, async () => {
      const { status, stdout, stderr } = await runCommand('watch', url)
      assert.deepEqual([status, stdout], [2, ''])
      assert.match(stderr, sentence)
      assert.equal(stderr.split('\n').length, 2)
    })
  }
})

describe('A server that is not there', function () {
  this.timeout(30_000)
  // A label of 64 letters is none: the resolver says so without asking the network. [rfc1035] 2.3.4
  const noHost = `http://${'x'.repeat(64)}.invalid`

  for (const method of allMethods) {
    it(`ends ${method} when its host name is not found`, async () => {
      const run = await runSession(
        endpointAt(noHost, method, '/', { timeoutMs: 20_000, reconnectAttempts: 3 }),
      )
      const error = endsWith(run, 'dns-failed')
      assert.match(
        error.detail.message,
        /^The host name x+\.invalid (was not found|could not be looked up)\.$/,
      )
      assert.match(error.detail.advice ?? '', /^Check the (spelling|network)/)
      assert.deepEqual(run.all('request'), [])
    })

    it(`ends ${method} when the connection is refused`, async () => {
      const run = await runSession(
        endpointAt('http://127.0.0.1:1', method, '/', { reconnectAttempts: 3 }),
      )
      const error = endsWith(run, 'connection-refused')
      assert.equal(error.detail.message, 'Nothing accepts connections at 127.0.0.1:1.')
      assert.match(
        error.detail.advice ?? '',
        /that the port, or the path of its socket, in the URL is right\.$/,
      )
      assert.equal(error.detail.cause, 'ECONNREFUSED')
      assert.deepEqual(run.all('request'), [])
    })
  }
})

describe('A server that never answers', () => {
  let web: TestHttpServer
  let silent: Server
  let silentOrigin = ''
  const sockets = new Set<Socket>()

  before(async () => {
    web = await startHttpServer({ '/never': () => undefined })
    silent = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    assert.ok(address !== null && typeof address !== 'string')
    silentOrigin = `https://127.0.0.1:${address.port}`
  })
  after(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => silent.close(resolve))
    await web.close()
  })

  const ending: readonly Method[] = ['polling', 'sse', 'websocket']
  for (const method of ending) {
    it(`ends ${method} at its time limit, after the request that was sent`, async () => {
      const run = await runSession(endpointAt(web.origin, method, '/never', { timeoutMs: 100 }))
      const error = endsWith(run, 'http-timeout')
      assert.equal(error.replyTo, run.only('request').seq)
      assert.equal(error.detail.message, 'No answer within 0.1 s.')
      assert.match(error.detail.advice ?? '', /longer "timeout" in the profile\.$/)
      assert.deepEqual(error.detail.fields, ['timeout', 'url'])
    })
  }

  it('has long polling ask again, for the server may only have had no data', async () => {
    const run = await runSession(
      endpointAt(web.origin, 'long-polling', '/never', { timeoutMs: 100 }),
      { until: ({ seq }) => seq === 4 },
    )
    assert.deepEqual(
      run.frames.map(({ kind, code }) => code ?? kind),
      ['request', 'http-timeout', 'request', 'http-timeout', 'end'],
    )
    assert.deepEqual(run.end, { by: 'user', message: 'Disconnected.' })
  })

  for (const method of allMethods) {
    it(`and agrees on no TLS ends ${method}, which says so`, async () => {
      const run = await runSession(endpointAt(silentOrigin, method, '/', { timeoutMs: 100 }))
      const error = endsWith(run, 'tls-failed')
      assert.match(
        error.detail.message,
        /^127\.0\.0\.1:\d+ accepted the connection, but did not agree on TLS within 0\.1 s\.$/,
      )
      assert.match(error.detail.advice ?? '', /try http: or ws: in the URL/)
      assert.deepEqual(run.all('request'), [])
    })
  }
})
