// The contract of a transport: one call opens one connection, makes its frames, and tells how it ended.

import type { OutgoingMessage } from '../../shared/endpoint/endpoint.ts'
import type { NewFrame, WaitReason } from '../../shared/frame/frame.ts'
import type { Secret, SessionPlan } from '../../shared/session/sessionPlan.ts'
import type { Unfinished } from '../../shared/session/unfinished.ts'
import type { Cookies } from './cookies.ts'

/** Lives as long as the session and keeps what outlives a connection: validators, cursor, last event id. */
export interface Transport {
  /**
   * Opens connection `io.connection` and resolves when it has ended. The peer's and the network's
   * faults are frames of kind `error` and an outcome; it rejects only for our own fault.
   * When `io.signal` aborts it closes the connection in the method's polite way and resolves soon.
   */
  connect(io: ConnectionIo): Promise<Outcome>
  /** Absent where nothing can be sent on an open connection. */
  readonly sender?: Sender
  /** The session's cookies, for requests beside this transport. */
  readonly cookies?: Cookies
  /** Releases pooled sockets. */
  close(): Promise<void>
}

/** Sends on the connection that is open; without one, all but `repeat` reject with `not-open`. */
export interface Sender {
  /** Resolves when the message has been handed to the socket. */
  send(message: OutgoingMessage): Promise<void>
  /** Resolves when the ping has been handed to the socket. */
  ping(data: Uint8Array): Promise<void>
  /** Begins the closing handshake; `connect` then resolves with `stopped`. */
  closeWith(code: number, reason: string): Promise<void>
  /** Sends the message every so often on this connection and those after it; null stops. */
  repeat(message: OutgoingMessage | null, everyMs: number): void
  /** Time between the messages that are repeated; null when none is. */
  readonly repeatMs: number | null
}

/** What a connection may use of its session. */
export interface ConnectionIo {
  readonly connection: number
  readonly signal: AbortSignal
  /** Records a frame and returns its sequence number. Never throws; the payload's buffer is given away. */
  emit(frame: NewFrame): number
  /** The connection is up: WebSocket open, stream accepted, an answer that is no error arrived. */
  opened(): void
  /** Adds to the session's wire counters. */
  wire(bytesIn: number, bytesOut: number): void
  /** A request was sent and its answer is being waited for (drawn live), or no longer. */
  awaiting(answer: boolean): void
  /**
   * What has come and completes nothing yet: `read` is called whenever views are told the state, so
   * that frames cost nothing for it. The last one given counts; null: nothing can wait any more.
   * `wire` has views told soon.
   */
  unfinished(read: (() => Unfinished | null) | null): void
}

/** What a transport is made of: the session's plan, as far as the wire is concerned. */
export interface TransportOptions
  extends Pick<SessionPlan, 'resolved' | 'network' | 'limits' | 'secrets'> {
  /** The session's, for an endpoint that wants cookies; without them a transport keeps its own. */
  readonly cookies?: Cookies
  /** Hears of a credential that was made for one request, before that leaves: it must not be recorded. */
  readonly hidePassing?: (secrets: readonly Secret[]) => void
}

/** How a connection ended; the session's table turns it into what happens next. */
export type Outcome =
  /** The method's own cycle goes on after `delayMs` (0: at once). Drawn as a wait only when `wait` is given. */
  | {
      readonly kind: 'next'
      readonly delayMs: number
      readonly wait?: { readonly reason: WaitReason; readonly message?: string }
    }
  /**
   * Lost or failed for a reason that may pass. The session backs off; `delayMs` (SSE's reconnection
   * time, `Retry-After`) takes the place of its own figure.
   */
  | {
      readonly kind: 'lost'
      readonly delayMs?: number
      readonly reason?: WaitReason
      readonly message: string
      /** The server ended it as it may: no `error` frame has told why. */
      readonly orderly?: boolean
    }
  /** Trying again would meet the same: refused, a wrong content type, a protocol error. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The server ended it as the method provides: close 1000, SSE's 204. */
  | { readonly kind: 'done'; readonly message: string }
  /** `io.signal` was aborted, or the user has closed it as the message says. */
  | { readonly kind: 'stopped'; readonly message?: string }
