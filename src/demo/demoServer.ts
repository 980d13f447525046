// The demo server: one live feed behind polling, long polling, Server-Sent Events and WebSocket.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import { isAuthorized, visitCookie } from './admission.ts'
import { createRefusalCounter, type DemoQuery, defaultPace, parseDemoQuery } from './demoQuery.ts'
import { answerLongPoll, answerPoll, answerPublish, sendJson, type Visit } from './httpRoutes.ts'
import { answerIndex, pageAssets } from './indexRoute.ts'
import { createLiveFeeds } from './liveFeeds.ts'
import { modelRoute, responsesPath, serveModelSocket } from './modelRoutes.ts'
import { refuseUpgrade } from './refuseUpgrade.ts'
import { answerRecords, answerSse, serveWebSocket } from './streamRoutes.ts'

export interface DemoServer {
  /** `http://127.0.0.1:7411`, `https:` with a certificate, `unix:/path:` on a socket; a path follows it. */
  readonly url: string
  /** 0 on a Unix socket. */
  readonly port: number
  /** Ends every connection and frees the port. */
  close(): Promise<void>
}

export interface DemoServerOptions {
  /** 0 takes a free one. Rejects with `EADDRINUSE` when it is taken. */
  readonly port: number
  readonly host: string
  /** Listens on this Unix socket instead of host and port. */
  readonly socketPath?: string
  /** PEM. With `ca`, clients must show a certificate that one of these issued. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string }
  /** Equal seeds give equal trades. */
  readonly seed?: number
  /** Epoch ms; the feed's clock. */
  readonly now?: () => number
}

const challenge = 'Bearer, Basic realm="demo"'
const unauthorized = 'Send the secret of the query as bearer token, password or API key.'

const routes: Readonly<Record<string, (visit: Visit) => void | Promise<void>>> = {
  'GET /': answerIndex,
  ...pageAssets,
  'GET /poll': answerPoll,
  'GET /long-poll': answerLongPoll,
  'POST /long-poll': answerLongPoll,
  'GET /sse': answerSse,
  'POST /sse': answerSse,
  'GET /ndjson': answerRecords,
  'GET /json-seq': answerRecords,
  'GET /text': answerRecords,
  'POST /publish': answerPublish,
  'GET /ws': ({ response }) => {
    response.setHeader('Upgrade', 'websocket')
    sendJson(response, 426, { error: 'This path speaks WebSocket: connect with ws://.' })
  },
}

/** Resolves when it listens. */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const now = options.now ?? Date.now
  const feeds = createLiveFeeds({ seed: options.seed ?? 1, defaultPace, now })
  const refusals = createRefusalCounter()
  const sockets = new Set<Socket>()
  const closing = new AbortController()
  const server = makeServer(options)
  // A low threshold, so that small messages show what compression does to them.
  const upgrades = new WebSocketServer({
    noServer: true,
    perMessageDeflate: { threshold: 64 },
    autoPong: false,
  })
  let origin = ''

  /** Waits and refuses as asked; answers with whether the request goes on. */
  async function admit(url: URL, query: DemoQuery): Promise<boolean> {
    const refused = refusals.refuses(url, query, now())
    if (query.delayMs > 0) await delay(query.delayMs, undefined, { signal: closing.signal })
    return !refused
  }

  async function handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { url, query } = readTarget(request)
      const name = `${request.method} ${url.pathname}`
      const route =
        routes[name] ?? (request.method === 'POST' ? modelRoute(url.pathname) : undefined)
      if (typeof query === 'string') return sendJson(response, 400, { error: query })
      if (!route) return sendJson(response, 404, { error: `There is no ${name} here.` })
      const cookie = visitCookie(request, url.searchParams)
      if (cookie !== null) response.setHeader('Set-Cookie', cookie)
      if (!isAuthorized(request, url.searchParams)) {
        response.setHeader('WWW-Authenticate', challenge)
        return sendJson(response, 401, { error: unauthorized })
      }
      if (await admit(url, query)) {
        return await route({ request, response, url, query, feeds, origin })
      }
      response.setHeader('Retry-After', String(query.retryAfterSeconds))
      sendJson(response, query.status ?? 503, { error: 'draining' })
    } catch (error) {
      if (closing.signal.aborted || response.headersSent || request.destroyed) response.destroy()
      else sendJson(response, 500, { error: String(error) })
    }
  }

  async function handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    const { url, query } = readTarget(request)
    socket.on('error', () => socket.destroy())
    if (typeof query === 'string') return refuseUpgrade(socket, 400, { error: query })
    const isModel = url.pathname === responsesPath
    if (url.pathname !== '/ws' && !isModel) {
      return refuseUpgrade(socket, 404, { error: `There is no WebSocket at ${url.pathname}.` })
    }
    if (!isAuthorized(request, url.searchParams)) {
      const more = { 'WWW-Authenticate': challenge }
      return refuseUpgrade(socket, 401, { error: unauthorized }, more)
    }
    try {
      if (await admit(url, query)) {
        upgrades.handleUpgrade(request, socket, head, (ws) =>
          isModel ? serveModelSocket(ws, query) : serveWebSocket(ws, query, feeds),
        )
      } else {
        const more = { 'Retry-After': String(query.retryAfterSeconds) }
        refuseUpgrade(socket, query.status ?? 503, { error: 'draining' }, more)
      }
    } catch {
      // The delay was cut short because the server closes.
      socket.destroy()
    }
  }

  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('request', handleRequest)
  server.on('upgrade', handleUpgrade)
  await listen(server, options)
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  origin = originOf(options, port)
  return {
    url: origin,
    port,
    async close() {
      closing.abort()
      feeds.close()
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** The target alone decides; a Host header that is no host must not break the parsing. */
function readTarget({ url: target }: IncomingMessage): { url: URL; query: DemoQuery | string } {
  const url = new URL(`http://demo.invalid${target?.startsWith('/') ? target : '/'}`)
  return { url, query: parseDemoQuery(url.searchParams) }
}

async function listen(
  server: Server,
  { port, host, socketPath }: DemoServerOptions,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath === undefined ? { port, host } : { path: socketPath }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function makeServer({ tls }: DemoServerOptions): Server {
  if (tls === undefined) return createServer()
  return createTlsServer({ ...tls, requestCert: tls.ca !== undefined })
}

function originOf({ host, socketPath, tls }: DemoServerOptions, port: number): string {
  if (socketPath !== undefined) return `unix:${socketPath}:`
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
}
