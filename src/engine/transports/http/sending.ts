// A request from the dialling on: in HTTP/1.1, or in HTTP/2 where the connection that it finds or gets speaks that.

import type { Socket } from 'node:net'
import { Http2Chosen } from '../http2/http2Chosen.ts'
import type { Http2Connection } from '../http2/http2Connection.ts'
import { openHttp2Request } from '../http2/http2Request.ts'
import type { Route } from '../network/network.ts'
import { ExchangeFailure, type SentRequest } from '../sentRequest.ts'
import type { PlannedHop } from './hopPlan.ts'
import { openRequest, unsendableRequest } from './httpRequest.ts'

export interface Sending extends Pick<SentRequest, 'on'> {
  /** Another one from the moment at which HTTP/2 was chosen. */
  current(): SentRequest
  /** Sends the request, its body included. */
  send(): void
  /** Breaks it off. */
  destroy(): void
}

/** The hop's meter measures it. Nothing is sent before `send`. Throws what `unsendableRequest` understands. */
export function startSending(planned: PlannedHop): Sending {
  return mayBeHttp2(planned.route) ? startChoosing(planned) : startPlain(planned)
}

/** Whether a connection there may come to speak HTTP/2. */
export function mayBeHttp2({ version }: Pick<Route, 'version'>): boolean {
  return version !== '1.1'
}

function startPlain({ hop, headers, body, context, meter }: PlannedHop): Sending {
  const request = openRequest(hop, headers, context.network, context.limits)
  request.on('socket', (socket) => meter.attach(socket, request.reusedSocket))
  return {
    current: () => request,
    on: (event, handle) => request.on(event, handle),
    send: () => request.end(body ?? undefined),
    destroy: () => request.destroy(),
  }
}

function startChoosing({ hop, headers, body, context, meter }: PlannedHop): Sending {
  const { network, limits } = context
  /** For the request that takes the place of this one. */
  const handlers: Parameters<SentRequest['on']>[] = []
  let dialling: Socket | null = null
  let isOver = false
  const kept = network.http2.kept(hop.url)
  let current: SentRequest = kept
    ? openStream(kept, true)
    : openRequest(hop, headers, network, limits, handleDialled)

  function openStream(connection: Http2Connection, reused: boolean): SentRequest {
    return openHttp2Request(connection, { hop, headers, hasBody: body !== null, reused })
  }

  function handleDialled(socket: Socket): void {
    dialling = socket
    if (isOver) socket.destroy()
    else meter.dial(socket)
  }

  /** Before anybody else hears of the error. */
  function handleError(error: Error, handle: (error: Error) => void): void {
    if (!(error instanceof Http2Chosen)) handle(error)
    else if (isOver) error.socket.destroy()
    else goOn(error, handle)
  }

  function goOn(chosen: Http2Chosen, fail: (error: Error) => void): void {
    dialling = null
    try {
      current = openStream(network.http2.adopt(chosen, hop.url, limits), false)
    } catch (error) {
      fail(new ExchangeFailure(unsendableRequest(error)))
      return
    }
    for (const [event, handle] of handlers) current.on(event, handle)
    current.end(body ?? undefined)
  }

  function handleSocket(socket: Socket): void {
    if (!isOver) meter.attach(socket, current.reusedSocket, current.http2)
  }

  const on: SentRequest['on'] = (event, handle) => {
    handlers.push([event, handle as () => void])
    if (event !== 'error') return current.on(event, handle)
    return current.on('error', (error) => handleError(error, handle as (error: Error) => void))
  }
  on('socket', handleSocket)

  return {
    current: () => current,
    on,
    send: () => current.end(body ?? undefined),
    destroy() {
      isOver = true
      current.destroy()
      // A request that has no socket yet leaves the one that is being dialled alone.
      dialling?.destroy()
    },
  }
}
