// A raw HTTP server for tests: it reads requests and lets one behaviour per path write any bytes at all.

import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { closeWith, listenLocally, socketBytes } from './listenLocally.ts'

export interface ReceivedRequest {
  readonly method: string
  readonly target: string
  /** Path without query. */
  readonly path: string
  /** The head as it came, without the empty line. */
  readonly head: string
  readonly body: Buffer
  /** The first value of a field; case does not matter. */
  header(name: string): string | null
  /** 1 for the first connection that the server saw. */
  readonly connection: number
  readonly socket: Socket
  /** How often this path was asked before. */
  readonly nth: number
}

export type HttpBehaviour = (request: ReceivedRequest) => void

export interface TestHttpServer {
  /** `http://127.0.0.1:port`, or https. */
  readonly origin: string
  readonly host: string
  readonly requests: readonly ReceivedRequest[]
  /** Connections so far. */
  readonly connections: number
  /** Bytes over all connections, as the server's sockets count them. */
  bytes(): { readonly in: number; readonly out: number }
  close(): Promise<void>
}

/** Paths without a behaviour are answered 404. */
export async function startHttpServer(
  behaviours: Readonly<Record<string, HttpBehaviour>>,
  tls?: TlsOptions,
): Promise<TestHttpServer> {
  const requests: ReceivedRequest[] = []
  const sockets = new Set<Socket>()
  let connections = 0

  function accept(socket: Socket): void {
    connections++
    const connection = connections
    let buffered = Buffer.alloc(0)
    sockets.add(socket)
    // A client that goes away is part of many tests.
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      buffered = Buffer.concat([buffered, bytes])
      for (;;) {
        const taken = takeRequest(buffered)
        if (taken === null) return
        buffered = buffered.subarray(taken.size)
        const nth = requests.filter(({ path }) => path === taken.request.path).length
        const request = { ...taken.request, connection, socket, nth }
        requests.push(request)
        const behave = behaviours[request.path] ?? answer(404, [], 'nothing here')
        behave(request)
      }
    })
  }

  const server: Server = tls ? createTlsServer(tls, accept) : createServer(accept)
  server.on('tlsClientError', () => null)
  const host = `127.0.0.1:${await listenLocally(server)}`

  return {
    origin: `${tls ? 'https' : 'http'}://${host}`,
    host,
    requests,
    get connections() {
      return connections
    },
    bytes: () => socketBytes(sockets),
    close: () => closeWith(server, sockets),
  }
}

/** The bytes of an answer with a Content-Length. */
export function answerBytes(
  status: number,
  headers: readonly string[] = [],
  body: string | Uint8Array = '',
): Buffer {
  const bytes = Buffer.from(body)
  const lines = [`HTTP/1.1 ${status} Status ${status}`, ...headers]
  if (status !== 204 && status !== 304) lines.push(`Content-Length: ${bytes.byteLength}`)
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes])
}

/** A behaviour that answers in one piece and keeps the connection. */
export function answer(
  status: number,
  headers: readonly string[] = [],
  body: string | Uint8Array = '',
): HttpBehaviour {
  return ({ socket }) => socket.write(answerBytes(status, headers, body))
}

/** A behaviour that writes these bytes as they are. */
export function raw(
  text: string | Uint8Array,
  then: 'keep' | 'end' | 'reset' = 'keep',
): HttpBehaviour {
  return ({ socket }) => {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text
    socket.write(bytes, () => {
      if (then === 'end') socket.end()
      if (then === 'reset') socket.resetAndDestroy()
    })
  }
}

/** Answers in turn; the last one again and again. */
export function inTurn(...behaviours: readonly HttpBehaviour[]): HttpBehaviour {
  return (request) => behaviours[Math.min(request.nth, behaviours.length - 1)]?.(request)
}

type Taken = Pick<ReceivedRequest, 'method' | 'target' | 'path' | 'head' | 'body' | 'header'>

function takeRequest(bytes: Buffer): { readonly request: Taken; readonly size: number } | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const [start = '', ...lines] = head.split('\r\n')
  const [method = '', target = ''] = start.split(' ')
  const header = (name: string) => {
    const line = lines.find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    return line === undefined ? null : line.slice(name.length + 1).trim()
  }
  const size = end + 4 + Number(header('content-length') ?? 0)
  if (bytes.byteLength < size) return null
  const path = target.replace(/^http:\/\/[^/]*/, '').replace(/\?.*/, '')
  return {
    request: { method, target, path, head, header, body: bytes.subarray(end + 4, size) },
    size,
  }
}
