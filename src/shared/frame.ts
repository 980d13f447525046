// A frame: one thing seen at one instant on one connection. The word every other part is built on.

/** Which way a frame went: to the peer, from the peer, or nowhere (Lifeline's own act or finding). */
export type Direction = 'out' | 'in' | 'local'

/** Header fields as they crossed the wire: order, letter case and duplicates kept. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** Why an HTTP exchange took place. */
export type Purpose = 'poll' | 'long-poll' | 'stream' | 'handshake' | 'companion'

/**
 * Phases of an exchange in milliseconds. A phase that did not take place (a reused connection has
 * no DNS, TCP or TLS phase) is absent. `firstByteMs` and `totalMs` count from the start of the exchange.
 */
export interface Timings {
  readonly dnsMs?: number
  readonly tcpMs?: number
  readonly tlsMs?: number
  readonly firstByteMs?: number
  readonly totalMs?: number
}

/** An HTTP request head, the handshake of a WebSocket included. Payload: the request's body. */
export interface RequestDetail {
  readonly purpose: Purpose
  readonly method: string
  /** Absolute URL. */
  readonly url: string
  /** Request target as sent: path and query. */
  readonly target: string
  readonly httpVersion: string
  readonly headers: HeaderPairs
  /** The proxy the request went through, without credentials. */
  readonly proxy?: string
  /** The Unix socket it went through. */
  readonly socketPath?: string
  /** Long polling: how long no request was open before this one, in ms. */
  readonly gapMs?: number
}

/** An HTTP response. Payload: the body, content coding removed (a stream's body is in its events). */
export interface ResponseDetail {
  readonly purpose: Purpose
  readonly status: number
  readonly statusText: string
  readonly httpVersion: string
  readonly headers: HeaderPairs
  readonly trailers?: HeaderPairs
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
  /** The absolute URL that a redirect leads to. */
  readonly redirectTo?: string
  /** A stream that is no event stream: how its body is cut into records. */
  readonly stream?: RecordDetail['format']
  /** The payload was cut at this many bytes by a named limit. */
  readonly truncatedAt?: number
}

/** What is different in a JSON answer: paths, as a profile writes them; `$` is the whole. */
export interface Difference {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
  /** So many others, beyond `limits.differencePaths`. */
  readonly more?: number
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

/** A server-sent event. Payload: its data, UTF-8. [spec] HTML 9.2.6 */
export interface EventDetail {
  /** `message` when the stream named none. */
  readonly type: string
  /** The last event ID after this event; the empty string when none was set. */
  readonly lastEventId: string
  readonly truncatedAt?: number
}

/** An SSE comment line. Payload: its text. */
export interface CommentDetail {
  readonly truncatedAt?: number
}

/**
 * Why a client makes nothing of a part of a stream: a browser's EventSource [spec] HTML 9.2.6, a reader
 * of NDJSON or of JSON text sequences [rfc7464] 2.1. `unfinished`: the stream ended before the blank
 * line that would have dispatched the event.
 */
export type IgnoredReason =
  | 'unknown-field'
  | 'invalid-retry'
  | 'nul-in-id'
  | 'no-data'
  | 'unfinished'
  | 'blank-line'
  | 'outside-record'

/** A part of a stream that clients ignore; of the wire layer. Payload: its lines. */
export interface IgnoredDetail {
  readonly why: IgnoredReason
  readonly truncatedAt?: number
}

/** An SSE `retry` field that changed the reconnection time. */
export interface RetryDetail {
  readonly delayMs: number
}

/** A record of a stream that is not SSE. Payload: its text, without what parts it from the next. */
export interface RecordDetail {
  /** `text`: what arrived together. */
  readonly format: 'ndjson' | 'json-seq' | 'text'
  /** A part of a long poll's answer as it came; the whole is in the response that follows, and counted there. */
  readonly partial?: boolean
  /** What is wrong with it: no JSON, or its end has not come. [rfc7464] 2.1 and 2.4 */
  readonly flaw?: 'not-json' | 'cut-short'
  readonly truncatedAt?: number
}

/** A WebSocket message. Payload: its bytes, unmasked and inflated. [rfc6455] 5.6 */
export interface MessageDetail {
  readonly type: 'text' | 'binary'
  /** How many WebSocket frames carried it. */
  readonly fragments: number
  /** RSV1 was set: permessage-deflate. [rfc7692] 6 */
  readonly compressed: boolean
  readonly masked: boolean
  readonly truncatedAt?: number
}

/**
 * One WebSocket frame of a message that came in several; of the wire layer. Its payload is in the
 * message that follows the last one. [rfc6455] 5.4
 */
export interface FragmentDetail {
  /** 1 for the message's first. */
  readonly index: number
  /** 1 text, 2 binary; 0 continuation in all but the first. */
  readonly opcode: number
  /** The last one of its message. */
  readonly fin: boolean
  /** RSV1, RSV2 and RSV3 as three bits: 4 is RSV1, permessage-deflate. */
  readonly rsv: number
  readonly masked: boolean
}

/** A WebSocket ping. Payload: its application data. [rfc6455] 5.5.2 */
export interface PingDetail {
  readonly masked: boolean
}

/** A WebSocket pong. `rttMs` is there when it answers a ping of ours. [rfc6455] 5.5.3 */
export interface PongDetail {
  readonly masked: boolean
  readonly rttMs?: number
}

/** A WebSocket close frame. 1005 means that it carried no code. [rfc6455] 5.5.1 */
export interface CloseDetail {
  readonly code: number
  readonly reason: string
  /** Who began the closing handshake. */
  readonly by: 'client' | 'server'
  /** On the frame that answers another: the time since that one. */
  readonly replyMs?: number
}

/** What a wait is for. */
export type WaitReason = 'reconnect' | 'back-off' | 'retry' | 'retry-after'

/** A pause before the next connection. `attempt` of `attempts` is the one that follows. */
export interface WaitDetail {
  readonly reason: WaitReason
  readonly delayMs: number
  readonly attempt?: number
  readonly attempts?: number
  /** Why, in words, where the reason alone does not say it. */
  readonly message?: string
}

/** The peer's or the network's fault. The frame's `code` is stable; the message is for people. */
export interface ErrorDetail {
  readonly message: string
  /** What the user can change, where there is something. */
  readonly advice?: string
  /** The system's or library's own code (`ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`). */
  readonly cause?: string
  /** A WebSocket lost without a close frame: 1006, as a client would report it. */
  readonly closeCode?: number
}

/** Something that Lifeline did or found, which is nobody's fault: a limit that bit, back-pressure. */
export interface NoticeDetail {
  readonly message: string
}

/** The last frame of every session; exactly one. */
export interface EndDetail {
  /** Who or what ended it. */
  readonly by: 'user' | 'server' | 'error' | 'limit'
  readonly message: string
}

export interface FrameDetails {
  readonly request: RequestDetail
  readonly response: ResponseDetail
  readonly event: EventDetail
  readonly comment: CommentDetail
  readonly ignored: IgnoredDetail
  readonly retry: RetryDetail
  readonly record: RecordDetail
  readonly message: MessageDetail
  readonly fragment: FragmentDetail
  readonly ping: PingDetail
  readonly pong: PongDetail
  readonly close: CloseDetail
  readonly wait: WaitDetail
  readonly error: ErrorDetail
  readonly notice: NoticeDetail
  readonly end: EndDetail
}

export type FrameKind = keyof FrameDetails

/** Kinds of the wire layer: always recorded, shown on demand, left out of the counts. */
export const wireKinds: readonly FrameKind[] = ['fragment', 'ignored']

/** Whether frames of this kind belong to the wire layer. */
export function isWireKind(kind: FrameKind): boolean {
  return kind === 'fragment' || kind === 'ignored'
}

/** What is the same in frames of every kind. */
interface FrameHead {
  /** Epoch milliseconds with a fraction (µs), taken where the bytes arrived or left. */
  readonly at: number
  /** 1 for the session's first connection; 0 for what belongs to none. */
  readonly connection: number
  readonly direction: Direction
  /** Bytes of the payload as the peer's program would see it. */
  readonly sizeBytes: number
  /** Bytes this frame took on the wire, framing and heads included, TLS excluded; 0 when local. */
  readonly wireBytes: number
  /** Sequence number of the frame this one answers. */
  readonly replyTo: number | null
  /** A stable code, on errors and on notices about limits. */
  readonly code: string | null
}

type OfKind<Head> = {
  [K in FrameKind]: Head & { readonly kind: K; readonly detail: FrameDetails[K] }
}[FrameKind]

/** A frame as transports make it, before the session numbers it. The payload's buffer passes to the capture. */
export type NewFrame = OfKind<FrameHead & { readonly payload: Uint8Array | null }>

/**
 * A recorded frame, without its payload. `seq` counts from 1 without gaps; `elapsedMs` is the time
 * since the session's first frame.
 */
export type Frame = OfKind<FrameHead & { readonly seq: number; readonly elapsedMs: number }>

/** The recorded frame of one kind. */
export type FrameOf<K extends FrameKind> = Extract<Frame, { kind: K }>

/** A frame with the start of its payload as text, which is all that a row or a diagram draws. */
export interface FrameWithPreview {
  readonly frame: Frame
  /**
   * At most `limits.previewChars` characters: the start of the payload, decoded as UTF-8 with white
   * space folded, or `a2 64 74 …` when it is binary; null when there is no payload.
   */
  readonly preview: string | null
}
