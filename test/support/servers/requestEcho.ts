// A server on loopback that keeps each request as it came, over plain TCP and TLS on one port, and on a Unix socket.

import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { makeCertificate } from './testCertificate.ts'

export interface RequestEcho {
  readonly port: number
  /** Head and body in UTF-8, in the order in which they came. */
  readonly requests: readonly string[]
  /** Also on a Unix socket of this path. */
  listen(path: string): Promise<void>
  close(): Promise<void>
}

export async function startRequestEcho(): Promise<RequestEcho> {
  const { cert, key } = makeCertificate({ name: 'echo' })
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const servers: Server[] = []

  function serve(socket: Socket): void {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      const size = requestSize(bytes)
      if (size === null || bytes.length < size) return
      requests.push(bytes.subarray(0, size).toString('utf8'))
      bytes = bytes.subarray(size)
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    })
  }

  function accept(socket: Socket): void {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.once('data', (chunk) => {
      socket.pause()
      socket.unshift(chunk)
      // A TLS record of a handshake begins with 22.
      if (chunk[0] === 22) serve(new TLSSocket(socket, { isServer: true, cert, key }))
      else {
        serve(socket)
        socket.resume()
      }
    })
  }

  async function listenOn(at: string | number): Promise<Server> {
    const server = createServer(accept)
    servers.push(server)
    if (typeof at === 'string') server.listen(at)
    else server.listen(at, '127.0.0.1')
    await once(server, 'listening')
    return server
  }

  const main = await listenOn(0)
  return {
    port: (main.address() as AddressInfo).port,
    requests,
    async listen(path) {
      await listenOn(path)
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => server.close() && once(server, 'close')))
    },
  }
}

/** Null while the head is not there. */
function requestSize(bytes: Buffer): number | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const length = /^content-length: *(\d+)/im.exec(bytes.toString('latin1', 0, end))?.[1]
  return end + 4 + Number(length ?? 0)
}
