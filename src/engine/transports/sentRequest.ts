// The contract of a request on its way and of its answer, alike in HTTP/1.1, where they are Node's own, and HTTP/2.

import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { NamedValues } from '../../shared/text/namedValues.ts'
import type { Fault } from '../protocols/fault.ts'
import type { Goaway } from '../protocols/http2/http2Fault.ts'
import type { Http2Frame } from '../protocols/http2/http2Frames.ts'

/** What happens to it, in Node's words. */
interface SentEvents {
  socket: [socket: Socket]
  /** Its last byte was handed to the socket. */
  finish: []
  response: [answer: SentAnswer]
  information: [info: SentInformation]
  upgrade: [answer: SentUpgrade]
  /** The server takes no further requests on the connection, and goes on with this one. */
  lastOne: [goaway: Goaway]
  /** A frame about the connection or the stream. */
  control: [control: ControlFrame]
  error: [error: Error]
  proxyConnect: [answer: { readonly statusCode?: number; readonly statusText?: string }]
}

export interface SentRequest {
  readonly reusedSocket: boolean
  readonly method: string
  /** The request target. */
  readonly path: string
  /** Absent in HTTP/1.1. */
  readonly http2?: Http2Facts
  on<E extends keyof SentEvents>(event: E, handle: (...args: SentEvents[E]) => void): unknown
  end(body?: Uint8Array): unknown
  destroy(): unknown
}

/** A frame of HTTP/2 that carries no message. */
export interface ControlFrame {
  readonly direction: 'in' | 'out'
  /** Epoch ms. */
  readonly at: number
  readonly frame: Http2Frame
}

/** What HTTP/2 tells of a request. */
export interface Http2Facts {
  readonly streamId: number
  /** As they leave, pseudo-header fields first. */
  readonly fields: NamedValues
  /** Names of given fields that it does not have, the first time on this connection. */
  readonly left: readonly string[]
  /**
   * The socket's counters up to what frames tell of, and `counted` of the bytes written, up to what the session has
   * counted. What belongs to no exchange is told with the next one. Kept up by who tells.
   */
  readonly told: { bytesRead: number; bytesWritten: number; counted: number }
  /** Epoch ms of the first byte of the last head that came; null before. */
  headAt(): number | null
}

/** The server speaks another protocol from here on. */
export interface SentUpgrade extends SentAnswer {
  readonly headers: { readonly upgrade?: string | undefined }
}

/** Ahead of an answer. [rfc9110] 15.2 */
export interface SentInformation {
  readonly statusCode: number
  readonly statusMessage: string
  readonly rawHeaders: readonly string[]
}

/** An answer; the stream is its body, as the wire has it. */
export interface SentAnswer extends Readable {
  readonly statusCode?: number | undefined
  readonly statusMessage?: string | undefined
  readonly httpVersion: string
  readonly rawHeaders: readonly string[]
  readonly rawTrailers: readonly string[]
  /** The body has come to its end. */
  readonly complete: boolean
  /** In HTTP/2. */
  readonly streamId?: number
  /** In HTTP/2: bytes of the wire up to the end of the head. */
  readonly headBytes?: number
  /** In HTTP/2: bytes of the wire up to so many bytes of the body as it came; to be asked in their order. */
  readonly wireAt?: (contentBytes: number) => number
}

/** An error of an exchange whose words are known already. */
export class ExchangeFailure extends Error {
  readonly fault: Fault
  /** The server has done nothing with the request: it may be sent again, on another connection. [rfc9113] 8.7 */
  readonly unprocessed: boolean
  /** The bytes that it is about, as Node's parser names them; null where there are none. */
  readonly rawPacket: Uint8Array | null

  constructor(fault: Fault, unprocessed = false, rawPacket: Uint8Array | null = null) {
    super(fault.message)
    this.fault = fault
    this.unprocessed = unprocessed
    this.rawPacket = rawPacket
  }
}
