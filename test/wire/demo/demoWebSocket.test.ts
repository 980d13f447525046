// The demo server's WebSocket.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get as httpGet } from 'node:http'
import { afterEach, describe, it } from 'mocha'
import { WebSocket } from 'ws'
import { useFreshDemo } from '../../support/servers/useFreshDemo.ts'

describe('demo /ws', () => {
  const demo = useFreshDemo()

  const sockets: WebSocket[] = []
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.terminate()
  })
  /** An open socket and its next messages, in order. */
  async function open(path = '/ws?rate=0') {
    const socket = new WebSocket(demo.url.replace('http', 'ws') + path)
    sockets.push(socket)
    const waiting: string[] = []
    let wake = () => {}
    socket.on('message', (data, isBinary) => {
      waiting.push(isBinary ? `binary ${(data as Buffer).toString('hex')}` : String(data))
      wake()
    })
    await once(socket, 'open')
    const next = async () => {
      while (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return waiting.shift() as string
    }
    return { socket, next }
  }

  it('agrees on compression and echoes unknown text and binary', async () => {
    const { socket, next } = await open()
    assert.match(socket.extensions, /permessage-deflate/)
    for (const text of ['hello', '{"a":1}', '[]', 'null', '{"op":"dance"}']) {
      socket.send(text)
      assert.equal(await next(), text)
    }
    socket.send(Buffer.from([0, 255, 16]))
    assert.equal(await next(), 'binary 00ff10')
  })

  it('sends the trades of a symbol once it is subscribed to', async () => {
    const { socket, next } = await open('/ws?rate=200')
    socket.send('{"op":"subscribe","symbol":"BTC-EUR"}')
    let text = await next()
    while (text.includes('"chat"')) text = await next()
    assert.equal(text, '{"type":"subscribed","symbol":"BTC-EUR"}')
    const trade = JSON.parse(await next().then(async (t) => (t.includes('"chat"') ? next() : t)))
    assert.ok(['trade', 'chat'].includes(trade.type))
    assert.notEqual(trade.symbol, 'ETH-EUR')
  })

  it('says which symbols there are', async () => {
    const { socket, next } = await open()
    socket.send('{"op":"subscribe","symbol":"X"}')
    assert.equal(
      await next(),
      '{"type":"error","message":"symbol must be one of BTC-EUR, ETH-EUR."}',
    )
  })

  it('delivers published chat', async () => {
    const { next } = await open()
    await demo.publish('{"from":"Ada","text":"Hello"}')
    const chat = JSON.parse(await next())
    assert.deepEqual([chat.type, chat.from, chat.text], ['chat', 'Ada', 'Hello'])
  })

  it('pings', async () => {
    const { socket } = await open('/ws?rate=0&ping=10')
    const [data] = await once(socket, 'ping')
    assert.equal(String(data), 'lifeline')
  })

  it('is lost without a close frame when it is to drop, or closed with a code', async () => {
    const dropped = await open('/ws?rate=0&drop=1')
    await demo.publish('one')
    assert.deepEqual((await once(dropped.socket, 'close'))[0], 1006)
    const closed = await open('/ws?rate=0&drop=1&close=4001')
    await demo.publish('two')
    const [code, reason] = await once(closed.socket, 'close')
    assert.deepEqual([code, String(reason)], [4001, 'the demo was asked to close'])
  })

  const refused: [string, number, string | undefined][] = [
    ['/ws?status=503&retry-after=7', 503, '7'],
    ['/other', 404, undefined],
    ['/ws?rate=x', 400, undefined],
  ]
  for (const [path, status, retryAfter] of refused) {
    it(`refuses the handshake of ${path} with ${status}`, async () => {
      const socket = new WebSocket(demo.url.replace('http', 'ws') + path)
      const [, response] = await once(socket, 'unexpected-response')
      response.resume()
      assert.equal(response.statusCode, status)
      assert.equal(response.headers['retry-after'], retryAfter)
    })
  }

  it('tells a plain GET that it speaks WebSocket', async () => {
    const [response] = await once(httpGet(`${demo.url}/ws`), 'response')
    response.resume()
    assert.equal(response.statusCode, 426)
    assert.equal(response.headers.upgrade, 'websocket')
  })
})
