// Faults on purpose in a tap's session: what is in force, what is told, and for whom.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { afterEach, describe, it } from 'mocha'
import { WebSocket, WebSocketServer } from 'ws'
import type { TapFault } from '../../../src/shared/session/tapFaults.ts'
import { comesTo } from '../../support/eventually.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startTap, type TapSession } from '../../support/tap/tapSession.ts'

const everywhere = { path: '', connection: null, forMs: null } as const
const unavailable: TapFault = { ...everywhere, act: { kind: 'unavailable', retryAfterSeconds: 3 } }

describe('the faults of a tap’s session', () => {
  let server: TestHttpServer | null = null
  let tap: TapSession | null = null
  afterEach(async () => {
    await tap?.stop()
    await server?.close()
  })

  async function tapped(url: string) {
    const started = startTap(url)
    tap = started
    await comesTo(() => started.session.status().listening !== null, true)
    const address = started.session.status().listening ?? ''
    const notices = () =>
      started
        .all('notice')
        .filter(({ code }) => code === 'tap-fault' || code === 'tap-cut')
        .map(({ detail }) => detail.message)
    return { ...started, address, notices }
  }

  it('are told when they are turned on, when they act, and when they are turned off', async () => {
    server = await startHttpServer({ '/api/a': answer(200, [], 'a'), '/b': answer(200, [], 'b') })
    const { session, address, notices, all } = await tapped(server.origin)
    await session.setFaults([{ ...unavailable, path: '/api/*' }])
    const [forced] = session.status().faults
    assert.deepEqual([forced?.path, forced?.until], ['/api/*', null])
    const refused = await fetch(`${address}/api/a`)
    assert.equal(refused.status, 503)
    assert.equal(refused.headers.get('retry-after'), '3')
    assert.equal((await fetch(`${address}/b`)).status, 200)
    await comesTo(() => notices().length, 2)
    await session.setFaults([])
    assert.equal((await fetch(`${address}/api/a`)).status, 200)
    await comesTo(
      () =>
        all('response')
          .map(({ detail }) => detail.status)
          .join(),
      '503,200,200',
    )
    assert.deepEqual(session.status().faults, [])
    assert.deepEqual(notices(), [
      'Turned on: Answer 503 Retry-After: 3 for /api/*.',
      'Lifeline answered with 503 in the server’s place: GET /api/a.',
      'Turned off: Answer 503 Retry-After: 3 for /api/*.',
    ])
    const [request] = all('request')
    const acted = all('notice').find(({ detail }) => detail.message.startsWith('Lifeline answered'))
    assert.equal(acted?.connection, request?.connection)
  })

  it('are over by themselves when their time is', async () => {
    server = await startHttpServer({ '/': answer(200) })
    const { session, address } = await tapped(server.origin)
    await session.setFaults([{ ...unavailable, forMs: 0 }])
    assert.deepEqual(session.status().faults, [])
    assert.equal((await fetch(`${address}/`)).status, 200)
  })

  it('meet one connection of several, by its number', async () => {
    const wss = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    wss.on('connection', (ws) => ws.on('message', (data) => ws.send(String(data))))
    await once(wss, 'listening')
    const bound = wss.address()
    assert.ok(typeof bound === 'object' && bound !== null)
    const { session, address, all, notices } = await tapped(`ws://127.0.0.1:${bound.port}/feed`)
    const clients = [new WebSocket(address), new WebSocket(address)]
    await Promise.all(clients.map((client) => once(client, 'open')))
    const closed = clients.map((client) => once(client, 'close'))
    await comesTo(() => all('response').length, 2)
    const [first, second] = all('response')
    assert.notEqual(first?.connection, second?.connection)
    await session.cut({ path: '', connection: second?.connection ?? 0, orderly: true })
    const [code] = (await Promise.race(closed)) as [number]
    assert.equal(code, 1001)
    const open = clients.filter(({ readyState }) => readyState === WebSocket.OPEN)
    assert.equal(open.length, 1)
    await comesTo(
      () => notices().join(),
      'Lifeline cut the connection with a close frame: GET /feed.',
    )
    open[0]?.terminate()
    wss.close()
  })

  it('meet what their connection comes on later, too, and so does a cut that waits', async () => {
    const asked: (() => void)[] = []
    server = await startHttpServer({
      '/': (exchange) => void asked.push(() => answer(200)(exchange)),
    })
    const { session, address, all, notices } = await tapped(server.origin)
    async function ask() {
      const answered = fetch(address, { headers: { connection: 'close' } }).then(
        ({ status }) => status,
        () => null,
      )
      const nth = all('request').length + 1
      await comesTo(() => Math.min(all('request').length, asked.length), nth)
      return { answered, answers: () => asked.at(-1)?.() }
    }
    const first = await ask()
    first.answers()
    assert.equal(await first.answered, 200)
    const connection = all('request')[0]?.connection ?? 0
    const act = { kind: 'first-byte', ms: 10 } as const
    await session.setFaults([{ ...everywhere, act, connection }])
    const second = await ask()
    second.answers()
    assert.equal(await second.answered, 200)
    await comesTo(() => notices().at(-1), 'The answer is held for 10 ms: GET /.')
    await session.setFaults([])
    await session.cut({ path: '', connection, orderly: false })
    assert.equal(await (await ask()).answered, null)
    assert.deepEqual(new Set(all('request').map((one) => one.connection)), new Set([connection]))
  })

  it('are refused by a session that has ended', async () => {
    server = await startHttpServer({})
    const { session, stop } = await tapped(server.origin)
    await stop()
    await assert.rejects(session.setFaults([]), { code: 'ended' })
    await assert.rejects(session.cut({ ...everywhere, orderly: true }), { code: 'ended' })
  })
})
