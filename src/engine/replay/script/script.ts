// The script of a replay: for each path the answers, streams and conversations of a capture in order. Payloads stay there.

import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'

export interface Script {
  readonly routes: readonly Route[]
  readonly flaws: ScriptFlaws
}

/** What is served otherwise than it once came, in frames. */
export interface ScriptFlaws {
  /** Kept only in part. */
  readonly cut: number
  /** References stand in them in the place of credentials, as far as their heads and beginnings show. */
  readonly hidden: number
  /** Requests without a complete answer. */
  readonly unanswered: number
  /** Beyond `scriptLimits.cues`. */
  readonly leftOut: number
}

export interface Route {
  /** `GET`; `WebSocket`, where the request asked for one. */
  readonly method: string
  readonly path: string
  readonly turns: readonly Turn[]
}

export type Turn = AnswerTurn | StreamTurn | ConversationTurn

export interface TurnHead {
  /** The query of the request, without `?`. */
  readonly query: string
  /** Tells the request's body apart from others; null where there was none, or it is not known whole. */
  readonly body: string | null
  readonly status: number
  readonly statusText: string
  readonly headers: NamedValues
  /** Where in `headers` values are bytes rather than text. */
  readonly latin1: readonly number[]
  /** How long the request waited for its answer, in ms. */
  readonly holdMs: number
  /** The origin that gave it: `https://api.example.com`. */
  readonly origin: string
}

export interface AnswerTurn extends TurnHead {
  readonly kind: 'answer'
  /** As `Purpose` has it, told of its route. */
  readonly sort: 'poll' | 'long-poll' | 'request'
  /** The frame whose payload is the body. */
  readonly seq: number
  /** Of a 304: the answer that had not changed; null where the capture has none. */
  readonly unchanged: AnswerTurn | null
}

/** `at`: since the head, in ms. */
export interface StreamItem {
  readonly at: number
  readonly seq: number
  readonly what:
    | {
        readonly kind: 'event'
        readonly type: string
        readonly id: string
        readonly ownId: boolean
      }
    | { readonly kind: 'comment' }
    | { readonly kind: 'retry'; readonly delayMs: number }
    | { readonly kind: 'record'; readonly headers: NamedValues }
}

export interface StreamTurn extends TurnHead {
  readonly kind: 'stream'
  readonly format: StreamFormat
  readonly items: readonly StreamItem[]
  /** By which the server ended it; null: it was open when the capture ended, or the client left. */
  readonly end: { readonly at: number; readonly isCut: boolean } | null
  /** How long it was open, in ms. */
  readonly lengthMs: number
}

export type StreamFormat = RecordDetail['format'] | 'sse'

export interface Message {
  /** Since the handshake, in ms. */
  readonly at: number
  /** So many messages of the client came before. */
  readonly after: number
  readonly what:
    | { readonly kind: 'text' | 'binary'; readonly seq: number; readonly compressed: boolean }
    | { readonly kind: 'close'; readonly code: number; readonly reason: string }
    /** Without a close frame. */
    | { readonly kind: 'drop' }
}

export interface ConversationTurn extends TurnHead {
  readonly kind: 'conversation'
  readonly messages: readonly Message[]
  /** When each message of the client came, since the handshake, in ms. */
  readonly heardAt: readonly number[]
  readonly protocol: string | null
  readonly compresses: boolean
  readonly lengthMs: number
}
