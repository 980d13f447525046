// A peer that nobody here wrote: a Socket.IO server that speaks to clients of Socket.IO 2, Engine.IO 3 below it.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'mocha'
import { Server } from 'socket.io'
import { profileAt, runSession, type SessionRun } from '../../support/sessions/runSession.ts'

/** The words of messages and bodies, times and ids aside. */
const wordsOf = (run: SessionRun) =>
  run.lines.map((line) =>
    line
      .replace(/^message /, '')
      .replace(/· [\d.]+ m?s/, '· …')
      .replace(/sid: "[^"]+"/, 'sid: "…"'),
  )

describe('A Socket.IO server for older clients', () => {
  const http = createServer()
  const server = new Server(http, { allowEIO3: true, pingInterval: 5000, pingTimeout: 4000 })
  let origin = ''
  before(async () => {
    server.on('connection', (socket) => {
      socket.emit('hello', { n: 1 })
      socket.on('echo', (text: string, acknowledge: (text: string) => void) => {
        socket.emit('echoed', text, Buffer.of(1, 2, 255))
        acknowledge('done')
      })
    })
    await once(http.listen(0, '127.0.0.1'), 'listening')
    origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  })
  after(() => server.close())

  it('is read over WebSocket: the client pings, and bytes have their type before them', async () => {
    const path = '/socket.io/?EIO=3&transport=websocket'
    const endpoint = profileAt(origin, 'websocket', path, { send: ['2', '420["echo","€"]'] })
    const run = await runSession(endpoint, {
      until: (_frame, _session, payload) => Buffer.from(payload ?? []).toString() === '430["done"]',
    })
    const words = wordsOf(run)
    for (const expected of [
      'open pings every 5.0 s, waits 4.0 s',
      '▸ CONNECT /',
      '▸ hello {n: 1}',
      'ping',
      '◂ pong · …',
      '▸ echo #0 "€"',
      'BINARY_EVENT echoed: 1 attachment follows',
      '▸ echoed ["€", <3 B>]',
      '◂ ACK echo #0 · … · "done"',
    ]) {
      assert.ok(words.includes(expected), `${expected} is not in\n${words.join('\n')}`)
    }
    assert.doesNotMatch(words.join('\n'), /flaw/)
  })

  it('is read over polling, where the length of each packet is counted', async () => {
    const path = '/socket.io/?EIO=3&transport=polling'
    const poll = (target: string) =>
      runSession(profileAt(origin, 'polling', target, {}), {
        until: (frame) => frame.kind === 'response',
      })
    const responseOf = (run: SessionRun) => wordsOf(run).find((line) => line.startsWith('response'))
    const first = await poll(path)
    assert.equal(
      responseOf(first),
      'response 200 OK open pings every 5.0 s, waits 4.0 s, upgrades to websocket',
    )
    const [, sid] = /^\d+:0\{"sid":"([^"]+)"/.exec(first.text(first.only('response')) ?? '') ?? []
    const next = await poll(`${path}&sid=${sid}`)
    assert.match(next.text(next.only('response')) ?? '', /^2:40/)
    assert.equal(responseOf(next), 'response 200 OK ▸ CONNECT /, ▸ hello {n: 1}')
  })
})
