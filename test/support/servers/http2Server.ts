// An HTTP/2 server for tests, in the clear or over TLS, whose streams one behaviour answers.

import {
  createSecureServer,
  createServer,
  type Http2Server,
  type Http2Session,
  type IncomingHttpHeaders,
  type SecureServerOptions,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Socket } from 'node:net'
import { closeWith, listenLocally, socketBytes } from './listenLocally.ts'

export interface ReceivedStream {
  readonly stream: ServerHttp2Stream
  readonly headers: IncomingHttpHeaders
  /** As they came: names and values in turn. */
  readonly rawHeaders: readonly string[]
  /** How often the server was asked before. */
  readonly nth: number
  readonly session: Http2Session
  /** Resolves with the request's body. */
  body(): Promise<string>
}

export type Http2Behaviour = (received: ReceivedStream) => void

export interface TestHttp2Server {
  /** `http://127.0.0.1:port`, or https. */
  readonly origin: string
  readonly host: string
  readonly received: readonly ReceivedStream[]
  /** Connections so far. */
  readonly connections: number
  /** Bytes of the plain connections, as the server's sockets count them. */
  bytes(): { readonly in: number; readonly out: number }
  close(): Promise<void>
}

export async function startHttp2Server(
  behave: Http2Behaviour,
  tls?: SecureServerOptions,
): Promise<TestHttp2Server> {
  const received: ReceivedStream[] = []
  const sockets: Socket[] = []
  const server: Http2Server = tls ? createSecureServer(tls) : createServer()
  server.on('connection', (socket: Socket) => sockets.push(socket))
  server.on('secureConnection', (socket: Socket) => sockets.push(socket))
  // A client that goes away is part of many tests.
  server.on('sessionError', () => null)
  server.on('session', (session) => session.on('error', () => null))
  server.on('stream', (stream, headers, _flags, rawHeaders: string[]) => {
    stream.on('error', () => null)
    const { session } = stream
    if (session === undefined) return
    const one = { stream, headers, rawHeaders, nth: received.length, session, body }
    received.push(one)
    behave(one)

    async function body(): Promise<string> {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk)
      return Buffer.concat(chunks).toString()
    }
  })
  const host = `127.0.0.1:${await listenLocally(server)}`

  return {
    origin: `${tls ? 'https' : 'http'}://${host}`,
    host,
    received,
    get connections() {
      return tls ? sockets.length / 2 : sockets.length
    },
    bytes: () => socketBytes(sockets),
    close: () => closeWith(server, sockets),
  }
}

/** A behaviour that answers at once. */
export function respond(
  status: number,
  headers: Readonly<Record<string, string | string[]>> = {},
  body: string | Uint8Array = '',
): Http2Behaviour {
  return ({ stream }) => {
    stream.respond({ ':status': status, ...headers })
    stream.end(body)
  }
}
