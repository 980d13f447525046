// Listens at the addresses of this machine that no other one reaches.

import type { Server } from 'node:net'

/** The first one has the say about the port. */
const addresses = ['127.0.0.1', '::1'] as const
/** A free port at one address may be taken at the other. */
const attempts = 10

export interface LoopbackServers {
  readonly port: number
  readonly servers: readonly Server[]
}

/** `port` null takes a free one. `make`: a server for each address. Rejects with the system's error. */
export async function listenOnLoopback(
  make: () => Server,
  port: number | null,
): Promise<LoopbackServers> {
  for (let attempt = 1; ; attempt++) {
    try {
      const servers = await listenOn(make, port ?? 0)
      return { servers, port: portOf(servers[0] as Server) }
    } catch (error) {
      const isTaken = codeOf(error) === 'EADDRINUSE'
      if (!isTaken || port !== null || attempt === attempts) throw error
    }
  }
}

/** Resolves when its last connection is closed. */
export function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  return promise
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

async function listenOn(make: () => Server, port: number): Promise<readonly Server[]> {
  const first = await open(make(), addresses[0], port)
  try {
    return [first, await open(make(), addresses[1], portOf(first))]
  } catch (error) {
    // A machine without IPv6.
    if (codeOf(error) !== 'EADDRINUSE') return [first]
    await closed(first)
    throw error
  }
}

function open(server: Server, host: string, port: number): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>()
  server.once('error', reject)
  server.listen({ host, port, exclusive: true }, () => {
    server.off('error', reject)
    resolve(server)
  })
  return promise
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.')
  return address.port
}
