// One program's connection and the server's that belongs to it: what comes on either goes out on the other at once.

import type { Socket } from 'node:net'
import type { Timings } from '../../shared/frame/httpDetail.ts'
import type { Fault } from '../protocols/fault.ts'
import { now } from '../transports/clock.ts'
import { type DialFacts, dial } from './dial.ts'
import { createExchanges, type Exchanges, type Refusal } from './exchanges.ts'
import { ownAnswer } from './ownAnswer.ts'
import type { RelayContext } from './relayContext.ts'
import type { Side, SocketFailure } from './relayEvents.ts'
import { relayLimits } from './relayLimits.ts'

export interface Pair {
  /** Both sides are told that nothing more comes. */
  stop(): void
  /** Whatever is still open is closed at once. */
  destroy(): void
}

/** Takes the socket over. `onClosed` is called once, when both sockets are closed. */
export function createPair(
  id: number,
  client: Socket,
  context: RelayContext,
  onClosed: () => void,
): Pair {
  const { teller, network, server: serverUrl } = context
  let server: Socket | null = null
  let giveUpDial: (() => void) | null = null
  /** Bytes for a server that is not connected yet. */
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let open = 1
  let by: Side | 'relay' | null = null
  let failure: SocketFailure | null = null
  let linger: NodeJS.Timeout | null = null

  const exchanges: Exchanges = createExchanges(id, context, {
    toServer(bytes) {
      if (server === null) {
        waiting.push(bytes)
        waitingBytes += bytes.length
        giveUpDial ??= dial(network, webSocketUrl(serverUrl), { opened, failed })
        settleFlow()
      } else if (!server.write(bytes)) settleFlow()
    },
    toClient(bytes) {
      if (!client.write(bytes)) settleFlow()
    },
    held: settleFlow,
    refuse,
  })

  teller.tell({ kind: 'opened', id, at: now(), client: addressOf(client) })
  client.setNoDelay(true)
  client.on('data', (bytes) => exchanges.fromClient(bytes, now()))
  client.on('drain', settleFlow)
  client.on('end', () => finished('client', client, server))
  client.on('error', (error) => failedOn('client', error))
  client.on('close', (hadError) => closed(server, hadError))

  function opened(made: Socket, facts: DialFacts): void {
    giveUpDial = null
    server = made
    open++
    teller.tell({ kind: 'dialled', id, at: now(), ...facts })
    made.setNoDelay(true)
    made.on('data', (bytes) => exchanges.fromServer(bytes, now()))
    made.on('drain', settleFlow)
    made.on('end', () => finished('server', made, client))
    made.on('error', (error) => failedOn('server', error))
    made.on('close', (hadError) => closed(client, hadError))
    for (const bytes of waiting) made.write(bytes)
    waiting = []
    waitingBytes = 0
    if (client.readableEnded) made.end()
    settleFlow()
  }

  function failed(fault: Fault, timings: Timings): void {
    giveUpDial = null
    waiting = []
    teller.tell({ kind: 'unreachable', id, at: now(), fault, timings })
    exchanges.stop()
    leave(ownAnswer(502, `Lifeline’s tap could not reach ${serverUrl.origin}: ${fault.message}`))
  }

  /** The relay answers by itself, or ends the connection behind the server's last answer. */
  function refuse({ reason, message, head, status }: Refusal): void {
    teller.tell({ kind: 'refused', id, at: now(), reason, message, head, status })
    leave(status === null ? null : ownAnswer(status, message))
  }

  /** What the program still sends is read and dropped: a reset would take the answer from it. */
  function leave(answer: Uint8Array | null): void {
    by ??= 'relay'
    giveUpDial?.()
    server?.end()
    if (answer === null) client.end()
    else client.end(answer)
    client.resume()
    linger = setTimeout(() => client.destroy(), relayLimits.lingerMs)
  }

  /** A side reads no faster than the other writes. */
  function settleFlow(): void {
    // A program is read from while its server is dialled: otherwise nobody would hear that it has left.
    const toServer =
      server === null ? waitingBytes > relayLimits.waitingBytes : server.writableNeedDrain
    if (toServer || exchanges.isHeld()) client.pause()
    else client.resume()
    if (client.writableNeedDrain) server?.pause()
    else server?.resume()
  }

  function finished(side: Side, from: Socket, other: Socket | null): void {
    by ??= side
    exchanges.finished(side, now())
    // One whose program is gone never says so by itself.
    from.setKeepAlive(true, relayLimits.probeMs)
    if (other !== null) other.end()
    else if (giveUpDial === null) client.end()
  }

  function failedOn(side: Side, error: Error): void {
    by ??= side
    const code = 'code' in error ? String(error.code) : 'ERROR'
    failure ??= { code, message: error.message }
  }

  function closed(other: Socket | null, hadError: boolean): void {
    open--
    if (open === 0) {
      end()
      return
    }
    if (other === null || other.destroyed) return
    if (hadError) breakOff(other)
    else if (!other.writableEnded) other.end()
  }

  function end(): void {
    if (linger !== null) clearTimeout(linger)
    giveUpDial?.()
    giveUpDial = null
    const at = now()
    exchanges.closed(at)
    teller.tell({ kind: 'closed', id, at, by: by ?? 'relay', failure })
    onClosed()
  }

  return {
    stop() {
      by ??= 'relay'
      giveUpDial?.()
      giveUpDial = null
      client.end()
      server?.end()
    },
    destroy() {
      by ??= 'relay'
      client.destroy()
      server?.destroy()
    },
  }
}

/** As the other side was broken off: by a reset where the way is TCP itself. */
function breakOff(socket: Socket): void {
  try {
    socket.resetAndDestroy()
  } catch {
    // A socket of TLS has none.
    socket.destroy()
  }
}

/** No proxy is asked for what is behind it, and HTTP/2 is not offered. */
function webSocketUrl(server: URL): URL {
  const url = new URL(server)
  url.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:'
  return url
}

function addressOf({ remoteAddress = '', remotePort = 0, remoteFamily }: Socket): string {
  return remoteFamily === 'IPv6'
    ? `[${remoteAddress}]:${remotePort}`
    : `${remoteAddress}:${remotePort}`
}
