// A peer that nobody here wrote: a SockJS server, over each of its transports, with STOMP and without.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { createStompPeer, stompFrame } from '../../support/servers/stompPeer.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

interface SockJsConnection {
  write(text: string): void
  close(code: number, reason: string): void
  on(event: 'data', listener: (text: string) => void): void
}

interface SockJsServer {
  on(event: 'connection', listener: (connection: SockJsConnection) => void): void
  installHandlers(server: Server, options: { prefix: string }): void
}

/** It comes without types. */
const sockjs = createRequire(import.meta.url)('sockjs') as {
  createServer(options: { log(): void; heartbeat_delay: number }): SockJsServer
}

function createPeer(behave: (connection: SockJsConnection) => void, beatMs = 60_000): SockJsServer {
  const server = sockjs.createServer({ log: () => undefined, heartbeat_delay: beatMs })
  server.on('connection', behave)
  return server
}

const connect = stompFrame('CONNECT', { 'accept-version': '1.2' })

describe('A SockJS server', () => {
  let http: Server
  let origin = ''
  before(async () => {
    http = createServer()
    createPeer((connection) => {
      const take = createStompPeer((text) => connection.write(text))
      connection.on('data', take)
    }).installHandlers(http, { prefix: '/stomp' })
    createPeer((connection) => {
      connection.on('data', (text) => {
        connection.write(JSON.stringify({ type: 'echoed', text }))
        connection.write('and that is all')
        if (text === 'bye') connection.close(3000, 'Go away!')
      })
    }).installHandlers(http, { prefix: '/plain' })
    createPeer(() => undefined, 20).installHandlers(http, { prefix: '/idle' })
    await once(http.listen(0, '127.0.0.1'), 'listening')
    origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  })
  after(() => {
    http.closeAllConnections()
    http.close()
  })

  /**
   * What rows say of frames in which SockJS is. Sends each text once the server has opened or sent something, and stops at a
   * frame in which `last` is found.
   */
  async function watch(endpoint: Endpoint, texts: readonly string[], last: RegExp) {
    let sent = 0
    const run = await runSession(endpoint, {
      until(frame, session, payload) {
        if (frame.direction !== 'in') return false
        const text = Buffer.from(payload ?? []).toString()
        const next = texts[sent]
        if (/^o|^a\[/m.test(text) && next !== undefined) {
          sent++
          const body = JSON.stringify([next])
          const url = endpoint.url.replace(/\/\w+$/, '/xhr_send')
          void (endpoint.method === 'websocket'
            ? session.send({ type: 'text', text: body })
            : session.request({ request: 'POST', url, headers: [], body }))
        }
        return last.test(text)
      },
    })
    return run.lines
      .filter((line) => /^(message|event|record|request|response) /.test(line))
      .filter(
        (line) => !/204 No Content$|101 Switching|200 OK$|\/(xhr|\w+ing|\w+source)\b/.test(line),
      )
      .map((line) => line.replace(/^(request POST \S+_send|response 200 OK|\w+) /, ''))
      .filter((line) => !line.startsWith('GET '))
      .map((line) => line.replace(/ · [\d.]+ ms/, ''))
  }

  const connected = ['CONNECT 1.2', '◂ CONNECTED · 1.2, peer/1', 'heart-beat', 'heart-beat']
  const beat = /\\n"/

  it('is watched over WebSocket', async () => {
    const endpoint = endpointAt(origin, 'websocket', '/stomp/000/abcd0001/websocket')
    assert.deepEqual(await watch(endpoint, [connect, '\n'], beat), ['open', ...connected])
  })

  it('is watched over an event stream, to which messages go by requests of their own', async () => {
    const endpoint = endpointAt(origin, 'sse', '/stomp/000/abcd0002/eventsource')
    assert.deepEqual(await watch(endpoint, [connect, '\n'], beat), ['open', ...connected])
  })

  it('is watched over a streamed body', async () => {
    const fields = { request: 'POST', stream: 'text' } as const
    const endpoint = endpointAt(origin, 'sse', '/stomp/000/abcd0003/xhr_streaming', fields)
    const told = await watch(endpoint, [connect, '\n'], beat)
    // They may arrive together.
    assert.deepEqual(
      told.flatMap((line) => line.split(/(?<=prelude), /)),
      ['prelude', 'open', ...connected],
    )
  })

  it('is watched over long polling, whose polls are one conversation', async () => {
    const fields = { request: 'POST', allowFasterThan100ms: true }
    const endpoint = endpointAt(origin, 'long-polling', '/stomp/000/abcd0004/xhr', fields)
    assert.deepEqual(await watch(endpoint, [connect, '\n'], beat), ['open', ...connected])
  })

  it('carries any text, and says why it closes', async () => {
    const endpoint = endpointAt(origin, 'websocket', '/plain/room/1/websocket')
    const told = await watch(endpoint, ['hi', 'bye'], /^c/)
    assert.deepEqual(told, [
      'open',
      'message hi',
      '▸ echoed {type: "echoed", text: "hi"}',
      'message and that is all',
      'message bye',
      '▸ echoed {type: "echoed", text: "bye"}',
      'message and that is all',
      'close 3000 Go away!',
    ])
  })

  it('beats while it has nothing to say', async () => {
    const endpoint = endpointAt(origin, 'sse', '/idle/000/abcd0005/eventsource')
    assert.deepEqual(await watch(endpoint, [], /^h/), ['open', 'heartbeat'])
  })
})
