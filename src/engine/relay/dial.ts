// Connects to the server of a tap, directly or through its proxy, up to the end of the TLS handshake.

import { EventEmitter } from 'node:events'
import type { Agent, ClientRequest } from 'node:http'
import { isIP, type Socket } from 'node:net'
import type { Timings } from '../../shared/frame/httpDetail.ts'
import type { Fault } from '../protocols/fault.ts'
import { networkError } from '../protocols/http/networkError.ts'
import { now } from '../transports/clock.ts'
import { refusedTunnel } from '../transports/http/httpRequest.ts'
import { createSocketMeter } from '../transports/http/socketMeter.ts'
import { isSecure, type Network, type Route } from '../transports/network/network.ts'
import type { ConnectAnswer } from '../transports/network/openTunnel.ts'
import { SetupError } from '../transports/network/setupError.ts'
import { shownCertificate } from '../transports/network/shownCertificate.ts'

export interface Dialling {
  /** The socket is paused. */
  opened(socket: Socket, facts: DialFacts): void
  failed(fault: Fault, timings: Timings): void
}

export interface DialFacts {
  readonly timings: Timings
  readonly remoteAddress: string | null
  readonly proxy: string | null
}

/** `url`: `ws:` or `wss:`, to which no proxy is asked for a resource, and no HTTP/2 offered. Answers with what gives it up. */
export function dial(network: Network, url: URL, hear: Dialling): () => void {
  const route = network.routeTo(url)
  const startedAt = now()
  const meter = createSocketMeter(startedAt, url)
  const request = standIn()
  let socket: Socket | null = null
  let over = false

  request.on('proxyConnect', (answer: ConnectAnswer) => {
    const fault = refusedTunnel(answer, url, route)
    if (fault !== null) fail(fault)
  })
  connect().then(watch, failWith)
  return () => {
    over = true
    socket?.destroy()
    request.destroy()
  }

  async function connect(): Promise<Socket> {
    const options = { ...network.optionsFor(url), ...addressOf(url, route) }
    const { agent } = options
    if (connectsByRequest(agent)) {
      return agent.connect(request, { ...options, secureEndpoint: isSecure(url.protocol) })
    }
    const wanted: object = { ...optionsOf(agent), ...options, allowHalfOpen: true }
    return agent.createConnection(wanted) as Socket
  }

  function watch(made: Socket): void {
    socket = made
    made.on('error', failWith)
    if (over) {
      made.destroy()
      return
    }
    meter.attach(made, false)
    if (meter.phase() === null) open(made)
    else made.once(isSecure(url.protocol) ? 'secureConnect' : 'connect', () => open(made))
    made.once('close', () => failWith(new Error('socket hang up')))
  }

  function open(made: Socket): void {
    if (over || made.destroyed) return
    over = true
    // What a proxy sent behind its answer waits for this.
    request.emit('socket', made)
    made.pause()
    const { timings } = meter
    const remoteAddress = meter.peer() ?? null
    hear.opened(made, { timings, remoteAddress, proxy: route.proxy ?? null })
  }

  function failWith(error: unknown): void {
    fail(error instanceof SetupError ? error.fault : networkError(error, place()))
  }

  function fail(fault: Fault): void {
    if (over) return
    over = true
    socket?.destroy()
    request.destroy()
    hear.failed(fault, meter.timings)
  }

  function place() {
    const shown = meter.rawCertificate()
    return {
      host: route.socketPath ?? hostWithPort(url),
      proxy: meter.attached() ? undefined : route.proxy,
      secure: isSecure(url.protocol),
      version: route.version,
      certified: route.certified,
      lacksIssuer: meter.lacksIssuer(),
      certificate: shown && shownCertificate(shown, route.serverName),
    }
  }
}

/** What agents that lead through a proxy want of the request that a socket is for. */
function standIn(): ClientRequest {
  return Object.assign(new EventEmitter(), { destroy: () => {} }) as unknown as ClientRequest
}

interface ConnectingAgent {
  connect(request: ClientRequest, options: object): Promise<Socket>
}

function connectsByRequest(agent: Agent): agent is Agent & ConnectingAgent {
  return 'connect' in agent
}

/** What the agent was made with; not in Node's declarations. */
function optionsOf(agent: Agent): object {
  return (agent as Agent & { readonly options: object }).options
}

/** As Node's agents give them to `net` and `tls`. */
function addressOf(url: URL, { socketPath, serverName }: Route): object {
  if (socketPath !== undefined) return { path: socketPath }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (isSecure(url.protocol) ? 443 : 80))
  return {
    host,
    port,
    ...(isSecure(url.protocol) && isIP(serverName) === 0 && { servername: serverName }),
  }
}

function hostWithPort(url: URL): string {
  return `${url.hostname}:${url.port || (isSecure(url.protocol) ? 443 : 80)}`
}
