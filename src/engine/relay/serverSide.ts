// The server's half of a pair: dialled when there is something for it, up to when that waits.

import type { Socket } from 'node:net'
import type { Network } from '../transports/network/network.ts'
import { type Dialling, dial } from './dial.ts'
import { relayLimits } from './relayLimits.ts'

export interface ServerSide {
  /** Answers whether more may follow at once. */
  write(bytes: Uint8Array): boolean
  /** Behind what waits. */
  end(): void
  /** No more should be written for now. */
  isFull(): boolean
  /** Null until it is connected. */
  socket(): Socket | null
  /** Nothing waits any more; a socket that stands is left alone. */
  giveUp(): void
}

/** `server`: `http:` or `https:`. */
export function createServerSide(network: Network, server: URL, hear: Dialling): ServerSide {
  let socket: Socket | null = null
  let giveUpDial: (() => void) | null = null
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let ends = false

  const dialling: Dialling = {
    opened(made, facts) {
      giveUpDial = null
      socket = made
      hear.opened(made, facts)
      for (const bytes of waiting) made.write(bytes)
      waiting = []
      if (ends) made.end()
    },
    failed(fault, timings) {
      giveUp()
      hear.failed(fault, timings)
    },
  }

  function giveUp(): void {
    giveUpDial?.()
    giveUpDial = null
    waiting = []
  }

  return {
    write(bytes) {
      if (socket !== null) return socket.write(bytes)
      waiting.push(bytes)
      waitingBytes += bytes.length
      giveUpDial ??= dial(network, webSocketUrl(server), dialling)
      return waitingBytes <= relayLimits.waitingBytes
    },
    end() {
      ends = true
      socket?.end()
    },
    // A program is read from while its server is dialled: otherwise nobody would hear that it has left.
    isFull: () =>
      socket === null ? waitingBytes > relayLimits.waitingBytes : socket.writableNeedDrain,
    socket: () => socket,
    giveUp,
  }
}

/** No proxy is asked for what is behind it, and HTTP/2 is not offered. */
function webSocketUrl(server: URL): URL {
  const url = new URL(server)
  url.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:'
  return url
}
