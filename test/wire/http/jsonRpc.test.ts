// JSON-RPC over HTTP: in polls, in records, and in a companion request that an event answers.

import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, before, describe, it } from 'mocha'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { profileAt, runSession } from '../../support/sessions/runSession.ts'

const call = '{"jsonrpc":"2.0","id":1,"method":"status"}'
const result = '{"jsonrpc":"2.0","id":1,"result":"ok"}'

describe('JSON-RPC over HTTP on the wire', function () {
  this.timeout(20_000)
  let server: TestHttpServer
  let events: Socket | null = null

  before(async () => {
    server = await startHttpServer({
      '/rpc': answer(200, ['Content-Type: application/json'], result),
      '/records': answer(
        200,
        ['Content-Type: application/x-ndjson'],
        '{"jsonrpc":"2.0","method":"tick"}\n{"jsonrpc":"2.0","method":"tock","params":[2]}\n',
      ),
      '/events': ({ socket }) => {
        events = socket
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: hello\n\n')
      },
      '/post': (request) => {
        answer(202, [], '')(request)
        // In two parts: an event is one wherever it is cut.
        events?.write(`data: ${result.slice(0, 9)}`)
        setImmediate(() => events?.write(`${result.slice(9)}\n\n`))
      },
    })
  })
  after(() => server.close())

  it('pairs the body of each poll with its answer', async () => {
    const run = await runSession(
      profileAt(server.origin, 'polling', '/rpc', { request: 'POST', body: call, interval: 100 }),
      { until: ({ seq }) => seq === 4 },
    )
    assert.match(run.lines[0] ?? '', /^request POST \/rpc ▸ status #1$/)
    assert.match(
      run.lines[1] ?? '',
      /^response 200 Status 200 ◂ result status #1 · [\d.]+ ms · "ok"$/,
    )
    assert.match(run.lines[3] ?? '', /◂ result status #1 · /)
  })

  it('tells the records of a stream', async () => {
    const run = await runSession(profileAt(server.origin, 'sse', '/records', {}))
    assert.deepEqual(
      run.lines.filter((line) => line.startsWith('record')),
      ['record ▸ tick', 'record ▸ tock [2]'],
    )
  })

  it('pairs a companion request with the event that answers it', async () => {
    const companion = { request: 'POST', url: '/post', headers: [], body: call }
    const run = await runSession(profileAt(server.origin, 'sse', '/events', {}), {
      until(frame, session, payload) {
        if (frame.kind !== 'event') return false
        if (Buffer.from(payload ?? []).toString() === result) return true
        void session.request(companion)
        return false
      },
    })
    const [request] = run.lines.filter((line) => line.includes('/post'))
    assert.equal(request, 'request POST /post ▸ status #1')
    const last = run.lines.findLast((line) => line.startsWith('event'))
    assert.match(last ?? '', /^event ◂ result status #1 · [\d.]+ ms · "ok"$/)
  })
})
