// Replays to servers that leave much open or say less than they did: what is sent goes out all the same.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, describe, it } from 'mocha'
import { WebSocketServer } from 'ws'
import { replayTo } from '../../support/replay/replayTo.ts'
import { closeWith, listenLocally } from '../../support/servers/listenLocally.ts'

const closing: (() => Promise<void>)[] = []

/** Its WebSockets repeat what they hear; `/events` stays open, `/gone` is not answered. `heard` is all, in order. */
async function serve() {
  const heard: string[] = []
  const open = new Set<Socket>()
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    if (request.url === '/gone') request.socket.destroy()
    else if (request.url === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n')
    } else response.end('ok')
  })
  server.on('connection', (socket) => open.add(socket))
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', (data) => {
      heard.push(String(data))
      socket.send(String(data))
    })
  })
  const port = await listenLocally(server)
  closing.push(() => closeWith(server, open))
  return { url: `http://localhost:${port}`, heard }
}

describe('a replay to a server that takes its time', () => {
  afterEach(() => Promise.all(closing.splice(0).map((close) => close())))

  it('says that it gave up although a stream was open', async () => {
    const { url, heard } = await serve()
    const { end } = await replayTo(
      url,
      (traffic) => {
        traffic.stream(1, 0, 'GET /events')
        traffic.event(1, 1, '1')
        traffic.event(1, 100_000, '2')
        for (let at = 2; at < 6; at++) traffic.exchange(at, 'GET /gone', '')
        traffic.exchange(200_000, 'GET /a', '')
      },
      { failures: 3 },
    )
    assert.match(end.message ?? '', /^3 requests in a row were not answered: the rest was not sent/)
    assert.ok(!heard.includes('GET /a'))
  })
})
