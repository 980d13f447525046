// Faults that a tap makes on purpose, as the program at its other end meets them.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, it } from 'mocha'
import { WebSocket, WebSocketServer } from 'ws'
import { relayLimits } from '../../../src/engine/relay/relayLimits.ts'
import { comesTo } from '../../support/eventually.ts'
import { answer, raw } from '../../support/servers/httpServer.ts'
import { gather, request, type TestRelay, useRelay } from '../../support/tap/useRelay.ts'
import { fault, useTapped } from '../../support/tap/useTapped.ts'

describe('faults on purpose', () => {
  const startRelay = useRelay()
  const tapped = useTapped(startRelay)

  /** Answers with what came, and how long that took at the least. */
  async function ask(relay: TestRelay, path: string, end: string) {
    const client = relay.connect()
    const came = gather(client)
    const from = performance.now()
    client.write(request(relay.host, path))
    await came.endsWith(end)
    return { text: came.text(), ms: performance.now() - from, client, came }
  }

  const kinds = (relay: TestRelay) => relay.of('fault').map((event) => event.fault)

  it('delays both ways, in order, and says so once for each message', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'late') })
    relay.server.setFaults([fault({ kind: 'delay', ms: 80, jitterMs: 20, way: 'both' })])
    const { ms } = await ask(relay, '/', 'late')
    assert.ok(ms >= 120, `${ms} ms`)
    assert.deepEqual(kinds(relay), ['delay', 'delay'])
    assert.match(relay.of('fault')[0]?.message ?? '', /80 ± 20 ms/)
  })

  it('meets the paths that it is for, and no others, until it is turned off', async () => {
    const { relay } = await tapped({ '/api/a': answer(200, [], 'a'), '/b': answer(200, [], 'b') })
    relay.server.setFaults([
      fault({ kind: 'unavailable', retryAfterSeconds: 7 }, { path: '/api/*' }),
    ])
    const refused = await ask(relay, '/api/a?q', 'on purpose.\n')
    assert.match(refused.text, /^HTTP\/1.1 503 Service Unavailable\r\n.*Retry-After: 7\r\n/s)
    await ask(relay, '/b', 'b')
    relay.server.setFaults([])
    await ask(relay, '/api/a', '\r\n\r\na')
    assert.equal(relay.of('fault').length, 1)
    assert.equal(
      relay.story(1).startsWith('opened request fault response body:server end:server'),
      true,
    )
  })

  it('ends by itself when its time is over', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'in time') })
    relay.server.setFaults([fault({ kind: 'unavailable', retryAfterSeconds: null }, { forMs: 0 })])
    await ask(relay, '/', 'in time')
  })

  it('lets bytes go on no faster than its rate, and all of them', async () => {
    const body = 'x'.repeat(20_000)
    const { relay } = await tapped({ '/': answer(200, [], body) })
    relay.server.setFaults([fault({ kind: 'rate', bytesPerSecond: 100_000, way: 'client' })])
    const { ms, text } = await ask(relay, '/', body)
    assert.ok(ms >= 190, `${ms} ms`)
    assert.ok(text.endsWith(body))
    assert.deepEqual(kinds(relay), ['rate'])
  })

  it('holds the first byte of each answer, and no later one', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'held') })
    relay.server.setFaults([fault({ kind: 'first-byte', ms: 100 })])
    const { ms, client, came } = await ask(relay, '/', 'held')
    assert.ok(ms >= 100, `${ms} ms`)
    const from = performance.now()
    client.write(request(relay.host, '/'))
    await comesTo(() => came.text().split('held').length, 3)
    assert.ok(performance.now() - from >= 100)
    assert.deepEqual(kinds(relay), ['first-byte', 'first-byte'])
  })

  it('gathers an answer as a proxy does that buffers, up to its end or a full buffer', async () => {
    const events = Promise.withResolvers<(text: string) => void>()
    const { relay } = await tapped({
      '/stream': ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n')
        events.resolve((text) => socket.write(text))
      },
      '/short': answer(200, [], 'whole'),
    })
    relay.server.setFaults([fault({ kind: 'buffer', bytes: 1000 })])
    await ask(relay, '/short', 'whole')
    const client = relay.connect()
    const came = gather(client)
    client.write(request(relay.host, '/stream'))
    const send = await events.promise
    send('data: 1\n\n')
    await comesTo(() => relay.body('server', 2), 'data: 1\n\n')
    assert.equal(came.text(), '')
    send(`data: ${'x'.repeat(1000)}\n\n`)
    await came.endsWith('x\n\n')
    assert.match(came.text(), /data: 1\n\ndata: x/)
  })

  it('cuts what is open with a reset, or in order', async () => {
    const endless = raw('HTTP/1.1 200 OK\r\n\r\nan endless stream')
    const { relay } = await tapped({ '/a': endless, '/b': endless })
    const a = await ask(relay, '/a', 'stream')
    const b = await ask(relay, '/b', 'stream')
    const reset = once(a.client, 'error')
    relay.server.cut({ path: '/a', connection: null, orderly: false })
    assert.equal((await reset)[0]?.code, 'ECONNRESET')
    relay.server.belong(new Map([[2, 7]]))
    relay.server.cut({ path: '', connection: 7, orderly: true })
    await b.came.ended
    b.client.end()
    await comesTo(
      () =>
        relay
          .of('closed')
          .map(({ by }) => by)
          .join(),
      'relay,relay',
    )
    assert.deepEqual(kinds(relay), ['cut', 'cut'])
  })

  it('cuts the next connection that it is for where none is open', async () => {
    const { relay } = await tapped({
      '/': answer(200, [], 'x'),
      '/next': raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome'),
    })
    relay.server.cut({ path: '/next', connection: null, orderly: false })
    await ask(relay, '/', 'x')
    const client = relay.connect()
    const failed = once(client, 'error')
    client.resume().write(request(relay.host, '/next'))
    assert.equal((await failed)[0]?.code, 'ECONNRESET')
    assert.deepEqual(kinds(relay), ['cut'])
  })

  it('refuses new connections, leaves those that are open, and listens again at its port', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'x') })
    const open = await ask(relay, '/', 'x')
    relay.server.setFaults([fault({ kind: 'refuse' })])
    await comesTo(() => isRefused(relay.port), true)
    open.client.write(request(relay.host, '/'))
    await comesTo(() => open.came.text().split('\r\n\r\nx').length, 3)
    relay.server.setFaults([])
    await comesTo(() => isRefused(relay.port), false)
    await ask(relay, '/', 'x')
    assert.deepEqual(kinds(relay), ['refuse'])
  })

  it('sends its own answers through a delay, too, and stops with something held', async () => {
    const { relay } = await tapped({})
    const ms = relayLimits.lingerMs + 300
    relay.server.setFaults([fault({ kind: 'delay', ms, jitterMs: 0, way: 'client' })])
    const client = relay.connect()
    const came = gather(client)
    client.write(request('evil.example', '/'))
    await came.ended
    assert.match(came.text(), /^HTTP\/1.1 403 /)
    const other = relay.connect()
    const stopped = gather(other)
    other.write(request('evil.example', '/'))
    await comesTo(() => relay.of('refused').length, 2)
    await relay.server.stop()
    await stopped.ended
    assert.equal(stopped.text(), '')
    await comesTo(() => relay.of('closed').length, 2)
    assert.equal(relay.of('closed').at(-1)?.failure, null)
  })

  it('forgets what it holds when the program is gone', async () => {
    const { relay } = await tapped({ '/': answer(200, [], 'never') })
    relay.server.setFaults([fault({ kind: 'first-byte', ms: 600_000 })])
    const client = relay.connect()
    client.write(request(relay.host, '/'))
    await comesTo(() => relay.of('fault').length, 1)
    client.resetAndDestroy()
    await comesTo(() => relay.of('closed').length, 1)
  })
})

async function isRefused(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  try {
    await once(socket, 'connect')
    return false
  } catch {
    return true
  } finally {
    socket.destroy()
  }
}

describe('faults of a WebSocket', () => {
  const startRelay = useRelay()
  let wss: WebSocketServer | null = null
  afterEach(() => {
    for (const ws of wss?.clients ?? []) ws.terminate()
    wss?.close()
  })

  async function connected() {
    wss = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(wss, 'listening')
    const address = wss.address()
    assert.ok(typeof address === 'object' && address !== null)
    const relay = await startRelay(`ws://127.0.0.1:${address.port}`)
    const serving = once(wss, 'connection')
    const client = new WebSocket(`ws://${relay.host}/feed`)
    client.on('error', () => null)
    await once(client, 'open')
    const [peer] = (await serving) as [WebSocket]
    return { relay, client, peer }
  }

  it('drops pings of both sides, between messages and within their fragments', async () => {
    const { relay, client, peer } = await connected()
    const seen: string[] = []
    client.on('ping', () => seen.push('ping')).on('message', (data) => seen.push(String(data)))
    peer.on('ping', () => seen.push('ping')).on('message', (data) => seen.push(String(data)))
    relay.server.setFaults([fault({ kind: 'drop-pings' })])
    peer.send('first ', { fin: false })
    peer.ping('x'.repeat(125))
    peer.send('second', { fin: true })
    client.ping()
    client.send('mine')
    await comesTo(() => seen.toSorted().join(), 'first second,mine')
    await comesTo(() => relay.of('fault').length, 2)
    relay.server.setFaults([])
    peer.ping()
    await comesTo(() => seen.includes('ping'), true)
  })

  it('is cut with a close frame that both sides understand', async () => {
    const { relay, client, peer } = await connected()
    const closed = [once(client, 'close'), once(peer, 'close')]
    relay.server.cut({ path: '/feed', connection: null, orderly: true })
    const codes = (await Promise.all(closed)).map(([code]) => code)
    assert.deepEqual(codes, [1001, 1001])
  })

  it('gets no close frame within a frame that is still held', async () => {
    const { relay, client, peer } = await connected()
    const act = { kind: 'rate', bytesPerSecond: 1000, way: 'client' } as const
    relay.server.setFaults([fault(act)])
    peer.send('x'.repeat(5000))
    await comesTo(() => relay.of('fault').length, 1)
    const closed = once(client, 'close')
    relay.server.cut({ path: '', connection: null, orderly: true })
    assert.equal((await closed)[0], 1006)
    peer.terminate()
  })

  it('is cut without one', async () => {
    const { relay, client, peer } = await connected()
    const closed = [once(client, 'close'), once(peer, 'close')]
    relay.server.cut({ path: '', connection: null, orderly: false })
    const codes = (await Promise.all(closed)).map(([code]) => code)
    assert.deepEqual(codes, [1006, 1006])
  })
})
