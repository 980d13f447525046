// The relay of a tap under pressure: slow readers on either side, a recording that cannot keep up, crowds of connections.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, it } from 'mocha'
import { createWsFrameReader } from '../../../src/engine/protocols/websocket/wsFrames.ts'
import { createRelay } from '../../../src/engine/relay/relay.ts'
import type { RelayEvent } from '../../../src/engine/relay/relayEvents.ts'
import { relayLimits } from '../../../src/engine/relay/relayLimits.ts'
import { defaultTapSettings } from '../../../src/shared/endpoint/tapSettings.ts'
import { comesTo } from '../../support/eventually.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { listenLocally } from '../../support/servers/listenLocally.ts'
import { request, useRelay } from '../../support/tap/useRelay.ts'

const MiB = 1024 * 1024
const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n'
const upgraded = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'

describe('a relay under pressure', () => {
  const startRelay = useRelay()
  let closeServer: (() => unknown) | null = null
  afterEach(() => closeServer?.())

  /** A server whose one behaviour is given the socket when a request has come. */
  async function tapped(behave: (socket: Socket) => void) {
    const sockets: Socket[] = []
    const tcp = createTcpServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => null)
      socket.once('data', () => behave(socket))
    })
    closeServer = () => {
      for (const socket of sockets) socket.destroy()
      tcp.close()
    }
    return startRelay(`http://127.0.0.1:${await listenLocally(tcp)}`)
  }

  /** Writes until the socket holds the writer back. Answers with the bytes. */
  async function fill(socket: Socket): Promise<number> {
    const block = Buffer.alloc(MiB, 'x')
    let sent = 0
    // A socket that is not full within a turn may still be emptied by the other end's reading.
    for (let idle = 0; idle < 20; ) {
      if (socket.writableLength < 4 * MiB) {
        idle = 0
        sent += block.length
        socket.write(block)
      } else idle++
      assert.ok(sent < 512 * MiB, 'nobody holds the writer back')
      await nextTurn()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return sent
  }

  it('passes a flood of interim answers on, and tells no more of it than may be in flight', async () => {
    const interim = `HTTP/1.1 103 Early Hints\r\nX: ${'x'.repeat(60_000)}\r\n\r\n`
    const flood = interim.repeat(2000)
    const relay = await tapped((socket) => {
      socket.end(`${flood}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast`)
    })
    relay.holdBack(true)
    const client = relay.connect()
    let read = 0
    client.on('data', ({ length }) => {
      read += length
    })
    client.write(request(relay.host, '/'))
    await comesTo(() => read, flood.length + 42)
    const told = relay.of('response')
    assert.equal(told.at(-1)?.bodyEnd.by, 'length')
    const bytes = told.slice(0, -1).reduce((sum, event) => sum + event.head.length, 0)
    assert.ok(bytes < relayLimits.inFlightBytes + MiB, `${bytes} bytes`)
    const [lost] = relay.of('lost')
    assert.equal(bytes + (lost?.bytes ?? 0), flood.length)
    assert.ok(lost && relay.events.indexOf(lost) < relay.events.indexOf(told.at(-1) ?? lost))
  })

  it('holds a server back for as long as the program does not read', async () => {
    const serving = Promise.withResolvers<Socket>()
    const relay = await tapped((socket) => {
      socket.write(head)
      serving.resolve(socket)
    })
    const client = relay.connect()
    client.write(request(relay.host, '/'))
    client.pause()
    const socket = await serving.promise
    const sent = await fill(socket)
    socket.end()
    let read = 0
    client.on('data', ({ length }) => {
      read += length
    })
    client.resume()
    await once(client, 'end')
    assert.equal(read, head.length + sent)
  })

  it('holds a program back for as long as the server does not read', async () => {
    const serving = Promise.withResolvers<Socket>()
    const relay = await tapped((socket) => {
      socket.pause()
      serving.resolve(socket)
    })
    const client = relay.connect()
    client.write(`POST / HTTP/1.1\r\nHost: ${relay.host}\r\nContent-Length: 99999999999\r\n\r\n`)
    const socket = await serving.promise
    await fill(client)
    client.resetAndDestroy()
    socket.resume()
    await comesTo(() => relay.of('closed')[0]?.by, 'client')
  })

  it('leaves bytes out of what it tells where nobody works it off, and goes on with a whole frame', async () => {
    const serving = Promise.withResolvers<Socket>()
    const relay = await tapped((socket) => {
      socket.write(upgraded)
      serving.resolve(socket)
    })
    const client = relay.connect()
    let read = 0
    client.on('data', ({ length }) => {
      read += length
    })
    client.write(request(relay.host, '/', 'Connection: Upgrade', 'Upgrade: websocket'))
    const socket = await serving.promise
    const payload = 50_000
    const frame = Buffer.concat([
      Buffer.from([0x82, 126, payload >> 8, payload & 255]),
      Buffer.alloc(payload),
    ])
    const count = Math.ceil((1.5 * relayLimits.inFlightBytes) / frame.length)
    relay.holdBack(true)
    for (let i = 0; i < count; i++) socket.write(frame)
    await comesTo(() => read, upgraded.length + count * frame.length)
    relay.holdBack(false)
    socket.write(frame.subarray(0, 10_000))
    await nextTurn()
    socket.write(frame.subarray(10_000))
    socket.write(Buffer.concat([frame, frame]))
    await comesTo(() => relay.of('lost').length, 1)
    await comesTo(() => read, upgraded.length + (count + 3) * frame.length)
    const lost = relay.events.findIndex(({ kind }) => kind === 'lost')
    const frames = { before: 0, after: 0 }
    for (const [from, events] of [
      ['before', relay.events.slice(0, lost)],
      ['after', relay.events.slice(lost)],
    ] as const) {
      const reader = createWsFrameReader(({ payloadBytes }) => {
        assert.equal(payloadBytes, payload)
        frames[from]++
      })
      for (const event of events) if (event.kind === 'body') reader.feed(event.bytes)
    }
    const [loss] = relay.of('lost')
    assert.equal(frames.before + frames.after + (loss?.frames ?? 0), count + 3)
    assert.ok(frames.after > 0)
    const told = relay.of('body').reduce((sum, { bytes }) => sum + bytes.length, 0)
    assert.equal(told + (loss?.bytes ?? 0), (count + 3) * frame.length)
  })

  it('leaves nothing behind of connections that came one after another, and of many at once', async () => {
    const server: TestHttpServer = await startHttpServer({ '/': answer(200, [], 'x') })
    closeServer = () => server.close()
    const relay = await startRelay(server.origin)
    const before = sockets()
    const ask = async () => {
      const client = relay.connect()
      client.write(request(relay.host, '/'))
      await once(client, 'data')
      client.destroy()
    }
    for (let i = 0; i < 300; i++) await ask()
    await Promise.all(Array.from({ length: 200 }, ask))
    await comesTo(() => relay.of('closed').length, 500)
    await comesTo(sockets, before)
  })
})

/** Open TCP sockets of this process. */
function sockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
}

describe('the thread of a relay', () => {
  it('tells what passes, until it is stopped', async () => {
    const server = await startHttpServer({ '/': answer(200, [], 'through a thread') })
    const events: RelayEvent[] = []
    const options = testOptions(testEndpoint({ url: server.origin, method: 'polling' }))
    const relay = createRelay(
      { ...options, settings: defaultTapSettings },
      {
        events: (batch) => events.push(...batch),
        failed: (error) => assert.fail(error),
      },
    )
    const port = await relay.listen()
    const agent = new Agent({ keepAlive: true })
    const [response] = await once(get({ port, host: 'localhost', agent }), 'response')
    assert.equal((await response.toArray()).join(''), 'through a thread')
    const stopped = relay.stop()
    await stopped
    const kinds = events.map(({ kind }) => kind)
    assert.deepEqual(
      ['opened', 'request', 'dialled', 'response', 'body', 'closed'].filter(
        (kind) => !kinds.some((one) => one === kind),
      ),
      [],
    )
    const body = events.find((event) => event.kind === 'body')
    assert.equal(Buffer.from(body?.bytes ?? []).toString(), 'through a thread')
    agent.destroy()
    await server.close()
  })

  it('says why it cannot listen', async () => {
    const server = await startHttpServer({})
    const options = testOptions(testEndpoint({ url: server.origin, method: 'polling' }))
    const settings = { ...defaultTapSettings, port: Number(new URL(server.origin).port) }
    const relay = createRelay({ ...options, settings }, { events: () => null, failed: () => null })
    await assert.rejects(relay.listen(), { code: 'EADDRINUSE' })
    await relay.stop()
    await server.close()
  })
})
