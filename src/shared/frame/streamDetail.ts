// Details of the frames of a stream over HTTP, by kind: server-sent events and records of other formats.

import type { NamedValues } from '../text/namedValues.ts'

/** A server-sent event. Payload: its data, UTF-8. [spec] HTML 9.2.6 */
export interface EventDetail {
  /** `message` when the stream named none. */
  readonly type: string
  /** The last event ID after this event; the empty string when none was set. */
  readonly lastEventId: string
  /** It has an ID of its own, and that was the last event ID before it, too. */
  readonly sameId?: boolean
  readonly truncatedAt?: number
}

/** An SSE comment line. Payload: its text. */
export interface CommentDetail {
  readonly truncatedAt?: number
}

/**
 * Why a client makes nothing of a part of a stream: a browser's EventSource [spec] HTML 9.2.6, a reader
 * of NDJSON or of JSON text sequences [rfc7464] 2.1. `unfinished`: the stream ended, or was left, before the blank
 * line that would have dispatched the event. `too-large`: beyond the limit. `not-utf8`: the bytes of what came just
 * before, in which U+FFFD stands for some. `not-decoded`: what its Content-Encoding does not fit, or what came of it
 * and gives nothing yet. `no-content`: no bytes of content, but what frames them, such as the end of the body.
 */
export type IgnoredReason =
  | 'unknown-field'
  | 'invalid-retry'
  | 'nul-in-id'
  | 'no-data'
  | 'unfinished'
  | 'blank-line'
  | 'outside-record'
  | 'too-large'
  | 'not-utf8'
  | 'not-decoded'
  | 'no-content'

/** A part of a stream that clients ignore; of the wire layer. Payload: its lines. */
export interface IgnoredDetail {
  readonly why: IgnoredReason
  readonly truncatedAt?: number
}

/** An SSE `retry` field: the first of a connection, and those that change the reconnection time. */
export interface RetryDetail {
  readonly delayMs: number
}

/** A record of a stream that is not SSE. Payload: its text, without what parts it from the next. */
export interface RecordDetail {
  /** `text`: what arrived together. */
  readonly format: 'ndjson' | 'json-seq' | 'json-array' | 'text' | 'multipart'
  /** Of a part of a multipart body. */
  readonly headers?: NamedValues
  /** A part of a long poll's answer as it came; the whole is in the response that follows, and counted there. */
  readonly partial?: boolean
  /** Of such a part, where the answer names another than UTF-8. */
  readonly charset?: string
  /** The flaw: it is no JSON, or its end is missing. [rfc7464] 2.1 and 2.4 */
  readonly flaw?: 'not-json' | 'cut-short'
  readonly truncatedAt?: number
}
