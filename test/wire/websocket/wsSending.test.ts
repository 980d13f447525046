// Sending on a WebSocket: compression, messages of all types, repeated ones, and under a flood.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { createCapture } from '../../../src/engine/capture/capture.ts'
import { createConnectingSource } from '../../../src/engine/session/connectingSource.ts'
import { createSession } from '../../../src/engine/session/session.ts'
import { createWebSocketTransport } from '../../../src/engine/transports/websocket/websocket.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { neutralCompression } from '../../../src/shared/profile/fields/compressionField.ts'
import { accept } from '../../support/samples/resolveEndpoint.ts'
import { testEndpoint, texts } from '../../support/samples/testEndpoint.ts'
import { echo, useWsServer } from '../../support/servers/useWsServer.ts'
import { acceptHead, type Behaviour, type RawBehaviour } from '../../support/servers/wsServer.ts'
import { createRecordingIo, type NewFrameOf, textOf } from '../../support/sessions/recordingIo.ts'
import { runWebSocket as run, webSocketAt } from '../../support/sessions/runWebSocket.ts'

/** What the flooding server has been sent, by its arrival. */
let floodReceived: { readonly at: number; readonly bytes: number }[] = []

const accepted: Readonly<Record<string, Behaviour>> = {
  '/echo': echo,
  '/drops-second': (ws) => {
    let count = 0
    ws.on('message', () => {
      count++
      if (count === 2) ws.terminate()
    })
  },
}

const raw: Readonly<Record<string, RawBehaviour>> = {
  // Text messages as fast as the client takes them.
  '/flood': (socket, request) => {
    floodReceived = []
    socket.write(acceptHead(request))
    const frame = Buffer.concat([Buffer.of(0x81, 100), Buffer.alloc(100, 'x')])
    const block = Buffer.concat(new Array<Buffer>(2000).fill(frame))
    const more = () => {
      while (socket.writable && socket.write(block));
    }
    socket.on('drain', more)
    socket.on('data', (bytes) => {
      floodReceived.push({ at: performance.now(), bytes: bytes.length })
    })
    more()
  },
}

describe('A WebSocket endpoint', () => {
  const server = useWsServer({ accepted, raw })
  const deflating = useWsServer({ accepted, deflate: true })
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-ws-'))
  })
  after(() => rm(folder, { recursive: true }))

  describe('offers compression', () => {
    const offers: readonly [what: string, compression: Endpoint['compression'], offer: string][] = [
      ['as browsers do', neutralCompression, 'permessage-deflate; client_max_window_bits'],
      [
        'with every parameter of the profile',
        {
          serverNoContextTakeover: true,
          clientNoContextTakeover: true,
          serverMaxWindowBits: 10,
          clientMaxWindowBits: 12,
        },
        'permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=12',
      ],
    ]
    for (const [what, compression, offer] of offers) {
      it(what, async () => {
        const { io } = await run(deflating.url('/echo'), { compression, send: texts('bye') })
        const sent = new Map(io.all('request')[0]?.detail.headers)
        assert.equal(sent.get('Sec-WebSocket-Extensions'), offer)
        const agreed = new Map(io.all('response')[0]?.detail.headers)
        assert.match(agreed.get('Sec-WebSocket-Extensions') ?? '', /^permessage-deflate/)
        assert.equal(io.all('message').at(-1)?.detail.compressed, true)
      })
    }

    it('not at all where the profile turns it off', async () => {
      const { io } = await run(deflating.url('/echo'), { compression: null, send: texts('bye') })
      const sent = new Map(io.all('request')[0]?.detail.headers)
      assert.equal(sent.has('Sec-WebSocket-Extensions'), false)
      assert.equal(io.all('message').at(-1)?.detail.compressed, false)
    })
  })

  it('sends text, hexadecimal, base64 and files when it opens, in order', async () => {
    const file = join(folder, 'message.bin')
    await writeFile(file, Uint8Array.of(9, 8, 7))
    const { io, outcome } = await run(server.url('/echo'), {
      send: [
        { kind: 'file', value: file },
        { kind: 'text', value: 'é' },
        { kind: 'hex', value: '00 ff' },
        { kind: 'base64', value: 'AQI=' },
        { kind: 'text', value: 'bye' },
      ],
    })
    assert.equal(outcome.kind, 'done')
    const sent = io.all('message').filter(({ direction }) => direction === 'out')
    assert.deepEqual(sent.map(told), [
      'binary 090807',
      'text c3a9',
      'binary 00ff',
      'binary 0102',
      'text 627965',
    ])
  })

  it('sends messages without content', async () => {
    const endpoint = accept({ url: server.url('/echo'), send: ['', { hex: '' }, 'bye'] })
    const { io } = await run(server.url('/echo'), { send: endpoint.send })
    const [text, binary] = io.all('message').filter(({ direction }) => direction === 'out')
    assert.deepEqual(
      [text, binary].map((one) => one && told(one)),
      ['text ', 'binary '],
    )
    assert.deepEqual([text?.sizeBytes, text?.wireBytes], [0, 6])
  })

  it('says which file cannot be read, and sends the others', async () => {
    const { io, outcome } = await run(server.url('/echo'), {
      send: [{ kind: 'file', value: join(folder, 'nowhere') }, ...texts('bye')],
    })
    assert.equal(outcome.kind, 'done')
    const [error] = io.all('error')
    assert.equal(error?.code, 'file-not-readable')
    assert.equal(error.direction, 'local')
    assert.match(error.detail.message, /^The file of the message does not exist: .*nowhere$/)
    assert.equal(error.detail.cause, 'ENOENT')
  })

  describe('repeats a message', () => {
    const repeat: Partial<Endpoint> = {
      repeat: { message: { kind: 'text', value: 'tick' }, everyMs: 10 },
    }

    function ticks(io: ReturnType<typeof createRecordingIo>): NewFrameOf<'message'>[] {
      return io.all('message').filter(({ direction }) => direction === 'out')
    }

    it('from its opening on, the first time after the interval', async () => {
      const transport = webSocketAt(server.url('/echo'), repeat)
      assert.equal(transport.sender?.repeatMs, 10)
      const io = createRecordingIo()
      const ended = transport.connect(io)
      await io.first('message', () => ticks(io).length === 3)
      const [opened] = io.all('response')
      const [first] = ticks(io)
      assert(opened && first && first.at - opened.at >= 9)
      io.abort()
      await ended
      await transport.close()
      assert.equal(transport.sender?.repeatMs, null)
    })

    it('until it is stopped, and then another one', async () => {
      const transport = webSocketAt(server.url('/echo'), repeat)
      const io = createRecordingIo()
      const ended = transport.connect(io)
      await io.first('message')
      transport.sender?.repeat(null, 0)
      assert.equal(transport.sender?.repeatMs, null)
      const before = ticks(io).length
      transport.sender?.repeat({ type: 'text', text: 'tock' }, 10)
      await io.first('message', (frame) => textOf(frame) === 'tock')
      assert.equal(
        ticks(io)
          .slice(before)
          .every((frame) => textOf(frame) === 'tock'),
        true,
      )
      io.abort()
      await ended
      await transport.close()
    })

    it('on the next connection, too, unless it was stopped', async () => {
      const transport = webSocketAt(server.url('/drops-second'), repeat)
      for (const connection of [1, 2]) {
        const io = createRecordingIo(connection)
        assert.equal((await transport.connect(io)).kind, 'lost')
        assert.equal(ticks(io).length >= 2, true)
      }
      transport.sender?.repeat(null, 0)
      const io = createRecordingIo(3)
      const ended = transport.connect(io)
      await io.first('response')
      await transport.sender?.send({ type: 'text', text: 'a' }).catch(() => null)
      setTimeout(() => io.abort(), 60)
      await ended
      assert.equal(ticks(io).length <= 1, true)
      await transport.close()
    })
  })

  it('is not held back from sending by a flood of what comes in', async () => {
    const resolved = testEndpoint({ url: server.url('/flood'), method: 'websocket' })
    const network = { proxyUrl: null, caPems: null }
    const capturePath = join(folder, 'flood.lifeline')
    const plan = {
      name: 'Flood',
      endpoint: resolved,
      resolved,
      secrets: [],
      network,
      limits: defaultLimits,
      capturePath,
    }
    const capture = createCapture({ path: capturePath, ...plan })
    const transport = createWebSocketTransport(plan)
    let flooded = () => {}
    const flooding = new Promise<void>((resolve) => {
      flooded = resolve
    })
    const session = createSession({
      plan,
      capture,
      source: (io) => createConnectingSource(plan, transport, io),
      onStatus: ({ frames }) => {
        if (frames > 20_000) flooded()
      },
      onFault: (fault) => assert.fail(fault),
    })
    session.start()
    await flooding
    const delays: number[] = []
    for (let i = 0; i < 10; i++) {
      const before = floodReceived.length
      const sentAt = performance.now()
      await session.send({ type: 'text', text: `message ${i}` })
      while (floodReceived.length === before) await new Promise((next) => setImmediate(next))
      delays.push((floodReceived.at(-1)?.at ?? 0) - sentAt)
    }
    const frames = session.status().frames
    await session.stop()
    capture.close()
    delays.sort((a, b) => a - b)
    // Both ends and the capture share this thread: what is measured is the order of things, not speed.
    assert(Number(delays[5]) < 250, `${delays.map(Math.round)} ms, ${frames} frames`)
  })
})

function told({ detail, payload }: NewFrameOf<'message'>): string {
  return `${detail.type} ${Buffer.from(payload ?? []).toString('hex')}`
}
