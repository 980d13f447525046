// Listens on this machine alone, and makes a pair of each connection that comes.

import { createServer, type Server, type Socket } from 'node:net'
import type { TapSettings } from '../../shared/endpoint/tapSettings.ts'
import type { SessionPlan } from '../../shared/session/sessionPlan.ts'
import { createNetwork } from '../transports/network/network.ts'
import { targetOf } from '../transports/network/target.ts'
import { createPair, type Pair } from './pair.ts'
import type { RelayContext } from './relayContext.ts'
import type { SocketFailure } from './relayEvents.ts'
import { relayLimits } from './relayLimits.ts'
import type { Teller } from './teller.ts'

/** What a relay needs of a session's plan. Plain data. */
export interface RelayPlan
  extends Pick<SessionPlan, 'resolved' | 'network' | 'secrets' | 'limits'> {
  readonly settings: TapSettings
}

export interface RelayServer {
  /** Resolves with the port. Rejects with the system's error. */
  listen(): Promise<number>
  /** The tap is reached under this name, too: `name.example`, without a port. */
  allow(host: string): void
  /** Resolves when every socket is closed. */
  stop(): Promise<void>
}

/** The addresses of this machine that no other one reaches. The first one has the say about the port. */
const addresses = ['127.0.0.1', '::1'] as const
/** A free port at one address may be taken at the other. */
const attempts = 10

export function createRelayServer(
  { resolved, network, secrets, limits, settings }: RelayPlan,
  teller: Teller,
  onFailure: (failure: SocketFailure) => void,
): RelayServer {
  const hosts = new Set<string>()
  const context: RelayContext = {
    network: createNetwork({ resolved, network, secrets }),
    server: httpUrl(targetOf(resolved).request.url),
    change: settings.change,
    hosts,
    headBytes: limits.headBytes,
    teller,
  }
  const pairs = new Map<number, Pair>()
  let servers: readonly Server[] = []
  let lastId = 0
  let stopping = false
  let onEmpty: (() => void) | null = null

  function accept(socket: Socket): void {
    if (stopping) {
      socket.destroy()
      return
    }
    const id = ++lastId
    const pair = createPair(id, socket, context, () => {
      pairs.delete(id)
      if (pairs.size === 0) onEmpty?.()
    })
    pairs.set(id, pair)
  }

  async function listenOn(port: number): Promise<readonly Server[]> {
    const first = await open(addresses[0], port)
    try {
      return [first, await open(addresses[1], portOf(first))]
    } catch (error) {
      // A machine without IPv6.
      if (codeOf(error) !== 'EADDRINUSE') return [first]
      await closed(first)
      throw error
    }
  }

  async function listen(): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        servers = await listenOn(settings.port ?? 0)
        break
      } catch (error) {
        const isTaken = codeOf(error) === 'EADDRINUSE'
        if (!isTaken || settings.port !== null || attempt === attempts) throw error
      }
    }
    for (const server of servers) server.on('error', (error) => onFailure(failureOf(error)))
    return portOf(servers[0] as Server)
  }

  function open(host: string, port: number): Promise<Server> {
    const { promise, resolve, reject } = Promise.withResolvers<Server>()
    const server = createServer({ allowHalfOpen: true, noDelay: true }, accept)
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve(server)
    })
    return promise
  }

  async function allClosed(): Promise<void> {
    if (pairs.size === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    onEmpty = resolve
    for (const pair of pairs.values()) pair.stop()
    const timer = setTimeout(() => {
      for (const pair of pairs.values()) pair.destroy()
    }, relayLimits.stopMs)
    await promise
    clearTimeout(timer)
  }

  return {
    listen,
    allow: (host) => hosts.add(host.toLowerCase()),
    async stop() {
      stopping = true
      const listening = servers.map(closed)
      await allClosed()
      await Promise.all(listening)
      context.network.close()
    },
  }
}

function httpUrl(target: URL): URL {
  const url = new URL(target)
  url.protocol = url.protocol.replace('ws', 'http')
  return url
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A tap listens on a port.')
  return address.port
}

function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  return promise
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

export function failureOf(error: unknown): SocketFailure {
  return { code: codeOf(error), message: error instanceof Error ? error.message : String(error) }
}
