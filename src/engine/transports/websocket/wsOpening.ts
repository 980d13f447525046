// The opening of a WebSocket on `ws`: its handshake, and what ends it before the connection is open.

import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { Limits } from '../../../shared/limits.ts'
import { requestTarget } from '../../../shared/url/requestTarget.ts'
import type { Fault } from '../../protocols/fault.ts'
import { firstByteFault, timeoutFault } from '../../protocols/http/httpFault.ts'
import { networkError } from '../../protocols/http/networkError.ts'
import type { HttpRequest } from '../../protocols/http/redirect.ts'
import { withAuthorization } from '../../protocols/http/requestHeaders.ts'
import { wsHandshakeError } from '../../protocols/websocket/wsError.ts'
import { now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { HopRecord } from '../http/hopRecord.ts'
import { isLasting } from '../http/httpOutcome.ts'
import { refusedTunnel } from '../http/httpRequest.ts'
import type { SocketMeter } from '../http/socketMeter.ts'
import { isSecure, type Network, type Route } from '../network/network.ts'
import type { ConnectAnswer } from '../network/openTunnel.ts'
import { shownCertificate } from '../network/shownCertificate.ts'
import { type SilenceWatch, watchSilence } from '../silence.ts'
import type { ConnectionIo, Outcome } from '../transport.ts'
import { type Handshake, watchHandshake } from './wsHandshake.ts'
import { clientOptions, unsendableHandshake } from './wsRequest.ts'

export interface OpeningOptions {
  readonly io: ConnectionIo
  readonly network: Network
  readonly limits: Limits
  readonly endpoint: Pick<
    Endpoint,
    'compression' | 'subprotocols' | 'timeoutMs' | 'firstByteTimeoutMs'
  >
  /** To a `ws:` or `wss:` URL. */
  readonly request: Pick<HttpRequest, 'url' | 'headers'>
}

/** A WebSocket that has opened. */
export interface Opened {
  readonly ws: WebSocket
  readonly socket: Socket
  /** Has counted the handshake. */
  readonly meter: SocketMeter
  /** Of the handshake, for faults that belong to it. */
  readonly record: HopRecord
}

/**
 * `onOpen` is called while `ws` emits `open` and answers with how the connection ends. Resolves with that, or with
 * how the opening failed, which has been drawn. Rejects only for our own fault.
 */
export function openWebSocket(
  options: OpeningOptions,
  onOpen: (opened: Opened) => Promise<Outcome>,
): Promise<Outcome> {
  const { io, network, limits, endpoint } = options
  const { url, headers } = options.request
  const route = network.routeTo(url)
  const { cookies } = network
  const startedAt = now()
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  /** There as soon as `ws` is. */
  let handshake: Handshake | null = null
  let over = false
  let firstByte: SilenceWatch | null = null

  let ws: WebSocket
  try {
    const digest = network.digestFor(url)?.authorization('GET', url, null) ?? null
    const own = withAuthorization(headers, digest)
    const sent = cookies?.addTo(own, url) ?? own
    const wsOptions = clientOptions(network.optionsFor(url), sent, endpoint, limits, (request) => {
      const onEndless = (fault: Fault) => fail(fault, 'lost')
      const facts = { io, limits, url, startedAt, route, network, onEndless }
      handshake = watchHandshake(request, facts)
      if (route.proxy !== undefined) request.on('proxyConnect', handleProxy)
      request.once('finish', awaitFirstByte)
      // `ws` leaves an empty query out.
      request.path = requestTarget(url)
      request.end()
    })
    // `WsOptions` says what the library takes; its own declarations do not.
    ws = new WebSocket(url, [...endpoint.subprotocols], wsOptions as object)
  } catch (error) {
    const fault = unsendableHandshake(error)
    connectionFrames(io).error(fault, { direction: 'local' })
    return Promise.resolve({ kind: 'refused', message: fault.message })
  }
  const timer = setTimeout(handleTimeout, Math.min(endpoint.timeoutMs, limits.maxDelayMs))
  io.signal.addEventListener('abort', handleAbort, { once: true })
  ws.on('error', handleError)
  ws.on('unexpected-response', (_request, response) => {
    if (!over) handshake?.refuse(response).then(end, reject)
  })
  ws.once('open', handleOpen)
  return promise

  function handleOpen(): void {
    handshake?.accept()
    const socket = handshake?.socket() ?? null
    if (handshake === null || socket === null) return
    leave()
    const { meter, record } = handshake
    onOpen({ ws, socket, meter, record }).then(resolve, reject)
  }

  function handleTimeout(): void {
    // A refusal whose body does not end is recorded with what came of it.
    if (isAnswered()) handshake?.cut()
    else {
      const phase = handshake?.meter.phase() ?? 'answer'
      fail(timeoutFault(endpoint.timeoutMs, { phase, ...faultPlace() }), 'lost', 'local')
    }
  }

  function awaitFirstByte(): void {
    const { firstByteTimeoutMs } = endpoint
    firstByte = watchSilence(firstByteTimeoutMs, () => {
      if (!isAnswered()) fail(firstByteFault(firstByteTimeoutMs ?? 0), 'lost', 'local')
    })
  }

  function handleAbort(): void {
    if (isAnswered()) handshake?.cut()
    else {
      handshake?.stopped()
      end({ kind: 'stopped' })
    }
  }

  function isAnswered(): boolean {
    return handshake !== null && handshake.stage() !== 'asking'
  }

  function handleProxy(answer: ConnectAnswer): void {
    const fault = refusedTunnel(answer, url, route)
    if (fault !== null) fail(fault, 'lost')
  }

  function handleError(error: Error): void {
    if (over) return
    // The body of the refusal broke off: what came of it is delivered in the next turn.
    if (handshake?.stage() === 'refused') setImmediate(() => handshake?.cut())
    else if (isAnswered()) fail(wsHandshakeError(error), 'refused')
    else {
      const fault = networkError(error, { ...faultPlace(), ...handshake?.seen() })
      fail(fault, fault.code === 'tls-untrusted' || isLasting(fault) ? 'refused' : 'lost')
    }
  }

  function faultPlace() {
    const proxy = handshake?.meter.attached() ? undefined : route.proxy
    const shown = handshake?.meter.rawCertificate() ?? null
    return {
      host: hostOf(url, route),
      proxy,
      secure: isSecure(url.protocol),
      webSocket: true,
      headBytes: limits.headBytes,
      version: route.version,
      certified: route.certified,
      lacksIssuer: handshake?.meter.lacksIssuer() ?? false,
      certificate: shown && shownCertificate(shown, route.serverName),
    }
  }

  function fail(fault: Fault, kind: 'lost' | 'refused', direction: 'in' | 'local' = 'in'): void {
    if (over) return
    handshake?.fail(fault, direction)
    end({ kind, message: fault.message })
  }

  function end(outcome: Outcome): void {
    if (over) return
    leave()
    handshake?.end()
    ws.terminate()
    resolve(io.signal.aborted ? { kind: 'stopped' } : outcome)
  }

  /** The handshake is over, or has become an open connection. */
  function leave(): void {
    over = true
    clearTimeout(timer)
    firstByte?.stop()
    io.signal.removeEventListener('abort', handleAbort)
  }
}

/** With the port, which a URL leaves out where it is the usual one. */
function hostOf(url: URL, { socketPath }: Route): string {
  return socketPath ?? `${url.hostname}:${url.port || (isSecure(url.protocol) ? '443' : '80')}`
}
