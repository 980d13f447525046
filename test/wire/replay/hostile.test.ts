// Clients of a replay that mean no good: too much, too many, never reading, gone in the middle.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { replayLimits } from '../../../src/engine/replay/replayLimits.ts'
import { comesTo, eventually } from '../../support/eventually.ts'
import { recordTraffic } from '../../support/replay/recordedTraffic.ts'
import { type ReplayInTest, useReplay } from '../../support/replay/useReplay.ts'

/** Sends it, and resolves with all that comes until the server ends the connection. */
async function say(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.setEncoding('latin1').on('data', (part: string) => {
    heard += part
  })
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return heard
}

async function stillAnswers({ url }: ReplayInTest): Promise<void> {
  assert.equal(await (await fetch(`${url}/p`)).text(), 'fine')
}

describe('a replay with hostile clients', () => {
  const start = useReplay()

  it('refuses what is no request, is too large, or is meant for others', async () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p', 'fine')
    const replay = await start(traffic)
    const { port } = replay
    const large = 'x'.repeat(replayLimits.headBytes)
    for (const [text, status] of [
      ['nonsense\r\n\r\n', 400],
      [`GET /p HTTP/1.1\r\nHost: localhost\r\nX: ${large}\r\n\r\n`, 431],
      ['GET http://evil.example/p HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400],
      ['GET /p HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 403],
      ['GET /p HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
      [
        'GET /p HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
        404,
      ],
    ] as const) {
      assert.equal(
        /^HTTP\/1\.1 (\d+)/.exec(await say(port, text))?.[1],
        `${status}`,
        text.slice(0, 80),
      )
    }
    assert.equal(
      await say(port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      '',
    )
    await stillAnswers(replay)
  })

  it('ends a WebSocket whose message is too large, and reads no further', async () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p', 'fine')
    traffic.open(1, 10, '/ws')
    traffic.message(1, 20, 'out', 'small')
    const replay = await start(traffic, { speed: 0 })
    const socket = new WebSocket(`${replay.url}/ws`)
    socket.on('error', () => {})
    await once(socket, 'open')
    socket.send(Buffer.alloc(replayLimits.messageBytes + 1))
    const [code] = await once(socket, 'close')
    assert.ok(code === 1009 || code === 1006, `${code}`)
    await stillAnswers(replay)
  })

  it('keeps little for a WebSocket that is not read', async () => {
    const traffic = recordTraffic()
    traffic.open(1, 0, '/ws')
    const data = Buffer.alloc(1024 * 1024, 'x')
    const count = 40
    for (let n = 0; n < count; n++) traffic.message(1, n, 'in', data)
    let read = 0
    const { capture } = traffic
    const payload: typeof capture.payload = (...args) => {
      read++
      return capture.payload(...args)
    }
    const counted = { ...traffic, capture: { ...capture, payload } }
    const replay = await start(counted, { speed: 0 })
    const socket = new WebSocket(`${replay.url}/ws`)
    socket.on('upgrade', () => socket.pause())
    let heard = 0
    socket.on('message', () => heard++)
    await once(socket, 'open')
    socket.pause()
    await eventually('the first message', () => read > 0)
    assert.ok(read < count, `${read} payloads were read ahead`)
    socket.resume()
    await comesTo(() => heard, count)
    socket.terminate()
  })

  it('takes as many connections as its limit says, and leaves none and no timer behind', async () => {
    const traffic = recordTraffic()
    traffic.stream(1, 0, 'GET /s')
    traffic.event(1, 60_000, 'late')
    traffic.exchange(100, 'GET /p', 'fine')
    const replay = await start(traffic)
    const sockets: Socket[] = []
    let refused = 0
    const more = 20
    for (let n = 0; n < replayLimits.connections + more; n++) {
      const socket = connect(replay.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.on('close', () => refused++)
      socket.write('GET /s HTTP/1.1\r\nHost: localhost\r\n\r\n')
      sockets.push(socket)
    }
    await comesTo(() => [replay.waiting, refused], [replayLimits.connections, more])
    for (const socket of sockets) socket.resetAndDestroy()
    await comesTo(() => replay.waiting, 0)
    await stillAnswers(replay)
    await replay.stop()
  })
})
