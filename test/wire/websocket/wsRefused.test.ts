// WebSockets that do not come about: refused handshakes, wrong answers, no answer.

import assert from 'node:assert/strict'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { useWsServer } from '../../support/servers/useWsServer.ts'
import { type RawBehaviour, startWsServer } from '../../support/servers/wsServer.ts'
import { textOf } from '../../support/sessions/recordingIo.ts'
import { mixed, runWebSocket as run, sends } from '../../support/sessions/runWebSocket.ts'

function answers(...lines: string[]): RawBehaviour {
  return (socket) => socket.end(lines.join('\r\n'))
}

/** Refuses with this body; the connection stays open unless it is cut. */
function refusesWith(coding: string, body: Uint8Array, length = body.length): RawBehaviour {
  return (socket) => {
    const fields = `Content-Encoding: ${coding}\r\nContent-Length: ${length}`
    socket.write(`HTTP/1.1 403 Forbidden\r\n${fields}\r\n\r\n`)
    socket.write(body)
  }
}

const why = 'token expired'
const flushed = gzipSync(why, { finishFlush: constants.Z_SYNC_FLUSH })

const raw: Readonly<Record<string, RawBehaviour>> = {
  '/mixed': sends(...mixed),
  '/silent': () => null,
  '/unauthorized': answers(
    'HTTP/1.1 401 Unauthorized',
    'WWW-authenticate: Bearer',
    'Content-Length: 12',
    '',
    'token please',
  ),
  '/hinted': answers(
    'HTTP/1.1 103 Early Hints',
    'Link: </a>',
    '',
    'HTTP/1.1 403 Forbidden',
    'Content-Length: 0',
    '',
    '',
  ),
  '/busy': answers(
    'HTTP/1.1 503 Service Unavailable',
    'Retry-After: 7',
    'Content-Length: 0',
    '',
    '',
  ),
  '/limited': answers('HTTP/1.1 403 Forbidden', 'Retry-After: 3', 'Content-Length: 0', '', ''),
  '/too-many': answers('HTTP/1.1 429 Too Many Requests', 'Content-Length: 0', '', ''),
  '/moved': answers('HTTP/1.1 302 Found', 'Location: ws://elsewhere/', 'Content-Length: 0', '', ''),
  '/cut-refusal': answers('HTTP/1.1 500 Internal Server Error', 'Content-Length: 100', '', 'part'),
  '/stuck-refusal': (socket) => {
    socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\npart')
  },
  '/long-refusal': (socket) => {
    socket.write(`HTTP/1.1 403 Forbidden\r\nContent-Length: 100000000\r\n\r\n${'x'.repeat(5000)}`)
  },
  '/gzip-refusal': refusesWith('gzip', gzipSync(why)),
  '/br-refusal': refusesWith('br', brotliCompressSync(why)),
  '/cut-gzip-refusal': (socket, request) => {
    refusesWith('gzip', flushed, 100)(socket, request)
    socket.end()
  },
  '/stuck-gzip-refusal': refusesWith('gzip', flushed, 100),
  '/not-gzip-refusal': refusesWith('gzip', Buffer.from(why)),
  '/wrong-accept': answers(
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Accept: AAAA',
    '',
    '',
  ),
  '/no-upgrade': answers('HTTP/1.1 101 Switching Protocols', 'Content-Length: 0', '', ''),
  '/long-head': answers('HTTP/1.1 403 Forbidden', `X-Long: ${'x'.repeat(9000)}`, '', ''),
  '/no-http': answers('SSH-2.0-OpenSSH_9.9', ''),
}

describe('WebSocket', () => {
  const server = useWsServer({ raw })

  describe('refused', () => {
    it('shows status, header fields and body', async () => {
      const { io, outcome } = await run(server.url('/unauthorized'))
      const [response] = io.all('response')
      assert.equal(response?.detail.status, 401)
      assert.deepEqual(response.detail.headers[0], ['WWW-authenticate', 'Bearer'])
      assert.equal(textOf(response), 'token please')
      assert.equal(response.sizeBytes, 12)
      assert.equal(response.detail.refused, undefined)
      const [error] = io.all('error')
      assert.equal(error?.code, 'ws-handshake-refused')
      assert.match(error.detail.advice ?? '', /credentials/)
      assert.equal(outcome.kind, 'refused')
      assert.equal(io.openings, 0)
      assert.equal(io.isAwaiting, false)
      assert.equal(io.wireBytes.in, response.wireBytes)
    })

    it('shows what came ahead of the answer', async () => {
      const { io } = await run(server.url('/hinted'))
      assert.deepEqual(
        io.frames.map(({ kind, code }) => code ?? kind),
        ['request', 'http-informational', 'response', 'ws-handshake-refused'],
      )
      assert.match(io.all('notice')[0]?.detail.message ?? '', /103 Early Hints .*Link: <\/a>/)
    })

    it('honours Retry-After of 503', async () => {
      const { outcome } = await run(server.url('/busy'))
      assert.deepEqual(outcome, {
        kind: 'lost',
        message: 'The server refused the WebSocket handshake: 503 Service Unavailable.',
        delayMs: 7000,
        reason: 'retry-after',
      })
    })

    it('honours Retry-After of any error: 403 at a limit of rates', async () => {
      const { outcome } = await run(server.url('/limited'))
      assert.deepEqual(outcome, {
        kind: 'lost',
        message: 'The server refused the WebSocket handshake: 403 Forbidden.',
        delayMs: 3000,
        reason: 'retry-after',
      })
    })

    it('may try again after 429', async () => {
      const { outcome } = await run(server.url('/too-many'))
      assert.equal(outcome.kind, 'lost')
      assert(outcome.kind === 'lost' && outcome.delayMs === undefined)
    })

    it('names the target of a redirect, which it does not follow', async () => {
      const { io, outcome } = await run(server.url('/moved'))
      const [error] = io.all('error')
      assert.match(error?.detail.advice ?? '', /ws:\/\/elsewhere\//)
      assert.match(error?.detail.target ?? '', /^wss?:\/\/elsewhere\//)
      assert.equal(outcome.kind, 'refused')
    })

    it('shows the part of a body that came before it broke off', async () => {
      const { io, outcome } = await run(server.url('/cut-refusal'))
      const [response] = io.all('response')
      assert.equal(textOf(response), 'part')
      // A socket forgets it when it closes.
      assert.equal(response?.detail.remoteAddress, `127.0.0.1:${server.port}`)
      assert.equal(outcome.kind, 'lost')
    })

    for (const path of ['/gzip', '/br', '/cut-gzip', '/stuck-gzip']) {
      it(`decodes a body with a content coding: ${path}-refusal`, async () => {
        const { io } = await run(server.url(`${path}-refusal`), { timeoutMs: 200 })
        const [response] = io.all('response')
        assert.equal(textOf(response), why)
        assert.equal(response?.sizeBytes, why.length)
        assert.equal(response.detail.contentEncoding, path.endsWith('br') ? 'br' : 'gzip')
      })
    }

    it('is told though its body is not in the content coding that it names', async () => {
      const { io } = await run(server.url('/not-gzip-refusal'))
      assert.equal(io.all('response')[0]?.sizeBytes, 0)
      assert.equal(io.all('error')[0]?.code, 'ws-handshake-refused')
    })

    it('does not wait for a body longer than the timeout', async () => {
      const { io, outcome } = await run(server.url('/stuck-refusal'), { timeoutMs: 100 })
      assert.equal(textOf(io.all('response')[0]), 'part')
      assert.equal(outcome.kind, 'refused')
    })

    it('reads a long body up to the limit', async () => {
      const { io } = await run(server.url('/long-refusal'), {}, { refusalBytes: 1000 })
      const [response] = io.all('response')
      assert.equal(response?.payload?.length, 1000)
      assert.equal(response.detail.truncatedAt, 1000)
    })

    const broken: readonly [path: string, code: string, fields?: Partial<Endpoint>][] = [
      ['/wrong-accept', 'ws-protocol-error'],
      ['/mixed', 'ws-protocol-error', { subprotocols: ['chat'] }],
      ['/no-upgrade', 'ws-protocol-error'],
      ['/no-http', 'http-invalid'],
    ]
    for (const [path, code, fields] of broken) {
      it(`calls the answer of ${path} ${code}${fields ? ' when it lacks the subprotocol' : ''}`, async () => {
        const { io, outcome } = await run(server.url(path), fields)
        assert.equal(io.all('error')[0]?.code, code)
        assert.equal(io.all('error').length, 1)
        for (const { detail } of io.all('response')) assert.equal(detail.refused, true)
        assert.equal(io.openings, 0)
        assert(outcome.kind === 'refused' || outcome.kind === 'lost')
      })
    }

    it('gives up on a server that never answers', async () => {
      const { io, outcome } = await run(server.url('/silent'), { timeoutMs: 50 })
      assert.equal(outcome.kind, 'lost')
      const [error] = io.all('error')
      assert.equal(error?.code, 'http-timeout')
      assert.equal(error.direction, 'local')
      assert.equal(error.replyTo, 1)
      assert.equal(io.isAwaiting, false)
    })

    it('reads no head beyond its limit', async () => {
      const { io } = await run(server.url('/long-head'), {}, { headBytes: 8000 })
      assert.deepEqual(
        io.frames.map((frame) => [frame.kind, frame.code]),
        [
          ['request', null],
          ['error', 'http-head-too-large'],
        ],
      )
      assert.match(io.all('error')[0]?.detail.message ?? '', /larger than 8\.0 kB, the most/)
    })

    it('says that nothing listens, without a request that never left', async () => {
      const gone = await startWsServer({})
      const url = gone.url('/')
      await gone.close()
      const { io, outcome } = await run(url)
      assert.deepEqual(
        io.frames.map((frame) => [frame.kind, frame.code]),
        [['error', 'connection-refused']],
      )
      assert.equal(outcome.kind, 'lost')
    })

    it('says what in the endpoint cannot be sent', async () => {
      for (const fields of [
        { subprotocols: ['not a token'] },
        { headers: [['X-Bad', 'line\nbreak']] as const },
      ]) {
        const { io, outcome } = await run(server.url('/mixed'), fields)
        assert.equal(io.all('error')[0]?.code, 'request-invalid')
        assert.equal(outcome.kind, 'refused')
      }
    })
  })
})
