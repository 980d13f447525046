// The endpoint to watch: URL, method, headers, limits, as plain data.

import type { NamedValues } from '../text/namedValues.ts'
import type { TapSettings } from './tapSettings.ts'

/** By which Lifeline itself connects. */
export type ClientMethod = 'polling' | 'long-polling' | 'sse' | 'websocket'

/** How a session comes by its frames. What each is called and can stands in `methods`. */
export type Method = ClientMethod | 'tap'

/**
 * Where a long-polling cursor is read from in an answer. `path` is a dotted JSON path, `$` optional; `step` is added to
 * the whole number that is found.
 */
export type CursorSource =
  | { readonly kind: 'header'; readonly name: string; readonly step?: number }
  | { readonly kind: 'json'; readonly path: string; readonly step?: number }
  /** The URL that the header Link has under this relation. */
  | { readonly kind: 'link'; readonly rel: string }
  /** `Last-Modified` and `ETag` together, as Nchan has it; the target is `validators` as well. */
  | { readonly kind: 'validators' }

/** Where the cursor goes in the next request. */
export type CursorTarget =
  | { readonly kind: 'query'; readonly name: string }
  | { readonly kind: 'header'; readonly name: string }
  /** Set in the JSON body; a missing body is made. */
  | { readonly kind: 'body'; readonly path: string }
  /** It is the next request's URL, relative to the last one. */
  | { readonly kind: 'url' }
  /** `If-Modified-Since` and `If-None-Match`; the source is `validators` as well. */
  | { readonly kind: 'validators' }

/** Who asks. It is sent unless the user's headers hold the same field. */
export type Auth =
  | { readonly type: 'bearer'; readonly token: string }
  | { readonly type: 'basic' | 'digest'; readonly user: string; readonly password: string }
  | {
      readonly type: 'apiKey'
      readonly in: 'header' | 'query'
      readonly name: string
      readonly value: string
    }

export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const

export type TlsVersion = (typeof tlsVersions)[number]

/** Files are PEM, except `pfx`; their paths are absolute once variables are resolved. */
export interface Tls {
  /** Accept a certificate that is not trusted, for this endpoint only. */
  readonly allowUntrusted: boolean
  /** SHA-256 of the one certificate that is accepted though it is not trusted: hexadecimal, colons or none. */
  readonly fingerprint: string | null
  /** Certificates trusted beside the system's. */
  readonly ca: string | null
  /** The client's certificate and its key; one file may hold both, then `key` is null. */
  readonly cert: string | null
  readonly key: string | null
  /** Client certificate and key as PKCS #12, instead of `cert` and `key`. */
  readonly pfx: string | null
  /** Of `key` or `pfx`. */
  readonly passphrase: string | null
  /** Asked for and checked instead of the URL's host. */
  readonly serverName: string | null
  /** Null leaves Node's own. */
  readonly minVersion: TlsVersion | null
}

/** A request beside the stream, drawn in the same timeline. The URL may be relative to the endpoint's. */
export interface CompanionRequest {
  readonly request: string
  readonly url: string
  readonly headers: NamedValues
  readonly body: string | null
}

/** A companion request that the profile keeps under a name. */
export interface SavedRequest extends CompanionRequest {
  readonly name: string
}

/**
 * What a WebSocket message is made of: text as it is, or bytes written in hexadecimal or base64 or held
 * by a file, whose path is absolute once variables are resolved.
 */
export interface MessageContent {
  readonly kind: 'text' | 'hex' | 'base64' | 'file'
  readonly value: string
}

/** A message that the profile keeps under a name. */
export interface SavedMessage extends MessageContent {
  readonly name: string
}

/** The parameters with which permessage-deflate is offered. [rfc7692] 7.1 */
export interface Compression {
  readonly serverNoContextTakeover: boolean
  readonly clientNoContextTakeover: boolean
  /** 8 to 15; null does not name it. */
  readonly serverMaxWindowBits: number | null
  /** 8 to 15; null leaves the size to the server. */
  readonly clientMaxWindowBits: number | null
}

/** How the body of a stream is cut into frames; `auto` goes by its content type. */
export type StreamFormat =
  | 'auto'
  | 'sse'
  | 'ndjson'
  | 'json-seq'
  | 'json-array'
  | 'multipart'
  | 'text'

/** Where messages in JSON have what makes pairs of them: paths to one place each, as `parseOnePlace` reads them. */
export interface PairPaths {
  readonly request: string
  readonly reply: string
  readonly name?: string
}

/** Of which types of Protocol Buffers messages are, each by its whole name; without one a message is told by its wire format. */
export interface MessageTypes {
  /** The path of a file with a descriptor set. */
  readonly descriptor: string
  readonly in?: string
  readonly out?: string
  /** Only as it is recorded: the bytes of that file in base64, or a sentence that says why there are none. */
  readonly bytes?: string
  readonly fault?: string
}

/**
 * One endpoint, complete: every field has its value. Strings may hold `${…}` references until
 * `resolveVariables` has replaced them. Each property has a row in `profile/profileFields.ts`.
 */
export interface Endpoint {
  /** Absolute `http:`, `https:`, `ws:` or `wss:` URL, or a Unix socket's: see `unixUrl.ts`. */
  readonly url: string
  readonly method: Method
  /** Null but for the method `tap`: programs connect to Lifeline, and `url` is the server's that they mean. */
  readonly tap: TapSettings | null
  /** Parameters added to the URL's own. */
  readonly query: NamedValues
  /** HTTP request method; WebSocket's handshake is always GET. */
  readonly request: string
  readonly headers: NamedValues
  readonly auth: Auth | null
  /** Cookies that answers set go into the session's next requests. */
  readonly cookies: boolean
  readonly body: string | null
  /** The file whose bytes are the body, read for each request; `body` is then null. */
  readonly bodyFile: string | null
  /** WebSocket subprotocols offered, in order of preference. */
  readonly subprotocols: readonly string[]
  /** WebSocket: sent in this order when the connection opens. */
  readonly send: readonly MessageContent[]
  /** WebSocket: sent again and again while the connection is open, the first time after `everyMs`. */
  readonly repeat: { readonly message: MessageContent; readonly everyMs: number } | null
  /** WebSocket: null offers no compression. */
  readonly compression: Compression | null
  /** WebSocket: answer pings. */
  readonly autoPong: boolean
  /** WebSocket: time between pings of ours; null sends none. */
  readonly pingIntervalMs: number | null
  /** Polling: from the start of one request to the start of the next. */
  readonly intervalMs: number
  /** The profile says in words that it wants to poll faster than `limits.minIntervalMs`. */
  readonly allowFasterThan100ms: boolean
  /** Polling: each interval is longer or shorter by up to this share of it, 0 to 1. */
  readonly jitter: number
  /** Polling: the JSON path whose value decides whether an answer has changed; null: the whole body. */
  readonly change: string | null
  /** No answer (head and body; for streams and WebSocket the head) within this ends the exchange. */
  readonly timeoutMs: number
  /** From the last byte of a request to the first of its answer; null: only `timeoutMs` ends the wait. */
  readonly firstByteTimeoutMs: number | null
  /** Without a byte of an answer, a stream or an open WebSocket; null waits for ever. */
  readonly silenceTimeoutMs: number | null
  readonly cursor: { readonly from: CursorSource; readonly to: CursorTarget } | null
  /** SSE: what the answer's body is. */
  readonly stream: StreamFormat
  /** SSE: `browser` reconnects as the HTML standard says, without end; `reconnectAttempts` then does not count. */
  readonly reconnectAs: 'back-off' | 'browser'
  /** Attempts in a row after a connection is lost or fails; 0 turns reconnecting off. */
  readonly reconnectAttempts: number
  /** `auto`: HTTP/2 where the server chooses it on TLS. `2`: nothing else, in the clear by prior knowledge. */
  readonly httpVersion: 'auto' | '1.1' | '2'
  readonly tls: Tls
  /** `auto`: VS Code's or the environment's settings; `none`; or a proxy URL. */
  readonly proxy: string
  /** Companion requests to choose from. */
  readonly requests: readonly SavedRequest[]
  /** WebSocket messages to choose from. */
  readonly messages: readonly SavedMessage[]
  /** The application protocol of the messages: `auto`, `off`, or a decoder's name. */
  readonly decode: string
  /** JSON of no known protocol: what makes pairs of its messages. */
  readonly pair: PairPaths | null
  readonly protobuf: MessageTypes | null
  /** Paths into JSON, whose values rows show. */
  readonly show: readonly string[]
  /** Filters to choose from. */
  readonly filters: readonly SavedFilter[]
}

/** A filter of a timeline, by name. */
export interface SavedFilter {
  readonly name: string
  /** As `parseFilter` reads it. */
  readonly filter: string
}

/** A WebSocket message that the user sends. */
export type OutgoingMessage =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'binary'; readonly bytes: Uint8Array }

/**
 * A message to send on a WebSocket: given here, saved in the profile under a name, or made of the frame `of`, whose
 * references to secrets the session fills in.
 */
export type MessageToSend =
  | OutgoingMessage
  | { readonly type: 'saved'; readonly name: string }
  | { readonly type: 'edited'; readonly message: OutgoingMessage; readonly of: number }

/** A request beside the stream, in the same ways. */
export type RequestToSend =
  | CompanionRequest
  | { readonly saved: string }
  | { readonly edited: CompanionRequest; readonly of: number }
