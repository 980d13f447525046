// The choice of HTTP/1.1 or HTTP/2 on a new connection, before a request is on it: by ALPN, or as the profile says.

import type { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import { notChosen } from '../../protocols/http2/http2Fault.ts'
import { Http2Chosen } from '../http2/http2Chosen.ts'
import { ExchangeFailure } from '../sentRequest.ts'

export type VersionWish = Endpoint['httpVersion']

/** The protocols to offer. [rfc7301] 3.1, [rfc9113] 3.2 */
const offered: Readonly<Record<VersionWish, readonly string[]>> = {
  auto: ['h2', 'http/1.1'],
  '2': ['h2'],
  '1.1': ['http/1.1'],
}

/** For a connection to a URL of this protocol: WebSocket is HTTP/1.1, and nothing is chosen in the clear. */
export function wishFor(protocol: string, wish: VersionWish): VersionWish {
  if (protocol === 'https:') return wish
  return protocol === 'http:' && wish === '2' ? '2' : '1.1'
}

/** A copy, for Node changes the list. */
export function alpn(wish: VersionWish): { ALPNProtocols: string[] } {
  return { ALPNProtocols: [...offered[wish]] }
}

/** What a request may add to its options: it hears of a new socket at once, though the request gets it later or never. */
export interface Dialling {
  readonly dialled?: (socket: Socket) => void
}

/** What an agent is told of the server that it leads to. */
interface Place extends Dialling {
  readonly host?: string | null | undefined
  readonly port?: string | number | null | undefined
}

/** An agent that leads to servers directly: a request gets no socket before its protocol is known. */
export function choosesVersion(agent: Agent, secure: boolean, wish: VersionWish): Agent {
  if (wish === '1.1') return agent
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, done) => {
    const socket = connect(options) as Socket
    settle(socket, secure, wish, options as Place).then(
      () => done?.(null, socket),
      (error) => done?.(error, socket),
    )
    return undefined
  }
  return agent
}

/**
 * Resolves when requests may go out in HTTP/1.1. Rejects with `Http2Chosen`, and with the error of a connection that
 * fails before.
 */
export function settle(
  socket: Socket,
  secure: boolean,
  wish: VersionWish,
  place: Place,
): Promise<void> {
  // Where it is no TLS, a proxy has answered instead of making a tunnel: that is for the request.
  const isRefusal = secure && !(socket instanceof TLSSocket)
  if (wish === '1.1' || isRefusal) return Promise.resolve()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const { bytesRead, bytesWritten } = socket
  place.dialled?.(socket)
  socket.on('error', reject)
  socket.once('close', () => reject(new Error('socket closed')))
  if (secure) socket.once('secureConnect', judge)
  else if (socket.connecting) socket.once('connect', judge)
  else judge()
  return promise

  function judge(): void {
    // Its certificate has been refused in this event: the error comes next.
    if (socket.destroyed) return
    const chosen = secure ? (socket as TLSSocket).alpnProtocol || null : 'h2'
    if (chosen === 'h2') reject(new Http2Chosen(socket, { bytesRead, bytesWritten }))
    else if (wish === 'auto') resolve()
    else {
      reject(new ExchangeFailure(notChosen(`${place.host ?? ''}:${place.port ?? ''}`, chosen)))
      socket.destroy()
    }
  }
}
