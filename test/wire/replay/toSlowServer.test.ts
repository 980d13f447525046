// Replays to servers that leave much open or say less than they did: what is sent goes out all the same.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, describe, it } from 'mocha'
import { WebSocketServer } from 'ws'
import { createSystemTimers, type Timers } from '../../../src/engine/session/timers.ts'
import type { RecordedTraffic } from '../../support/replay/recordedTraffic.ts'
import { replayTo } from '../../support/replay/replayTo.ts'
import { closeWith, listenLocally } from '../../support/servers/listenLocally.ts'
import { createFakeTimers } from '../../support/sessions/fakeTimers.ts'

const closing: (() => Promise<void>)[] = []

/** Its WebSockets repeat what they hear but `quiet`, and close behind `bye`; `/events` stays open, `/gone` is not answered, `/held` when it is released. */
async function serve() {
  /** All, in order. */
  const heard: string[] = []
  const held = Promise.withResolvers<() => void>()
  const open = new Set<Socket>()
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    if (request.url === '/gone') request.socket.destroy()
    else if (request.url === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n')
    } else if (request.url === '/held') held.resolve(() => response.end('ok'))
    else response.end('ok')
  })
  server.on('connection', (socket) => open.add(socket))
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', (data) => {
      heard.push(String(data))
      if (String(data) === 'bye') socket.close(1000)
      else if (String(data) !== 'quiet') socket.send(String(data))
    })
  })
  const port = await listenLocally(server)
  closing.push(() => closeWith(server, open))
  return { url: `http://localhost:${port}`, heard, held: held.promise }
}

function echo(traffic: RecordedTraffic, connection: number, at: number, text: string): void {
  traffic.message(connection, at, 'out', text)
  traffic.message(connection, at + 5, 'in', text)
}

function leave(traffic: RecordedTraffic, connection: number, at: number): void {
  const detail = { by: 'client', code: 1000, reason: '' } as const
  traffic.add('close', connection, at, detail, null, { direction: 'out' })
}

describe('a replay to a server that takes its time', () => {
  afterEach(() => Promise.all(closing.splice(0).map((close) => close())))

  for (const speed of [1, 0]) {
    it(`goes on with what is open while a request waits for room, at speed ${speed}`, async () => {
      const { url, heard } = await serve()
      const { end, differences } = await replayTo(
        url,
        (traffic) => {
          traffic.open(1, 0, '/ws')
          echo(traffic, 1, 20, 'one')
          traffic.exchange(30, 'GET /a', 'ok')
          traffic.open(2, 40, '/ws')
          echo(traffic, 2, 50, 'later')
          leave(traffic, 2, 60)
          echo(traffic, 1, 70, 'two')
          leave(traffic, 1, 80)
        },
        { speed, open: 1 },
      )
      assert.deepEqual(differences, [])
      assert.deepEqual(heard, ['one', 'two', 'GET /a', 'later'])
      assert.match(end.message ?? '', /^6 answers: 6 the same/)
    })
  }

  it('waits for items beyond those that are compared, and counts them', async () => {
    const { url, heard } = await serve()
    const { end, differences } = await replayTo(
      url,
      (traffic) => {
        traffic.stream(1, 0, 'GET /events')
        traffic.event(1, 1, '1')
        traffic.open(2, 10, '/ws')
        echo(traffic, 2, 20, 'one')
        echo(traffic, 2, 30, 'two')
        leave(traffic, 2, 40)
      },
      { items: 0 },
    )
    assert.deepEqual(differences, [])
    assert.deepEqual(heard, ['GET /events', 'one', 'two'])
    assert.match(end.message ?? '', /^2 answers: 2 the same/)
  })

  it('leaves no WebSocket before all messages have gone out', async () => {
    const { url, heard, held } = await serve()
    const timers = createFakeTimers()
    const over = replayTo(
      url,
      (traffic) => {
        traffic.open(1, 0, '/ws')
        echo(traffic, 1, 10, 'one')
        traffic.exchange(20, 'GET /held', 'ok')
        echo(traffic, 1, 30, 'two')
        leave(traffic, 1, 40)
      },
      { speed: 0, timers },
    )
    const release = await held
    await timers.advance(60_000)
    release()
    const { differences } = await over
    assert.deepEqual(differences, [])
    assert.deepEqual(heard, ['one', 'GET /held', 'two'])
  })

  it('waits once for a message that no longer comes', async () => {
    const { url, heard } = await serve()
    const system = createSystemTimers()
    const patienceMs = 4321
    let waits = 0
    const timers: Timers = {
      ...system,
      after(delayMs, run) {
        if (delayMs !== patienceMs) return system.after(delayMs, run)
        return waits++ === 0 ? system.after(0, run) : () => {}
      },
    }
    const { differences } = await replayTo(
      url,
      (traffic) => {
        traffic.open(1, 0, '/ws')
        for (const [index, text] of ['quiet', 'a', 'b'].entries())
          echo(traffic, 1, index * 10, text)
        traffic.message(1, 100_000, 'out', 'bye')
      },
      { speed: 0, timers, patienceMs },
    )
    assert.deepEqual(heard, ['quiet', 'a', 'b', 'bye'])
    assert.match(differences.at(-1) ?? '', /2 of 3 came/)
  })

  it('ends with requests that wait for room when nothing is answered', async () => {
    const { url, heard } = await serve()
    const { end } = await replayTo(
      url,
      (traffic) => {
        for (let at = 0; at < 5; at++) traffic.exchange(at, 'GET /gone', '')
        traffic.exchange(5, 'GET /a', '')
      },
      { speed: 1000, open: 1, failures: 3 },
    )
    assert.match(end.message ?? '', /^3 requests in a row were not answered: the rest was not sent/)
    assert.equal(heard.includes('GET /a'), false)
  })

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
