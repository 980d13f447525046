// The other end of the measurements, in a process of its own: floods by WebSocket and SSE, answers polls.
// Frames are made once and written in large pieces, so that the server is never what is measured.

import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

const pieceBytes = 256 * 1024
const acceptKey = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench')
  if (pathname === '/poll') {
    response.setHeader('Content-Type', 'application/json')
    response.end('{"price":70111.5,"symbol":"BTC-EUR"}')
    return
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  const { count, size } = wanted(searchParams)
  flood(response, sseEvent(size), count).then(() => response.end())
})

server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://bench')
  const { count, size } = wanted(searchParams)
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}${acceptKey}`)
    .digest('base64')
  socket.on('error', () => socket.destroy())
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  const rate = searchParams.get('rate')
  const sent =
    rate === null
      ? flood(socket, textFrame(size, searchParams.has('rpc')), count)
      : tick(socket, Number(rate), count)
  sent.then(() => {
    // Close 1000; the client's answer is the first thing that it sends. [rfc6455] 5.5.1
    socket.once('data', () => socket.end())
    socket.write(Buffer.from('880203e8', 'hex'))
  })
})

function wanted(query: URLSearchParams): { count: number; size: number } {
  return { count: Number(query.get('count')), size: Number(query.get('size')) }
}

/** An unmasked text frame of `size` bytes of JSON; `rpc`: a notification of JSON-RPC. [rfc6455] 5.2 */
function textFrame(size: number, rpc = false): Buffer {
  const payload = rpc ? notification(size) : json(size)
  const head =
    size < 126 ? Buffer.from([0x81, size]) : Buffer.from([0x81, 126, size >> 8, size & 255])
  return Buffer.concat([head, payload])
}

function sseEvent(size: number): Buffer {
  return Buffer.from(`id: 7\nevent: trade\ndata: ${json(size)}\n\n`)
}

function json(size: number): Buffer {
  const start = '{"type":"trade","symbol":"BTC-EUR","note":"'
  return Buffer.from(`${start}${'x'.repeat(size - start.length - 2)}"}`)
}

function notification(size: number): Buffer {
  const start = '{"jsonrpc":"2.0","method":"trade","params":{"symbol":"BTC-EUR","note":"'
  return Buffer.from(`${start}${'x'.repeat(size - start.length - 3)}"}}`)
}

async function flood(to: NodeJS.WritableStream, one: Buffer, count: number): Promise<void> {
  const perPiece = Math.max(1, Math.floor(pieceBytes / one.length))
  const piece = Buffer.concat(Array<Buffer>(perPiece).fill(one))
  for (let left = count; left > 0; left -= perPiece) {
    const data = left >= perPiece ? piece : piece.subarray(0, left * one.length)
    if (!to.write(data)) await new Promise((resolve) => to.once('drain', resolve))
  }
}

/** So many messages a second, each with the time at which it leaves, in epoch ms. */
async function tick(to: Duplex, perSecond: number, count: number): Promise<void> {
  const began = performance.now()
  for (let sent = 0; sent < count; ) {
    const due = Math.min(count, Math.ceil(((performance.now() - began) * perSecond) / 1000))
    const sentAt = performance.timeOrigin + performance.now()
    let text = ''
    const frames: Buffer[] = []
    for (; sent < due; sent++) {
      text = `{"type":"trade","symbol":"BTC-EUR","id":${sent},"sentAt":${sentAt}}`
      frames.push(Buffer.from([0x81, text.length]), Buffer.from(text, 'latin1'))
    }
    if (!to.write(Buffer.concat(frames))) await new Promise((resolve) => to.once('drain', resolve))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
