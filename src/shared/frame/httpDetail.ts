// Details of the frames of an HTTP exchange: the request, the response, and facts that are read out of them.

import type { NamedValues } from '../text/namedValues.ts'
import type { RecordDetail } from './streamDetail.ts'

/**
 * Why an HTTP exchange took place. `companion`: a request of Lifeline's own beside a stream. `request`: one that passed a
 * tap and is none of the others.
 */
export type Purpose = 'poll' | 'long-poll' | 'stream' | 'handshake' | 'companion' | 'request'

/** The program that sent a request through a tap. */
export interface ClientDetail {
  /** `127.0.0.1:51234`, `[::1]:51234`. */
  readonly address: string
  /** User-Agent as it came. */
  readonly agent?: string
}

/** A field of a head that a tap has changed on the way. `from` null: added; `to` null: left out. */
export interface FieldChange {
  readonly name: string
  readonly from: string | null
  readonly to: string | null
}

/**
 * Phases of an exchange in milliseconds. A phase that did not take place (a reused connection has
 * no DNS, TCP or TLS phase) is absent. `sentMs`, `firstByteMs` and `totalMs` count from the start of the exchange:
 * `sentMs` to the request's frame, `totalMs` to the response's.
 */
export interface Timings {
  readonly dnsMs?: number
  readonly tcpMs?: number
  readonly tlsMs?: number
  /** The last byte of the request was written. Absent in captures that were made before it was measured. */
  readonly sentMs?: number
  readonly firstByteMs?: number
  readonly totalMs?: number
}

/** The connection stood: the time that its phases took. */
export function openedAfterMs({ dnsMs = 0, tcpMs = 0, tlsMs = 0 }: Timings): number {
  return dnsMs + tcpMs + tlsMs
}

/**
 * How long the server took: from the last byte of the request to the first byte of the answer, as `wait` in [har]. The
 * one meaning of "answered after". Undefined where no answer's time is known.
 */
export function answeredAfterMs(timings: Timings): number | undefined {
  const { firstByteMs, sentMs = openedAfterMs(timings) } = timings
  return firstByteMs === undefined ? undefined : Math.max(0, firstByteMs - sentMs)
}

/** From the first byte of the answer to its last, 0 for a stream: what the response's frame comes later than its answer. */
export function receivingMs({ firstByteMs, totalMs }: Timings): number {
  if (firstByteMs === undefined || totalMs === undefined) return 0
  return Math.max(0, totalMs - firstByteMs)
}

/** An HTTP request head, the handshake of a WebSocket included. Payload: the request's body. */
export interface RequestDetail {
  readonly purpose: Purpose
  readonly method: string
  /** Absolute URL. */
  readonly url: string
  /** Request target as sent: path and query. */
  readonly target: string
  /** `1.1`, `2`. */
  readonly httpVersion: string
  /** HTTP/2: the stream of its connection. */
  readonly streamId?: number
  readonly headers: NamedValues
  /** The proxy the request went through, without credentials. */
  readonly proxy?: string
  /** The Unix socket it went through. */
  readonly socketPath?: string
  /** Long polling: how long no request was open before this one, in ms. */
  readonly gapMs?: number
  /** A tap's: who sent it. */
  readonly client?: ClientDetail
  /** A tap's: what the server got in place of what stands in `headers`. */
  readonly changes?: readonly FieldChange[]
}

/** An HTTP response. Payload: the body, content coding removed (a stream's body is in its events). */
export interface ResponseDetail {
  readonly purpose: Purpose
  readonly status: number
  readonly statusText: string
  /** `1.1`, `2`. */
  readonly httpVersion: string
  /** HTTP/2: the stream of its connection. */
  readonly streamId?: number
  /** Values that are valid as UTF-8 are its text; of others each character is a byte. */
  readonly headers: NamedValues
  /** Where in `headers` the others stand, from 0. */
  readonly latin1?: readonly number[]
  readonly trailers?: NamedValues
  readonly timings: Timings
  /** Whether the request went over a connection that had carried an exchange before. */
  readonly reused: boolean
  readonly remoteAddress?: string
  /** `gzip`, `br`, `zstd`, `deflate`; absent when the body came as it is. */
  readonly contentEncoding?: string
  /** Polling: whether this answer differs from the one before; absent on the first answer. */
  readonly changed?: boolean
  /** Polling: how many answers in a row were unchanged, this one included; absent on others. */
  readonly unchangedInRow?: number
  /** Polling: what a changed JSON answer changed; absent where either answer is no JSON or is large. */
  readonly difference?: Difference
  /** Polling: what the answer says about its age, where it says something. */
  readonly freshness?: Freshness
  /** Long polling: how long the server held the request, in ms. */
  readonly holdMs?: number
  /** Long polling: whether the answer carried no data (204, 304, 408, 504, empty 200). */
  readonly empty?: boolean
  /** Long polling: the server ended the wait without data; Lifeline's own limit is an error frame. */
  readonly serverTimeout?: boolean
  /** Long polling: the cursor before and after this answer. */
  readonly cursor?: { readonly from: string | null; readonly to: string | null }
  /** A WebSocket handshake's 101 that opens none: the error that follows says what is wrong with it. */
  readonly refused?: true
  /** The absolute URL that a redirect leads to. */
  readonly redirectTo?: string
  /** A stream that does not say that it is an event stream: what its body is read as, records or events. */
  readonly stream?: RecordDetail['format'] | 'sse'
  /** A tap's: what the program got in place of what stands in `headers`. */
  readonly changes?: readonly FieldChange[]
  /** The payload was cut at this many bytes by a named limit. */
  readonly truncatedAt?: number
}

/** Whether a poll's answer says by itself that it brings nothing new. */
export function bringsNothing({ empty, changed }: ResponseDetail): boolean {
  return empty === true || changed === false
}

/** Whether it is the answer that was asked for: its content, that it has not changed, or an opened WebSocket. */
export function isGoodAnswer({ status, refused }: ResponseDetail): boolean {
  return !refused && (status === 101 || status === 304 || (status >= 200 && status < 300))
}

/** What is different in a JSON answer: paths, as a profile writes them; `$` is the whole. */
export interface Difference {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
  /** What stood at changed paths and what does now, as JSON, where both are short. */
  readonly values?: readonly ChangedValue[]
  /** So many others, beyond `limits.differencePaths`. */
  readonly more?: number
}

export interface ChangedValue {
  readonly path: string
  readonly from: string
  readonly to: string
}

/** How long an answer may be kept, and how old it is already. [rfc9111] 5 */
export interface Freshness {
  /** `max-age` of Cache-Control. */
  readonly maxAgeMs?: number
  /** Age: a cache on the way answered with something that old. */
  readonly ageMs?: number
  /** `no-store` or `no-cache` of Cache-Control. */
  readonly uncached?: boolean
}
