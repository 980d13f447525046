// The contract between the relay of a tap, in a thread of its own, and the source that makes frames of what passes it.

import type { FieldChange, Timings } from '../../shared/frame/httpDetail.ts'
import type { FaultKind } from '../../shared/session/tapFaults.ts'
import type { Fault } from '../protocols/fault.ts'
import type { BodyEnd } from '../protocols/http/bodyLength.ts'

/** Who sent something: the program that was pointed to the tap, or its server. */
export type Side = 'client' | 'server'

/** Why the relay has answered in the server's place, or has ended a connection by itself. */
export type RefusalReason =
  /** `Host` is none of the tap's own names: a page of another site may have been led here. */
  | 'host'
  /** The next request came before the answer to the last one had ended. The answer that was under way is complete. */
  | 'pipelining'
  /** The head cannot be read, or is larger than `limits.headBytes`. */
  | 'head'
  /** CONNECT, or a target that names another server: a tap is no forward proxy. */
  | 'proxy'

/** A failed call of the system or of TLS. */
export interface SocketFailure {
  readonly code: string
  readonly message: string
}

/**
 * What passes the relay. `id` is a pair of sockets, from 1: the program's, and the server's that belongs to it alone. `at` is
 * epoch ms of the relay's own clock, at which the bytes arrived. A pair carries one exchange at a time:
 *
 *   opened ─► ( request ─► body… ─► end ∥ dialled ─► response (1xx)… ─► response ─► body… ─► end )… ─► closed
 *
 * After a 101 both ways carry `body` until the pair is closed. `refused` and `unreachable` stand in the place of `response` and
 * `end` of the server.
 */
export type RelayEvent =
  | {
      readonly kind: 'opened'
      readonly id: number
      readonly at: number
      /** `127.0.0.1:51234`, `[::1]:51234`. */
      readonly client: string
    }
  | {
      /** The pair's server socket stands; once, within its first exchange. */
      readonly kind: 'dialled'
      readonly id: number
      readonly at: number
      /** DNS, TCP and TLS. */
      readonly timings: Timings
      readonly remoteAddress: string | null
      /** The proxy it went through, without credentials. */
      readonly proxy: string | null
    }
  | {
      readonly kind: 'request' | 'response'
      readonly id: number
      /** Of its first byte. */
      readonly at: number
      /** As it came, to the empty line and with it. */
      readonly head: Uint8Array
      readonly changes: readonly FieldChange[]
      /** How its body ends; `head` for those that have none. */
      readonly bodyEnd: BodyEnd
    }
  | {
      /** Bytes as on the wire: chunks with their sizes, WebSocket frames as they are. */
      readonly kind: 'body'
      readonly id: number
      readonly from: Side
      readonly at: number
      readonly bytes: Uint8Array
    }
  | {
      /**
       * Bytes that have passed and are not told, since the recorder could not keep up. What comes next begins at the start of
       * a WebSocket frame; of another body it is simply what comes next.
       */
      readonly kind: 'lost'
      readonly id: number
      readonly from: Side
      readonly at: number
      readonly bytes: number
      /** Heads of WebSocket frames among them. */
      readonly frames: number
    }
  | {
      /** The request or the answer has come to its end, as its framing says. */
      readonly kind: 'end'
      readonly id: number
      readonly from: Side
      readonly at: number
    }
  | {
      /** It sends nothing more; the other way may go on. */
      readonly kind: 'finished'
      readonly id: number
      readonly from: Side
      readonly at: number
    }
  | {
      /** Answered by the relay: nothing has reached the server, but for `pipelining`. */
      readonly kind: 'refused'
      readonly id: number
      readonly at: number
      readonly reason: RefusalReason
      /** For people: what was found, and what to change. */
      readonly message: string
      /** The head as far as it came; empty for `pipelining`. */
      readonly head: Uint8Array
      /** Of the relay's answer; null where it gave none. */
      readonly status: number | null
    }
  | {
      /** No server socket: the program was answered with 502. */
      readonly kind: 'unreachable'
      readonly id: number
      readonly at: number
      readonly fault: Fault
      readonly timings: Timings
    }
  | {
      /** What comes where an answer's head should is none, or no answer to anything: from here on all passes as `body`, unread. */
      readonly kind: 'unreadable'
      readonly id: number
      readonly at: number
      /** Why, as a part of a sentence: `its first line is no status line`. */
      readonly refusal: string
    }
  | {
      /** A fault that the user has turned on begins to act on a message or a connection. `id` 0: on none that is open. */
      readonly kind: 'fault'
      readonly id: number
      readonly at: number
      readonly fault: FaultKind | 'cut'
      /** For people. */
      readonly message: string
    }
  | {
      /**
       * The message of a WebSocket, or the answer, that this side brought last waits for its verdict: the last `body` ended with
       * it, or `end` was told. From the server alone for answers.
       */
      readonly kind: 'held'
      readonly id: number
      readonly from: Side
      /** From 1, of this pair and side. */
      readonly n: number
      readonly at: number
    }
  | {
      /** What was put in has gone out. */
      readonly kind: 'injected'
      readonly id: number
      readonly to: Side
      /** As it was given. */
      readonly n: number
      readonly at: number
    }
  | {
      /** Both sockets are closed; the last event of a pair. */
      readonly kind: 'closed'
      readonly id: number
      readonly at: number
      /** Who ended it; `relay` where the tap was stopped or it refused something. */
      readonly by: Side | 'relay'
      /** Where it was no orderly end. */
      readonly failure: SocketFailure | null
    }

/** What the thread tells the source beside batches of events. */
export type RelayNews =
  | { readonly kind: 'listening'; readonly port: number }
  /** It cannot listen, or listens no longer. */
  | { readonly kind: 'failed'; readonly failure: SocketFailure }
  /** In the order in which they came about. */
  | { readonly kind: 'events'; readonly events: readonly RelayEvent[] }
  /** All sockets are closed. */
  | { readonly kind: 'stopped' }
