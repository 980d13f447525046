// HTTP exchanges: their frames, bytes, heads and phases, and when they are asked again or stopped.

import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, it } from 'mocha'
import {
  answeredAfterMs,
  openedAfterMs,
  receivingMs,
} from '../../../src/shared/frame/httpDetail.ts'
import { eventually } from '../../support/eventually.ts'
import {
  answer,
  answerBytes,
  type HttpBehaviour,
  inTurn,
  raw,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { bodyOf, kinds, useExchanges } from '../../support/servers/useExchanges.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const chunkedHead = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n'

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/plain': answer(200, ['X-One: 1', 'x-Two:2', 'X-One: again'], 'plain'),
  '/trailers': raw(`${chunkedHead}\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n`),
  '/echo': (request) =>
    request.socket.write(answerBytes(200, [], `${request.head}\r\n\r\n${request.body}`)),
  '/large-head': answer(200, [`X-Large: ${'x'.repeat(40_000)}`]),
  '/hints': raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${answerBytes(200, [], 'x')}`),
  '/kept-once': keptOnce(),
  '/kept-once-query': keptOnce(),
  '/never': () => undefined,
}

describe('An HTTP exchange', () => {
  const http = useExchanges(behaviours)
  const { ask, start } = http

  it('is a request frame and a response frame that answers it', async () => {
    const { io, result } = await ask('/plain?q=1')
    const [request, response] = io.frames
    assert.ok(request?.kind === 'request' && response?.kind === 'response')
    assert.equal(request.direction, 'out')
    assert.equal(request.detail.url, `${http.server.origin}/plain?q=1`)
    assert.equal(request.detail.target, '/plain?q=1')
    assert.equal(response.replyTo, 1)
    assert.equal(response.detail.status, 200)
    assert.equal(response.detail.statusText, 'Status 200')
    assert.equal(bodyOf(io), 'plain')
    assert.equal(response.sizeBytes, 5)
    assert.deepEqual(response.detail.headers, [
      ['X-One', '1'],
      ['x-Two', '2'],
      ['X-One', 'again'],
      ['Content-Length', '5'],
    ])
    assert.ok(result.kind === 'answered')
    assert.equal(result.seq, 2)
    assert.ok(request.at <= response.at)
    assert.equal(io.isAwaiting, false)
  })

  it('counts the bytes that the server counts', async () => {
    const before = http.server.bytes()
    const { io } = await ask('/trailers')
    const after = http.server.bytes()
    const [request, response] = io.frames
    assert.equal(request?.wireBytes, after.in - before.in)
    assert.equal(response?.wireBytes, after.out - before.out)
    assert.deepEqual(io.wireBytes, { in: after.out - before.out, out: after.in - before.in })
  })

  it('records the request’s head as the server got it', async () => {
    const headers = [
      ['x-lower', 'a'],
      ['X-Many', '1'],
      ['X-Many', '2'],
      ['user-agent', 'mine'],
    ] as const
    const { io } = await ask('/echo', { method: 'POST', headers, body: 'grüße' })
    const [request] = io.all('request')
    const [head = '', body] = bodyOf(io).split('\r\n\r\n')
    const [start, ...lines] = head.split('\r\n')
    assert.equal(start, 'POST /echo HTTP/1.1')
    assert.deepEqual(
      request?.detail.headers.map(([name, value]) => `${name}: ${value}`),
      lines,
    )
    assert.deepEqual(lines, [
      `Host: ${http.server.host}`,
      'Accept: */*',
      'Accept-Encoding: gzip, deflate, br, zstd',
      'Connection: keep-alive',
      'x-lower: a',
      'X-Many: 1',
      'X-Many: 2',
      'user-agent: mine',
      'Content-Length: 7',
    ])
    assert.equal(Buffer.from(body ?? '', 'utf8').toString(), 'grüße')
    assert.equal(Buffer.from(request?.payload ?? []).toString(), 'grüße')
    assert.equal(request?.sizeBytes, 7)
  })

  it('sends the credentials of a URL and records none of them', async () => {
    const { io } = await ask(`http://me:s%40cret@${http.server.host}/echo`)
    assert.match(bodyOf(io), /Authorization: Basic bWU6c0BjcmV0/)
    const request = JSON.stringify(io.all('request'))
    assert.doesNotMatch(request, /cret|bWU6/)
    assert.match(request, /"Authorization","Basic \*\*\*"/)
  })

  it('tells the phases of a new connection and that a kept one was used', async () => {
    const fresh = await startHttpServer(behaviours)
    const first = await ask(`${fresh.origin}/plain`)
    const second = await ask(`${fresh.origin}/plain`)
    await fresh.close()
    const [one] = first.io.all('response')
    const [two] = second.io.all('response')
    assert.equal(one?.detail.reused, false)
    assert.equal(one?.detail.remoteAddress, fresh.host)
    assert.ok((one?.detail.timings.tcpMs ?? 0) > 0)
    assert.equal(one?.detail.timings.dnsMs, undefined)
    const { firstByteMs = 0, totalMs = 0 } = one?.detail.timings ?? {}
    assert.ok(firstByteMs > 0 && totalMs >= firstByteMs)
    assert.equal(two?.detail.reused, true)
    assert.equal(two?.detail.timings.tcpMs, undefined)
    assert.equal(fresh.connections, 1)
  })

  it('is answered after the time from its last byte to the answer’s first, which its frames tell as well', async () => {
    let io = createRecordingIo()
    let readAt = 0
    const fresh = await startHttpServer({
      '/': async ({ socket }) => {
        const [early, start] = [
          'HTTP/1.1 103 Early Hints\r\n\r\n',
          'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n',
        ]
        socket.write(early)
        await delay(40)
        socket.write(start)
        await eventually('it is read', () => io.waiting?.bytes === early.length + start.length)
        readAt = performance.timeOrigin + performance.now()
        await delay(80)
        socket.write('\r\n')
        await delay(80)
        socket.write('ok')
      },
    })
    for (const kept of [false, true]) {
      io = createRecordingIo()
      await ask(fresh.origin, {}, {}, io)
      const [request] = io.all('request')
      const [response] = io.all('response')
      const timings = response?.detail.timings ?? {}
      const after = answeredAfterMs(timings) ?? 0
      // The rest of the head comes 80 ms later: it is no part of it, nor is the informational answer before.
      const most = readAt - (request?.at ?? 0)
      assert.ok(after >= 35 && after <= most, `kept: ${kept}, after ${after} of ${most}`)
      const apart = (response?.at ?? 0) - (request?.at ?? 0)
      assert.ok(Math.abs(after + receivingMs(timings) - apart) < 0.01, `${apart} apart`)
      assert.ok(receivingMs(timings) >= 120, `received in ${receivingMs(timings)}`)
      assert.ok((timings.sentMs ?? -1) >= openedAfterMs(timings))
    }
    await fresh.close()
  })

  it('keeps no connection that the user wants closed, though the server would', async () => {
    const fresh = await startHttpServer(behaviours)
    for (const value of ['close', 'TE, Close']) {
      await ask(`${fresh.origin}/plain`, { headers: [['connection', value]] })
    }
    const { io } = await ask(`${fresh.origin}/plain`)
    await fresh.close()
    assert.equal(io.all('response')[0]?.detail.reused, false)
    assert.equal(fresh.connections, 3)
  })

  it('looks a host name up', async () => {
    const { io, result } = await ask(
      http.server.origin.replace('127.0.0.1', 'localhost').concat('/plain'),
    )
    assert.equal(result.kind, 'answered')
    assert.ok((io.all('response')[0]?.detail.timings.dnsMs ?? 0) > 0)
  })

  it('reads a head larger than Node’s own limit', async () => {
    assert.equal((await ask('/large-head')).result.kind, 'answered')
  })

  it('notes an informational answer', async () => {
    const { io } = await ask('/hints')
    assert.deepEqual(kinds(io), ['request', 'notice', 'response'])
    assert.equal(
      io.all('notice')[0]?.detail.message,
      'The server sent 103 Early Hints ahead of its answer: Link: </a>',
    )
  })

  it('stops when it is told to while it waits', async () => {
    const { io, result } = start('/never')
    await io.first('request')
    io.abort()
    assert.deepEqual(await result, { kind: 'stopped' })
    assert.deepEqual(kinds(io), ['request'])
    assert.equal(io.isAwaiting, false)
  })

  it('stops before it starts when it was told to', async () => {
    const io = createRecordingIo()
    io.abort()
    const { result } = await ask('/plain', {}, {}, io)
    assert.deepEqual([result.kind, io.frames.length], ['stopped', 0])
  })

  it('rejects when its method throws over the answer', async () => {
    const annotate = () => {
      throw new Error('ours')
    }
    await assert.rejects(start('/plain', { annotate }).result, /ours/)
    const plan = () => ({ kind: 'collect', stopAtBytes: 1 }) as const
    await assert.rejects(start('/plain', { annotate, plan }).result, /ours/)
  })

  for (const [path, method] of [
    ['/kept-once', 'GET'],
    ['/kept-once-query', 'QUERY'],
  ] as const) {
    it(`asks again on a new connection when the kept one had been closed: ${method}`, async () => {
      const first = await ask(path, { method })
      assert.equal(bodyOf(first.io), 'one')
      const { io, result } = await ask(path, { method })
      assert.equal(result.kind, 'answered')
      assert.deepEqual(kinds(io), ['request', 'notice', 'request', 'response'])
      assert.equal(io.all('notice')[0]?.code, 'connection-stale')
      assert.equal(bodyOf(io), 'two')
    })
  }
})

/** The second request on its connection finds it closed. */
function keptOnce(): HttpBehaviour {
  return inTurn(answer(200, [], 'one'), ({ socket }) => socket.destroy(), answer(200, [], 'two'))
}
