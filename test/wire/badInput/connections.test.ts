// One click, one connection: what a server sees when a session starts, is run again, and ends.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { ClientMethod } from '../../../src/shared/endpoint/endpoint.ts'
import {
  type HttpBehaviour,
  startHttpServer,
  type TestHttpServer,
} from '../../support/servers/httpServer.ts'
import { acceptHead } from '../../support/servers/wsServer.ts'
import { allMethods, endpointAt, runSession } from '../../support/sessions/runSession.ts'

let hints = 0

/** Opens and stays open: a stream with one event, a WebSocket with one message, a request that is held with a hint ahead. */
const stay: HttpBehaviour = ({ header, socket }) => {
  const key = header('sec-websocket-key')
  if (key !== null) {
    socket.write(acceptHead({ headers: { 'sec-websocket-key': key } }))
    socket.write(Buffer.from('8102686f', 'hex'))
    // Any frame that comes is the close frame: it is answered with 1000.
    socket.once('data', () => socket.end(Buffer.from('880203e8', 'hex')))
  } else if (header('accept') === 'text/event-stream') {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ho\n\n')
  } else {
    // Another one each time: what was said before is not said again.
    socket.write(`HTTP/1.1 103 Early Hints\r\nX-Hint: ${hints++}\r\n\r\n`)
  }
}

/** The frame that says that the server has it. */
const standing: Readonly<Record<ClientMethod, string>> = {
  polling: 'notice',
  'long-polling': 'notice',
  sse: 'event',
  websocket: 'message',
}

async function withServer(run: (server: TestHttpServer) => Promise<void>): Promise<void> {
  const server = await startHttpServer({ '/': stay })
  try {
    await run(server)
  } finally {
    await server.close()
  }
}

function closed(server: TestHttpServer, nth: number): Promise<unknown> {
  const socket = server.requests[nth]?.socket ?? assert.fail()
  return socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve))
}

describe('A session', () => {
  for (const method of allMethods) {
    it(`makes one connection when ${method} starts, and leaves none when it ends`, () =>
      withServer(async (server) => {
        const run = await runSession(endpointAt(server.origin, method, '/'), {
          until: ({ kind }) => kind === standing[method],
        })
        assert.equal(run.end.by, 'user')
        assert.equal(run.all('request').length, 1)
        await closed(server, 0)
        assert.deepEqual([server.connections, server.requests.length], [1, 1])
      }))

    it(`closes the old connection when ${method} is run again, before it makes a new one`, () =>
      withServer(async (server) => {
        let oldOpen: boolean | null = null
        const run = await runSession(endpointAt(server.origin, method, '/'), {
          until: ({ kind, connection }, session) => {
            if (kind === 'request' && connection === 2) {
              oldOpen = !(
                server.requests[0]?.socket.closed || server.requests[0]?.socket.readableEnded
              )
            }
            if (kind !== standing[method]) return false
            if (connection === 1) {
              // Twice, as an impatient user does.
              void session.reconnect()
              void session.reconnect()
            }
            return connection === 2
          },
        })
        assert.deepEqual(run.all('wait'), [])
        assert.equal(run.status.statistics.connections, 2)
        await Promise.all([closed(server, 0), closed(server, 1)])
        assert.deepEqual([server.connections, server.requests.length], [2, 2])
        if (method === 'websocket') assert.equal(oldOpen, false, 'a WebSocket says goodbye first')
      }))
  }
})
