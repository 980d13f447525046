// The contract of an HTTP exchange, for polling, long polling, SSE and companions: what it is given, what comes of it.

import type { Purpose, RequestDetail, ResponseDetail } from '../../../shared/frame/httpDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Unfinished } from '../../../shared/session/unfinished.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import type { Came } from '../../protocols/bytes/cameBytes.ts'
import type { Fault } from '../../protocols/fault.ts'
import type { EndedBy } from '../../protocols/stream/streamEnding.ts'
import type { Network } from '../network/network.ts'
import type { ConnectionIo } from '../transport.ts'
import type { Undecoded } from './undecodedBytes.ts'

/** What an exchange uses of its connection. */
export type ExchangeIo = Pick<ConnectionIo, 'connection' | 'signal' | 'emit' | 'wire'> &
  Partial<Pick<ConnectionIo, 'awaiting' | 'unfinished'>> & {
    /** Bytes of the answer have come over HTTP/1.1, at that epoch ms. */
    heard?(at: number): void
  }

/** What an exchange runs on. */
export interface ExchangeContext {
  readonly network: Network
  readonly limits: Limits
  readonly io: ExchangeIo
}

/** The head of an answer. */
export interface AnswerHead {
  readonly url: URL
  readonly status: number
  readonly statusText: string
  readonly httpVersion: string
  readonly headers: NamedValues
  /** Sequence number of the request's frame. */
  readonly requestSeq: number
  /** Epoch ms of its first byte. */
  readonly at: number
  /** From the request's last byte to the answer's first, in ms. */
  readonly holdMs: number
}

/** What becomes of a body. */
export type BodyPlan =
  | SettledPlan
  /** Its first bytes tell: they are held until `decide` has a plan, which it must have when no more come. */
  | {
      readonly kind: 'undecided'
      decide(start: Uint8Array, ended: boolean): SettledPlan | null
    }

export type SettledPlan =
  /** Kept in the response's frame, up to `limits.payloadBytes`. Reading ends in peace at `stopAtBytes`. */
  | {
      readonly kind: 'collect'
      readonly stopAtBytes?: number
      /** Gets the decoded bytes as they come, too; they are lent. */
      arrived?(bytes: Uint8Array, at: number): void
    }
  /**
   * The response's frame is made at once and the decoded bytes are handed on as they come: `at` is
   * when they arrived, `wireBytes` what they took on the wire. A promise holds the
   * socket back. There is no timeout any more.
   */
  | {
      readonly kind: 'stream'
      readonly annotation?: Annotation
      chunk(bytes: Uint8Array, at: number, wireBytes: number): void | Promise<void>
      /** What has come and completes nothing yet. */
      waiting?(): Unfinished | null
      /** Nothing more comes, after all that came was handed on; an error's frame follows. */
      over?(end: StreamEnd): void
    }

/** The end of a body that is a stream. */
export interface StreamEnd {
  readonly by: EndedBy
  readonly at: number
  /** Bytes of the wire that no call has told. */
  readonly wireBytes: number
  /** What came and could not be decoded, or gives nothing yet. */
  readonly undecoded: Undecoded
}

/** What a method adds to a response's detail. */
export type Annotation = Pick<
  ResponseDetail,
  | 'changed'
  | 'unchangedInRow'
  | 'difference'
  | 'freshness'
  | 'holdMs'
  | 'serverTimeout'
  | 'empty'
  | 'cursor'
  | 'redirectTo'
  | 'refused'
  | 'stream'
>

/** What a method adds to a request's detail. */
export type RequestAnnotation = Pick<RequestDetail, 'gapMs'>

/** How to treat an answer. */
export interface Reading {
  readonly purpose: Purpose
  readonly timeoutMs: number
  /** It has been sent before, to a server that did nothing with it. */
  readonly repeated?: boolean
  /** Called when the head was written, before its frame is made. */
  sent?(at: number): RequestAnnotation
  /** What it means that no answer came in time, where the method has words of its own for it. */
  unanswered?(timeoutMs: number): Fault
  plan(head: AnswerHead): BodyPlan
  /** Called once per complete, collected body, before its frame is made. The bytes are lent. */
  annotate(head: AnswerHead, body: Uint8Array, sizeBytes: number): Annotation
}

export type HopResult =
  /** Complete. `body` is what was kept of it, empty for a stream; its buffer is the capture's: read only. */
  | {
      readonly kind: 'answered'
      readonly head: AnswerHead
      readonly body: Uint8Array
      readonly sizeBytes: number
      readonly seq: number
      /** Epoch ms of its end. */
      readonly at: number
    }
  /** The error frame has been emitted as `seq`. `head` is there when the answer had begun. */
  | {
      readonly kind: 'failed'
      readonly fault: Fault
      readonly seq: number
      readonly head: AnswerHead | null
    }
  /** The request did not reach the server, which had closed the kept connection, or did nothing with it. */
  | { readonly kind: 'stale' }
  /** `io.signal` was aborted. */
  /** `untold`: what came and no frame has told. */
  | { readonly kind: 'stopped'; readonly untold?: Came }
