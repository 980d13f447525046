// Conversations of a capture by a real server, with a WebSocket client.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { comesTo } from '../../support/eventually.ts'
import { type RecordedTraffic, recordTraffic } from '../../support/replay/recordedTraffic.ts'
import { useReplay } from '../../support/replay/useReplay.ts'

function hear(socket: WebSocket): string[] {
  const seen: string[] = []
  socket.on('message', (data: Buffer, isBinary) => {
    seen.push(`${isBinary ? 'binary' : 'text'} ${data.toString()}`)
  })
  socket.on('close', (code, reason) => seen.push(`close ${code} ${reason}`))
  socket.on('error', () => {})
  return seen
}

function recordTalk(): RecordedTraffic {
  const traffic = recordTraffic()
  traffic.open(1, 0, '/ws', { headers: [['Sec-WebSocket-Protocol', 'chat']] })
  traffic.message(1, 100, 'in', 'welcome')
  traffic.message(1, 200, 'out', 'ask')
  traffic.message(1, 300, 'in', Buffer.from('answer'))
  traffic.message(1, 400, 'out', 'again')
  traffic.add('close', 1, 500, { code: 4001, reason: 'enough', by: 'server' })
  return traffic
}

describe('recorded conversations that are served', () => {
  const start = useReplay()

  it('go on when the client has said as much, and end with their code', async () => {
    const replay = await start(recordTalk(), { speed: 0 })
    const socket = new WebSocket(`${replay.url}/ws`, ['other', 'chat'])
    const seen = hear(socket)
    await comesTo(() => seen, ['text welcome'])
    assert.equal(socket.protocol, 'chat')
    socket.send('ask')
    await comesTo(() => seen.at(-1), 'binary answer')
    socket.send('whatever')
    await comesTo(() => seen.at(-1), 'close 4001 enough')
    await comesTo(
      () => replay.served,
      ['WebSocket /ws 101 conversation 1 of 1', 'WebSocket /ws 4001 closed'],
    )
  })

  it('play at their times', async () => {
    const replay = await start(recordTalk(), { speed: 2 })
    const socket = new WebSocket(`${replay.url}/ws`)
    const seen = hear(socket)
    await once(socket, 'open')
    await replay.timed(1)
    await replay.timers.advance(49)
    assert.deepEqual(seen, [])
    await replay.timers.advance(1)
    await comesTo(() => seen, ['text welcome'])
    socket.terminate()
    await replay.stop()
    assert.equal(replay.waiting, 0)
  })

  it('begin again in a loop where they were left open', async () => {
    const traffic = recordTraffic()
    traffic.open(1, 0, '/ws')
    traffic.message(1, 0, 'in', 'one')
    traffic.message(1, 10, 'in', 'two')
    const replay = await start(traffic, { loop: true })
    const socket = new WebSocket(`${replay.url}/ws`)
    const seen = hear(socket)
    await once(socket, 'open')
    await comesTo(async () => {
      await replay.timers.advance(100)
      return seen.slice(0, 4)
    }, ['text one', 'text two', 'text one', 'text two'])
    socket.close()
  })

  it('are lost, refused and not there as they were', async () => {
    const traffic = recordTraffic()
    traffic.open(1, 0, '/lost')
    const error = { direction: 'local', code: 'ws-abnormal-closure' } as const
    traffic.add('error', 1, 10, { message: 'gone' }, null, error)
    const asked = traffic.ask(2, 20, 'GET /no', { purpose: 'handshake' })
    const refused = { purpose: 'handshake', status: 401, statusText: 'Who' } as const
    traffic.answer(2, 30, asked, refused, 'say who you are')
    const { url, served } = await start(traffic, { speed: 0 })
    const lost = hear(new WebSocket(`${url}/lost`))
    await comesTo(() => lost, ['close 1006 '])
    for (const [path, status] of [
      ['/no', 401],
      ['/other', 404],
    ] as const) {
      const [, response] = await once(new WebSocket(url + path), 'unexpected-response')
      assert.equal(response.statusCode, status)
      response.resume()
    }
    assert.ok(served.includes('WebSocket /no 401 answer 1 of 1'))
  })

  it('are closed to pages of other sites', async () => {
    const { url } = await start(recordTalk(), { speed: 0 })
    const page = new WebSocket(`${url}/ws`, { origin: 'https://evil.example' })
    const [, response] = await once(page, 'unexpected-response')
    assert.equal(response.statusCode, 403)
    response.resume()
    const own = new WebSocket(`${url}/ws`, { origin: 'http://127.0.0.1:5173' })
    await once(own, 'open')
    own.terminate()
  })

  it('end with the server', async () => {
    const replay = await start(recordTalk(), { speed: 0 })
    const socket = new WebSocket(`${replay.url}/ws`)
    const seen = hear(socket)
    await once(socket, 'open')
    await replay.stop()
    await comesTo(() => seen.at(-1), 'close 1006 ')
  })
})
