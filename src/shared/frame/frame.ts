// A frame: one thing seen at one instant on one connection. The word every other part is built on.

import type { ClientMethod } from '../endpoint/endpoint.ts'
import type { ErrorCode } from './errorCodes.ts'
import type { ControlDetail } from './http2Detail.ts'
import type { RequestDetail, ResponseDetail } from './httpDetail.ts'
import type { Label } from './label.ts'
import type { NoticeCode } from './noticeCodes.ts'
import type { Packet } from './packet.ts'
import type {
  CommentDetail,
  EventDetail,
  IgnoredDetail,
  RecordDetail,
  RetryDetail,
} from './streamDetail.ts'
import type {
  CloseDetail,
  FragmentDetail,
  MessageDetail,
  PingDetail,
  PongDetail,
} from './webSocketDetail.ts'

/** The way of a frame: to the peer, from the peer, or neither (Lifeline's own act or finding). */
export type Direction = 'out' | 'in' | 'local'

/** What a wait is for. */
export type WaitReason = 'reconnect' | 'back-off' | 'retry' | 'retry-after'

/** A pause before the next connection. `attempt` of `attempts` is the one that follows. */
export interface WaitDetail {
  readonly reason: WaitReason
  readonly delayMs: number
  readonly attempt?: number
  readonly attempts?: number
  /** The reason in words, where `reason` alone does not say enough. */
  readonly message?: string
}

/** A server's certificate, as far as people judge it. */
export interface CertificateDetail {
  /** `CN=example.com, O=Example`. */
  readonly subject: string
  readonly issuer: string
  /** The names that it is for: `DNS:example.com`. */
  readonly names: readonly string[]
  /** As OpenSSL writes them: `Nov 27 15:00:00 2026 GMT`. */
  readonly validFrom: string
  readonly validTo: string
  /** SHA-256 of the certificate: `AB:CD:…`. */
  readonly fingerprint: string
  /** `host:port` that showed it. */
  readonly host: string
  /** Why it is not trusted, each a few words: `it has expired`. */
  readonly flaws: readonly string[]
}

/** As `Endpoint` has them. */
export type InsteadField =
  | { readonly field: 'httpVersion'; readonly value: '1.1' | '2' }
  | { readonly field: 'stream'; readonly value: 'sse' }

/**
 * The peer's or the network's fault. The frame's `code` is stable; the message is for people. Payload: the bytes that
 * it is about, as they came.
 */
export interface ErrorDetail {
  readonly message: string
  /** Advice to the user; absent where there is nothing to change. */
  readonly advice?: string
  /** The system's or library's own code (`ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`). */
  readonly cause?: string
  /** The fields of a profile that the advice is about: `tls.ca`. The command line names its options by them. */
  readonly fields?: readonly string[]
  /** The method that the answer shows to fit this URL. */
  readonly fits?: ClientMethod
  /** Whether TLS is spoken there, where the URL says otherwise. */
  readonly speaksTls?: boolean
  /** The URL that the server names in place of this one, without user name and password. */
  readonly target?: string
  /** A field with which it works at this URL, as the server shows. */
  readonly instead?: InsteadField
  /** The certificate that was not trusted. */
  readonly certificate?: CertificateDetail
  /** A WebSocket lost without a close frame: 1006, as a client would report it. */
  readonly closeCode?: number
  readonly truncatedAt?: number
}

/**
 * Something that Lifeline did or found, which is nobody's fault: a limit that bit, back-pressure. Payload: the bytes
 * that it is about, as they came.
 */
export interface NoticeDetail {
  readonly message: string
  readonly truncatedAt?: number
}

/** The last frame of every session; exactly one. */
export interface EndDetail {
  /** Who or what ended it. */
  readonly by: 'user' | 'server' | 'error' | 'limit'
  readonly message: string
  /** The message without what the error frame before it says already, for a view that shows both. */
  readonly brief?: string
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
  readonly control: ControlDetail
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
export const wireKinds: readonly FrameKind[] = ['fragment', 'ignored', 'control']

/** Whether its payload can be read. What a close says is in its detail, the bytes of a fragment are in its message. */
export function hasPayload({ kind, sizeBytes }: Pick<Frame, 'kind' | 'sizeBytes'>): boolean {
  return sizeBytes > 0 && kind !== 'close' && kind !== 'fragment'
}

/** Whether frames of this kind belong to the wire layer. */
export function isWireKind(kind: FrameKind): boolean {
  return wireKinds.includes(kind)
}

/** A close frame by which the server says that something is wrong. [rfc6455] 7.4.1 */
export function isComplaint(frame: SeenFrame): boolean {
  if (frame.kind !== 'close' || frame.direction !== 'in') return false
  return frame.detail.by === 'server' && frame.detail.code !== 1000
}

/** Whether the frame is data from the peer, as opposed to a handshake, a close or a control frame. */
export function isPeerData(frame: SeenFrame): boolean {
  switch (frame.kind) {
    case 'event':
    case 'record':
    case 'message':
      return frame.direction === 'in'
    case 'response':
      return ['poll', 'long-poll', 'request'].includes(frame.detail.purpose)
    default:
      return false
  }
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
}

/** The code of a new frame: errors and notices have one. */
export interface NewCodes {
  readonly error: ErrorCode
  readonly notice: NoticeCode
}

/** A frame as transports make it, before the session numbers it. The payload's buffer passes to the capture. */
export type NewFrame = {
  [K in FrameKind]: FrameHead & {
    readonly kind: K
    readonly detail: FrameDetails[K]
    readonly code: K extends keyof NewCodes ? NewCodes[K] : null
    readonly payload: Uint8Array | null
  }
}[FrameKind]

/** What recorded frames have in common with those that are about to be. */
export type SeenFrame = {
  [K in FrameKind]: FrameHead & {
    readonly kind: K
    readonly detail: FrameDetails[K]
    /** On errors and notices. The capture of another version may hold one that is in no list of ours. */
    readonly code: string | null
  }
}[FrameKind]

/**
 * A recorded frame, without its payload. `seq` counts from 1 without gaps; `elapsedMs` is the time
 * since the session's first frame.
 */
export type Frame = SeenFrame & { readonly seq: number; readonly elapsedMs: number }

/** The recorded frame of one kind. */
export type FrameOf<K extends FrameKind> = Extract<Frame, { kind: K }>

/** A frame with the start of its payload as text and what was decoded: all that a row or a diagram draws. */
export interface FrameWithPreview {
  readonly frame: Frame
  /**
   * At most `limits.previewChars` characters: the start of the payload, decoded as UTF-8 with white
   * space folded, or `a2 64 74 …` when it is binary; null when there is no payload.
   */
  readonly preview: string | null
  /** Its packets; absent where it has none, no decoder knows it, or decoding has not come so far. */
  readonly decoded?: readonly Packet[]
  /** What its JSON says, for the preview's place; absent where it is none, or nobody has read it. */
  readonly label?: Label
}
