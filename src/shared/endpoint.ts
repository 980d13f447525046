// What to watch: URL, method, headers, limits, as plain data.

export type Method = 'polling' | 'long-polling' | 'sse' | 'websocket'

/** Where a long-polling cursor is read from in an answer. `path` is a dotted JSON path, `$` optional. */
export type CursorSource =
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'json'; readonly path: string }

/** Where the cursor goes in the next request. */
export type CursorTarget =
  | { readonly kind: 'query'; readonly name: string }
  | { readonly kind: 'header'; readonly name: string }

/**
 * One endpoint, complete: every field has its value. Strings may hold `${…}` references until
 * `resolveVariables` has replaced them.
 */
export interface Endpoint {
  /** Absolute `http:`, `https:`, `ws:` or `wss:` URL. */
  readonly url: string
  readonly method: Method
  /** HTTP request method; WebSocket's handshake is always GET. */
  readonly request: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | null
  /** WebSocket subprotocols offered, in order of preference. */
  readonly subprotocols: readonly string[]
  /** WebSocket text messages sent when the connection opens. */
  readonly send: readonly string[]
  /** Polling: from the start of one request to the start of the next. */
  readonly intervalMs: number
  /** The profile says in words that it wants to poll faster than `limits.minIntervalMs`. */
  readonly allowFasterThan100ms: boolean
  /** No answer (head and body; for streams and WebSocket the head) within this ends the exchange. */
  readonly timeoutMs: number
  readonly cursor: { readonly from: CursorSource; readonly to: CursorTarget } | null
  /** Attempts in a row after a connection is lost or fails; 0 turns reconnecting off. */
  readonly reconnectAttempts: number
  /** Accept a TLS certificate that is not trusted, for this endpoint only. */
  readonly allowUntrusted: boolean
  /** `auto`: VS Code's or the environment's settings; `none`; or a proxy URL. */
  readonly proxy: string
}

/** A WebSocket message that the user sends. */
export type OutgoingMessage =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'binary'; readonly bytes: Uint8Array }

/** A request beside the stream, drawn in the same timeline. The URL may be relative to the endpoint's. */
export interface CompanionRequest {
  readonly request: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | null
}
