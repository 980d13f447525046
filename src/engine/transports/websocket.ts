// The WebSocket method: opens a connection on `ws`, records its handshake, and watches it while it is open.

import type { Socket } from 'node:net'
import { type ClientOptions, WebSocket } from 'ws'
import type { HeaderPairs } from '../../shared/frame.ts'
import { RpcError } from '../../shared/rpc.ts'
import type { Fault } from '../protocols/fault.ts'
import { timeoutFault } from '../protocols/httpFault.ts'
import { networkError, proxyFault } from '../protocols/networkError.ts'
import { wsHandshakeError } from '../protocols/wsError.ts'
import { now } from './clock.ts'
import { remark } from './httpFrames.ts'
import { isLasting } from './httpOutcome.ts'
import { loadMessage } from './loadMessage.ts'
import { createNetwork, type NetworkOptions } from './network.ts'
import { SetupError } from './setupError.ts'
import { targetOf } from './target.ts'
import type { ConnectionIo, Outcome, Transport, TransportOptions } from './transport.ts'
import { type WsConnection, watchWebSocket } from './wsConnection.ts'
import { type Handshake, watchHandshake } from './wsHandshake.ts'

/** How long the peer may take to answer our close frame, or to close the socket after its own. */
const closeTimeoutMs = 2000

/** What the type declarations of `ws` lack: new options, Node's own, header fields with several values. */
type WsOptions = Omit<ClientOptions, 'headers' | 'checkServerIdentity'> &
  NetworkOptions & {
    readonly closeTimeout: number
    readonly maxHeaderSize: number
    readonly headers: Readonly<Record<string, string | string[]>>
  }

export function createWebSocketTransport(options: TransportOptions): Transport {
  const { endpoint, limits } = options
  const network = createNetwork(options)
  const { request } = targetOf(endpoint)
  const url = webSocketUrl(request.url)
  const way = network.wayTo(url)
  const { cookies } = network
  let current: WsConnection | null = null

  function connect(io: ConnectionIo): Promise<Outcome> {
    if (io.signal.aborted) return Promise.resolve({ kind: 'stopped' })
    const startedAt = now()
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
    let handshake: Handshake | null = null
    let settled = false

    let ws: WebSocket
    try {
      const wsOptions: WsOptions = {
        ...network.optionsFor(url),
        headers: headersOf(cookies?.addTo(request.headers, url) ?? request.headers),
        // The pong is sent by us, after the ping has been recorded.
        autoPong: false,
        closeTimeout: closeTimeoutMs,
        // `ws` keeps it in 32 bits.
        maxPayload: Math.min(limits.messageBytes, 2 ** 31 - 1),
        maxHeaderSize: limits.headBytes,
        finishRequest(handshaking) {
          handshake = watchHandshake(handshaking, { io, limits, url, startedAt, way, cookies })
          if (way.proxy !== undefined) handshaking.on('proxyConnect', handleProxy)
          handshaking.end()
        },
      }
      ws = new WebSocket(url, [...endpoint.subprotocols], wsOptions as object)
    } catch (error) {
      const fault = unsendable(error)
      emitFault(fault, 'local')
      return Promise.resolve({ kind: 'refused', message: fault.message })
    }
    const timer = setTimeout(handleTimeout, Math.min(endpoint.timeoutMs, limits.maxDelayMs))
    io.signal.addEventListener('abort', handleAbort, { once: true })
    ws.on('error', handleError)
    ws.on('unexpected-response', (_request, response) => {
      if (settled) return
      handshake?.refuse(response).then(settle, reject)
    })
    ws.once('open', () => {
      const socket = handshake?.socket
      if (socket) handleOpen(socket)
    })
    return promise

    /** The handshake is over, or has become an open connection. */
    function leaveHandshake(): void {
      settled = true
      clearTimeout(timer)
      io.signal.removeEventListener('abort', handleAbort)
    }

    function settle(outcome: Outcome): void {
      if (settled) return
      leaveHandshake()
      handshake?.end()
      ws.terminate()
      resolve(io.signal.aborted ? { kind: 'stopped' } : outcome)
    }

    function fail(fault: Fault, kind: 'lost' | 'refused', direction: 'in' | 'local' = 'in'): void {
      if (settled) return
      emitFault(fault, direction)
      settle({ kind, message: fault.message })
    }

    function emitFault({ code, ...detail }: Fault, direction: 'in' | 'local'): void {
      const replyTo = handshake?.requestSeq ?? null
      const place = { at: now(), connection: io.connection, replyTo }
      io.emit(remark('error', direction, code, detail, place))
    }

    function handleTimeout(): void {
      // A refusal whose body does not end is recorded with what came of it.
      if (handshake?.answered) {
        handshake.cut()
        return
      }
      const phase = handshake?.phase() ?? 'connect'
      fail(timeoutFault(endpoint.timeoutMs, { phase, ...faultPlace() }), 'lost', 'local')
    }

    function handleAbort(): void {
      if (handshake?.answered) handshake.cut()
      else settle({ kind: 'stopped' })
    }

    function handleProxy(answer: {
      readonly statusCode: number
      readonly statusText: string
    }): void {
      if (answer.statusCode === 200) return
      const words = `${answer.statusCode} ${answer.statusText}`.trim()
      const message = `The proxy ${way.proxy} refused the way to ${url.host}: ${words}`
      fail(proxyFault(message, String(answer.statusCode)), 'lost')
    }

    function handleError(error: Error): void {
      if (settled) return
      if (handshake?.refused) {
        // The body of the refusal broke off: what came of it is delivered in the next turn.
        setImmediate(() => handshake?.cut())
        return
      }
      if (handshake?.answered) {
        fail(wsHandshakeError(error), 'refused')
        return
      }
      const fault = networkError(error, faultPlace())
      fail(fault, fault.code === 'tls-untrusted' || isLasting(fault) ? 'refused' : 'lost')
    }

    function faultPlace() {
      const secure = url.protocol === 'wss:'
      const port = url.port || (secure ? '443' : '80')
      const host = way.socketPath ?? `${url.hostname}:${port}`
      const proxy = handshake?.socket ? undefined : way.proxy
      return { host, proxy, secure, certified: way.certified }
    }

    function handleOpen(socket: Socket): void {
      leaveHandshake()
      const live = watchWebSocket(ws, socket, io, limits)
      current = live
      live.ended.then(resolve, reject)
      io.opened()
      sendFirst(live).catch(reject)
    }

    async function sendFirst(live: WsConnection): Promise<void> {
      for (const content of endpoint.send) {
        try {
          const message = await loadMessage(content)
          // One that can no longer leave needs no word of its own: the closing is drawn.
          live.send(message).catch(() => null)
        } catch (error) {
          if (content.kind !== 'file') throw error
          const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
          const message = `The file ${content.value} cannot be read (${cause}): its message was not sent.`
          emitFault({ code: 'file-not-readable', message, cause }, 'local')
        }
      }
    }
  }

  return {
    connect,
    send(message) {
      if (current !== null) return current.send(message)
      return Promise.reject(new RpcError('not-open', 'There is no open WebSocket to send on.'))
    },
    async close() {
      network.close()
    },
  }
}

/** `http:` and `https:` mean the same as `ws:` and `wss:`; a fragment never leaves the client. */
function webSocketUrl(from: URL): URL {
  const url = new URL(from)
  if (url.protocol === 'http:') url.protocol = 'ws:'
  if (url.protocol === 'https:') url.protocol = 'wss:'
  url.hash = ''
  return url
}

/** The user's header fields; those of one name are gathered under the first one's letter case. */
function headersOf(fields: HeaderPairs): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  const names = new Map<string, string>()
  for (const [given, value] of fields) {
    const name = names.get(given.toLowerCase()) ?? given
    names.set(given.toLowerCase(), name)
    const before = headers[name]
    headers[name] = before === undefined ? value : [before, value].flat()
  }
  return names.has('user-agent') ? headers : { 'User-Agent': 'Lifeline', ...headers }
}

/** What `ws`, Node or a proxy's URL refuses before anything leaves: the user's fault, told in the timeline. */
function unsendable(error: unknown): Fault {
  if (error instanceof SetupError) return error.fault
  if (!(error instanceof Error)) throw error
  const cause = 'code' in error ? String(error.code) : error.name
  // `ws` throws a SyntaxError for the URL and the subprotocols, Node a coded error for header fields.
  if (!('code' in error) && !(error instanceof SyntaxError)) throw error
  return {
    code: 'request-invalid',
    message: `The handshake cannot be sent: ${error.message}`,
    cause,
  }
}
