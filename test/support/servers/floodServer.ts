// A thread that floods: a WebSocket server that sends numbered messages, 100,000 a second, for as long as it is asked to.

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { acceptHead } from './wsServer.ts'

export interface FloodServer {
  /**
   * The path is how many messages are sent before the close frame, 100,000 of them a second. With the query `deaf`
   * a close frame of the client's changes nothing.
   */
  readonly origin: string
  close(): Promise<void>
}

const perSecond = 100_000
const everyMs = 10
const digits = 9

export function startFloodServer(): Promise<FloodServer> {
  const worker = new Worker(new URL(import.meta.url))
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (port) =>
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close: async () => void (await worker.terminate()),
      }),
    )
  })
}

/** Unmasked text frames that hold the numbers from `first` on. [rfc6455] 5.2 */
function frames(first: number, count: number): Buffer {
  const bytes = Buffer.alloc(count * (digits + 2))
  for (let i = 0; i < count; i++) {
    bytes.writeUInt16BE(0x8100 + digits, i * (digits + 2))
    bytes.write(String(first + i).padStart(digits, '0'), i * (digits + 2) + 2, 'latin1')
  }
  return bytes
}

function flood(socket: Socket, count: number, deaf: boolean): void {
  const startedAt = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(count, Math.ceil(((performance.now() - startedAt) / 1000) * perSecond))
    // A receiver that holds the sender back is not buried: TCP's own buffers are enough.
    if (socket.writableNeedDrain) return
    socket.write(frames(sent, due - sent))
    sent = due
    if (sent < count) return
    clearInterval(timer)
    socket.write(Buffer.from('880203e8', 'hex'))
  }, everyMs)
  if (deaf) socket.resume()
  else socket.once('data', () => socket.end())
  socket.on('close', () => clearInterval(timer))
}

if (!isMainThread) {
  const server = createServer()
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy())
    socket.write(acceptHead(request))
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://flood')
    flood(socket, Number(pathname.slice(1)), searchParams.has('deaf'))
  })
  server.listen(0, '127.0.0.1', () =>
    parentPort?.postMessage((server.address() as AddressInfo).port),
  )
}
