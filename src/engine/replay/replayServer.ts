// A server that gives the answers of a capture to whoever asks on this machine.

import { createServer, type IncomingMessage, ServerResponse } from 'node:http'
import type { Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { closed, listenOnLoopback } from '../relay/loopbackServers.ts'
import { isOwnName, ownTarget } from '../relay/ownNames.ts'
import type { Timers } from '../session/timers.ts'
import { judgeOrigin, preflightFields } from './allowedOrigins.ts'
import type { Replay, ReplayOptions, Served } from './replay.ts'
import { replayLimits } from './replayLimits.ts'
import { createRoutes } from './routes.ts'
import { sayInWords } from './sayInWords.ts'
import type { Script } from './script/script.ts'
import { webSocket } from './script/turnHead.ts'
import { createUpgrades, refuseUpgrade } from './upgrades.ts'

export interface ReplayServer {
  /** Resolves with the port; null takes a free one. Rejects with the system's error. */
  listen(port: number | null): Promise<number>
  /** Resolves when every socket is closed and no timer is left. */
  stop(): Promise<void>
}

export interface ReplayServerOptions {
  readonly script: Script
  readonly options: ReplayOptions
  readonly timers: Pick<Timers, 'now' | 'after'>
  payload(seq: number): Uint8Array
  tell(served: Served): void
}

/** Why a request is not answered by what was recorded. */
interface Refusal {
  readonly status: number
  readonly words: string
}

const noNames: ReadonlySet<string> = new Set()

export function createReplayServer(given: ReplayServerOptions): ReplayServer {
  const { script, options, timers } = given
  const sockets = new Set<Socket>()
  const stops = new Set<() => void>()
  let servers: readonly Server[] = []
  const replay: Replay = {
    ...{ options, timers, payload: given.payload, tell: given.tell },
    whileOpen(stop) {
      stops.add(stop)
      return () => stops.delete(stop)
    },
  }
  const routes = createRoutes(script, replay)
  const upgrades = createUpgrades(routes, replay)

  function tell(method: string, { url: target = '' }: IncomingMessage, refusal: Refusal): void {
    given.tell({ at: timers.now(), method, target, ...refusal })
  }

  /** Null where it may be answered. */
  function judge({ headers, url = '' }: IncomingMessage): Refusal | null {
    const { host, origin } = headers
    if (host !== undefined && !isOwnName(host, noNames)) {
      return { status: 403, words: 'Host is none of this machine: use localhost' }
    }
    if (ownTarget(url, noNames) === null) return { status: 400, words: 'this is no proxy' }
    if (judgeOrigin(origin, options.cors) === 'foreign') {
      return { status: 403, words: `a page of ${origin} may not read it: --cors ${origin} lets it` }
    }
    return null
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => response.destroy())
    const refusal = judge(request)
    if (refusal !== null) {
      tell(request.method ?? '', request, refusal)
      sayInWords({ response, origin: null }, refusal.status, refusal.words)
      return
    }
    const { origin = null } = request.headers
    const asked = request.headers['access-control-request-method']
    if (request.method === 'OPTIONS' && origin !== null && asked !== undefined) {
      const headers = request.headers['access-control-request-headers']
      for (const [name, value] of preflightFields(origin, { method: asked, headers })) {
        response.setHeader(name, value)
      }
      response.writeHead(204).end()
      tell('OPTIONS', request, { status: 204, words: 'preflight' })
      return
    }
    routes.answer({ request, response, origin })
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      // Another protocol may be offered at any request, and is not taken: it is answered as it stands. [rfc9110] 7.8
      const response = new ServerResponse(request)
      response.shouldKeepAlive = false
      response.assignSocket(socket as Socket)
      response.on('finish', () => socket.end())
      handle(request, response)
      return
    }
    const refusal = judge(request)
    if (refusal !== null) {
      tell(webSocket, request, refusal)
      refuseUpgrade(socket, refusal.status, refusal.words)
      return
    }
    upgrades.take(request, socket, head)
  }

  function make(): Server {
    const server = createServer({
      maxHeaderSize: replayLimits.headBytes,
      requestTimeout: replayLimits.requestMs,
    })
    server.maxConnections = replayLimits.connections
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    server.on('request', handle)
    server.on('upgrade', upgrade)
    return server
  }

  return {
    async listen(port) {
      const listening = await listenOnLoopback(make, port)
      servers = listening.servers
      return listening.port
    },
    async stop() {
      const all = servers.map(closed)
      for (const stop of [...stops]) stop()
      for (const socket of sockets) socket.destroy()
      await Promise.all(all)
    },
  }
}
