// A test's server on a free port of this machine, and what its sockets carried.

import type { Server, Socket } from 'node:net'

/** Resolves with the port once the server listens. */
export async function listenLocally(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}

/** Ends the connections with it: a server waits for them otherwise. */
export function closeWith(server: Server, sockets: Iterable<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Bytes over all of them, as the system counts them. */
export function socketBytes(sockets: Iterable<Socket>): {
  readonly in: number
  readonly out: number
} {
  const all = [...sockets]
  return {
    in: all.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    out: all.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
  }
}
