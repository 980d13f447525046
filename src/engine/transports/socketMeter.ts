// Measures one exchange at its socket: the phases of the connection, and the bytes in and out.

import type { Socket } from 'node:net'
import type { Timings } from '../../shared/frame.ts'
import { now } from './clock.ts'

export interface SocketMeter {
  /** Phases so far; more may be added by the owner. */
  readonly timings: { -readonly [K in keyof Timings]: Timings[K] }
  /** The connection stands: what was written has left. */
  connected(): boolean
  /** Starts counting. To be called in the request's `socket` event. */
  attach(socket: Socket, reused: boolean): void
  /** Bytes since `attach`, TLS excluded. */
  bytesIn(): number
  bytesOut(): number
  /** Hands on what was counted since the last report. */
  report(wire: (bytesIn: number, bytesOut: number) => void): void
  /** To be asked for while the connection stands. */
  readonly socket: Socket | null
}

/** `startedAt` is the start of the first phase. */
export function createSocketMeter(startedAt: number, secure: boolean): SocketMeter {
  const timings: SocketMeter['timings'] = {}
  let socket: Socket | null = null
  let connected = false
  let readBefore = 0
  let writtenBefore = 0
  let readReported = 0
  let writtenReported = 0
  let phaseAt = startedAt

  function phase(name: 'dnsMs' | 'tcpMs' | 'tlsMs', last: boolean): () => void {
    return () => {
      const at = now()
      timings[name] = at - phaseAt
      phaseAt = at
      if (last) connected = true
    }
  }

  const bytesIn = () => (socket === null ? 0 : socket.bytesRead - readBefore)
  const bytesOut = () => (socket === null || !connected ? 0 : socket.bytesWritten - writtenBefore)

  return {
    timings,
    connected: () => connected,
    attach(given, reused) {
      socket = given
      readBefore = given.bytesRead
      writtenBefore = given.bytesWritten
      if (reused) {
        connected = true
        return
      }
      // A socket that comes connected is an agent's way through a proxy.
      if (!given.connecting) phase('tcpMs', !secure)()
      else {
        given.once('lookup', phase('dnsMs', false))
        given.once('connect', phase('tcpMs', !secure))
      }
      if (secure) given.once('secureConnect', phase('tlsMs', true))
    },
    bytesIn,
    bytesOut,
    report(wire) {
      const read = bytesIn()
      const written = bytesOut()
      if (read === readReported && written === writtenReported) return
      wire(read - readReported, written - writtenReported)
      readReported = read
      writtenReported = written
    },
    get socket() {
      return socket
    },
  }
}
