// Measures one exchange at its socket: the phases of the connection, and the bytes in and out.

import { isIP, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Timings } from '../../../shared/frame/httpDetail.ts'
import { msBetween, now } from '../clock.ts'
import type { Http2Facts } from '../sentRequest.ts'

export interface SocketMeter {
  /** Phases so far; more may be added by the owner. */
  readonly timings: { -readonly [K in keyof Timings]: Timings[K] }
  /** The connection stands: what was written has left. */
  connected(): boolean
  /** Times the phases of a new connection, before the request has it. */
  dial(socket: Socket): void
  /**
   * Starts counting. To be called in the request's `socket` event. In HTTP/2 what nobody has told of is counted, too:
   * frames about the connection belong to no exchange.
   */
  attach(socket: Socket, reused: boolean, http2?: Http2Facts | null): void
  /** Bytes since `attach`, TLS excluded. */
  bytesIn(): number
  bytesOut(): number
  /** The same, told by a frame. */
  tellBytesOut(): number
  /** Hands on what was counted since the last report. */
  report(wire: (bytesIn: number, bytesOut: number) => void): void
  /** Bytes have come. To be called ahead of the parser, which takes its time. */
  arrived(): void
  /** Epoch ms of the first byte since `attach` or the last `awaitAnswer`; null while there is none. */
  firstByteAt(): number | null
  /** What has come was not the answer yet, but an informational one before it. */
  awaitAnswer(): void
  /** A socket was given. */
  attached(): boolean
  /** The server sent no certificate of its certificate's issuer, and none is known here. */
  lacksIssuer(): boolean
  /** The certificate that the server has shown on a new connection, DER. */
  rawCertificate(): Uint8Array | null
  /** What is being done to get a connection; null when it stands. */
  phase(): 'lookup' | 'connect' | 'tls' | null
  /** The peer's address and port, once the connection stands. */
  peer(): string | undefined
}

/** What a connection that does not stand yet is waiting for, from the phases that are over. */
function phaseAfter(timings: Timings, { hostname }: URL): 'lookup' | 'connect' | 'tls' {
  if (timings.tcpMs !== undefined) return 'tls'
  const named = isIP(hostname.replace(/^\[|\]$/g, '')) === 0
  return timings.dnsMs === undefined && named ? 'lookup' : 'connect'
}

/** `startedAt` is the start of the first phase. `carriedBytes` came before, and are counted with what comes. */
export function createSocketMeter(startedAt: number, url: URL, carriedBytes = 0): SocketMeter {
  const secure = /^(?:https|wss):$/.test(url.protocol)
  const timings: SocketMeter['timings'] = {}
  let socket: Socket | null = null
  let connected = false
  let lacksIssuer = false
  let rawCertificate: Uint8Array | null = null
  let peer: string | undefined
  let readBefore = 0
  let writtenBefore = 0
  let readReported = 0
  let writtenReported = 0
  let phaseAt = startedAt
  let firstByteAt: number | null = null
  let shared: Http2Facts | null = null

  function phase(name: 'dnsMs' | 'tcpMs' | 'tlsMs', last: boolean): () => void {
    return () => {
      const at = now()
      timings[name] = msBetween(phaseAt, at)
      phaseAt = at
      if (last) connect()
    }
  }

  function connect(): void {
    // Its certificate may have been refused in this event, before anything left.
    if (socket?.destroyed) return
    connected = true
    // A socket forgets the address when it closes.
    peer = remoteAddress(socket)
  }

  function take(given: Socket, reused: boolean): void {
    socket = given
    readBefore = given.bytesRead
    writtenBefore = given.bytesWritten
    if (reused) {
      connect()
      return
    }
    // A socket that comes connected is an agent's way through a proxy.
    if (!given.connecting) phase('tcpMs', !secure)()
    else {
      given.once('lookup', phase('dnsMs', false))
      given.once('connect', phase('tcpMs', !secure))
    }
    if (!secure) return
    given.once('secureConnect', phase('tlsMs', true))
    // A socket whose certificate is not trusted is destroyed in this event, and then tells nothing more.
    given.prependOnceListener('secure', () => {
      if (!(given instanceof TLSSocket)) return
      // `getPeerX509Certificate` would take it away from whoever asks next.
      const { issuerCertificate, raw } = given.getPeerCertificate(true)
      lacksIssuer = !issuerCertificate
      rawCertificate = raw ?? null
    })
  }

  const bytesIn = () => (socket === null ? 0 : socket.bytesRead - readBefore + carriedBytes)
  const bytesOut = () => (socket === null || !connected ? 0 : socket.bytesWritten - writtenBefore)

  return {
    timings,
    connected: () => connected,
    dial: (given) => take(given, false),
    attach(given, reused, http2 = null) {
      if (given !== socket) take(given, reused)
      shared = http2
      if (http2 === null) firstByteAt = null
      else {
        readBefore = http2.told.bytesRead
        writtenBefore = http2.told.bytesWritten
        writtenReported = http2.told.counted - writtenBefore
      }
    },
    bytesIn,
    bytesOut,
    tellBytesOut() {
      const bytes = bytesOut()
      if (shared !== null) shared.told.bytesWritten = writtenBefore + bytes
      return bytes
    },
    report(wire) {
      const read = bytesIn()
      const written = bytesOut()
      if (read === readReported && written === writtenReported) return
      wire(read - readReported, written - writtenReported)
      readReported = read
      writtenReported = written
      if (shared === null) return
      shared.told.bytesRead = readBefore + read - carriedBytes
      shared.told.counted = writtenBefore + written
    },
    phase() {
      return connected ? null : phaseAfter(timings, url)
    },
    arrived() {
      firstByteAt ??= now()
    },
    firstByteAt: () => (shared === null ? firstByteAt : shared.headAt()),
    awaitAnswer() {
      if (shared === null) firstByteAt = null
    },
    lacksIssuer: () => lacksIssuer,
    rawCertificate: () => rawCertificate,
    attached: () => socket !== null,
    peer: () => peer,
  }
}

/** `127.0.0.1:80`, `[::1]:80`. */
function remoteAddress(socket: Socket | null): string | undefined {
  const { remoteAddress: address, remotePort: port } = socket ?? {}
  if (address === undefined || port === undefined) return undefined
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
