// A loopback WebSocket server for tests: one path is one behaviour.

import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { Server, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { closeWith, listenLocally } from './listenLocally.ts'

/** What the server does with a connection that it accepted. */
export type Behaviour = (ws: WebSocket, request: IncomingMessage) => void
/** What it does with the bare socket instead of a handshake of its own. */
export type RawBehaviour = (socket: Socket, request: IncomingMessage) => void

export interface TestWsServer {
  /** `ws://127.0.0.1:port` and the path. */
  url(path: string): string
  readonly port: number
  close(): Promise<void>
}

export interface Behaviours {
  readonly accepted?: Readonly<Record<string, Behaviour>>
  readonly raw?: Readonly<Record<string, RawBehaviour>>
  /** `perMessageDeflate` of `ws`; off when absent. */
  readonly deflate?: boolean
  /** Another server to listen with, such as a TLS one. */
  readonly server?: Server
}

export async function startWsServer(behaviours: Behaviours): Promise<TestWsServer> {
  const { accepted = {}, raw = {}, server = createServer() } = behaviours
  const sockets = new Set<Socket>()
  const accepting = new WebSocketServer({
    noServer: true,
    perMessageDeflate: behaviours.deflate ? { threshold: 0 } : false,
    handleProtocols: (offered) => offered.values().next().value ?? false,
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const path = new URL(request.url ?? '/', 'ws://x').pathname
    const bare = raw[path]
    const behave = accepted[path]
    if (bare) bare(socket, request)
    else if (behave) accepting.handleUpgrade(request, socket, head, (ws) => behave(ws, request))
    else socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot here\n')
  })
  const port = await listenLocally(server)
  return {
    port,
    url: (path) => `ws://127.0.0.1:${port}${path}`,
    close: () => closeWith(server, sockets),
  }
}

/** The head of a handshake that is accepted, with fields of the test's own. [rfc6455] 4.2.2 */
export function acceptHead(request: Pick<IncomingMessage, 'headers'>, ...fields: string[]): string {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `sec-websocket-ACCEPT: ${accept}`,
    'X-Twice: 1',
    'x-twice: 2',
    ...fields,
    '',
    '',
  ].join('\r\n')
}
