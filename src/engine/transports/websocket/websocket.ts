// The WebSocket method: opens a connection on `ws`, records its handshake, and watches it while it is open.

import type { Socket } from 'node:net'
import { type ClientOptions, WebSocket } from 'ws'
import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { Fault } from '../../protocols/fault.ts'
import { timeoutFault } from '../../protocols/http/httpFault.ts'
import { networkError } from '../../protocols/http/networkError.ts'
import { wsHandshakeError } from '../../protocols/websocket/wsError.ts'
import { now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import { isLasting } from '../http/httpOutcome.ts'
import { type ConnectAnswer, refusedTunnel } from '../http/httpRequest.ts'
import { createNetwork, type NetworkOptions } from '../network/network.ts'
import { targetOf } from '../network/target.ts'
import { notOpen } from '../notOpen.ts'
import { loadMessage } from '../profileFiles.ts'
import type { ConnectionIo, Outcome, Sender, Transport, TransportOptions } from '../transport.ts'
import { closeTimeoutMs, type WsConnection, watchWebSocket } from './wsConnection.ts'
import { type Handshake, watchHandshake } from './wsHandshake.ts'
import { createRepeater, type Repeat } from './wsRepeater.ts'
import { deflateOptions, headersOf, unsendableHandshake, webSocketUrl } from './wsRequest.ts'

/** What the type declarations of `ws` lack: new options, Node's own, header fields with several values. */
type WsOptions = Omit<ClientOptions, 'headers' | 'checkServerIdentity'> &
  NetworkOptions & {
    readonly closeTimeout: number
    readonly maxHeaderSize: number
    readonly headers: Readonly<Record<string, string | string[]>>
  }

export function createWebSocketTransport(options: TransportOptions): Transport {
  const { resolved: endpoint, limits } = options
  const network = createNetwork(options)
  const { request } = targetOf(endpoint)
  const url = webSocketUrl(request.url)
  const way = network.wayTo(url)
  const { cookies } = network
  let current: WsConnection | null = null
  /** Of the connection that is open. */
  let tellFault: (fault: Fault) => void = () => {}
  let rejectCurrent: (fault: unknown) => void = () => {}
  let tellUnread: () => void = () => {}
  const repeater = createRepeater(repeatOf(endpoint.repeat), {
    onFault: (fault) => rejectCurrent(fault),
    onUnloaded: (fault) => tellFault(fault),
    onUnread: () => tellUnread(),
  })

  function repeatOf(repeat: Endpoint['repeat']): Repeat | null {
    if (repeat === null) return null
    const { message, everyMs } = repeat
    return { load: () => loadMessage(message), everyMs: Math.min(everyMs, limits.maxDelayMs) }
  }

  function connect(io: ConnectionIo): Promise<Outcome> {
    if (io.signal.aborted) return Promise.resolve({ kind: 'stopped' })
    const startedAt = now()
    const frames = connectionFrames(io)
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
        perMessageDeflate: deflateOptions(endpoint.compression),
        // `ws` keeps it in 32 bits.
        maxPayload: Math.min(limits.messageBytes, 2 ** 31 - 1),
        maxHeaderSize: limits.headBytes,
        finishRequest(handshaking) {
          handshake = watchHandshake(handshaking, { io, limits, url, startedAt, way, cookies })
          if (way.proxy !== undefined) handshaking.on('proxyConnect', handleProxy)
          handshaking.end()
        },
      }
      // `WsOptions` says what the library takes; its own declarations do not.
      ws = new WebSocket(url, [...endpoint.subprotocols], wsOptions as object)
    } catch (error) {
      const fault = unsendableHandshake(error)
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
      handshake?.accept()
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

    function emitFault(fault: Fault, direction: 'in' | 'local'): void {
      frames.error(fault, { direction, replyTo: handshake?.requestSeq ?? null })
    }

    function emitUnread(): void {
      const message =
        'The server has not read all that was sent to it: the repeated message waits until it has.'
      frames.notice('repeat-waits', message)
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

    function handleProxy(answer: ConnectAnswer): void {
      const fault = refusedTunnel(answer, url, way)
      if (fault !== null) fail(fault, 'lost')
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
      const live = watchWebSocket(ws, socket, { io, limits, endpoint })
      current = live
      live.ended.finally(() => repeater.close()).then(resolve, reject)
      io.opened()
      tellFault = (fault) => emitFault(fault, 'local')
      tellUnread = emitUnread
      rejectCurrent = reject
      repeater.open(live)
      sendFirst(live).catch(reject)
    }

    async function sendFirst(live: WsConnection): Promise<void> {
      for (const content of endpoint.send) {
        const message = await loadMessage(content)
        // One that can no longer leave needs no word of its own: the closing is drawn.
        if (message.ok) live.send(message.value).catch(() => null)
        else tellFault(message.fault)
      }
    }
  }

  const sender: Sender = {
    send: (message) => current?.send(message) ?? Promise.reject(notOpen()),
    ping: (data) => current?.ping(data) ?? Promise.reject(notOpen()),
    closeWith: (code, reason) => current?.close(code, reason) ?? Promise.reject(notOpen()),
    repeat(message, everyMs) {
      repeater.set(
        message === null ? null : { load: async () => ({ ok: true, value: message }), everyMs },
      )
    },
    get repeatMs() {
      return repeater.repeat?.everyMs ?? null
    },
  }

  return {
    connect,
    sender,
    async close() {
      repeater.set(null)
      network.close()
    },
  }
}
