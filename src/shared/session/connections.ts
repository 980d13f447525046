// The connections of a session as a list: one by one, and summed up by path and method.

import type { ClientDetail } from '../frame/httpDetail.ts'
import type { RecordDetail } from '../frame/streamDetail.ts'

/** Known from all that has come: a path whose later requests are polls is polled from its start. */
export type ConnectionSort = 'request' | 'polling' | 'long-polling' | 'sse' | 'stream' | 'websocket'

/** `done`: nothing is open, as after a plain exchange. */
export type ConnectionState = 'open' | 'ended' | 'failed' | 'done'

export interface ConnectionFrame {
  readonly seq: number
  /** Epoch ms. */
  readonly at: number
}

/** Why the newest connection has failed: an answer's status, the code of an error or of a close. */
export interface ConnectionFailure {
  readonly status: number | null
  readonly code: string | null
  /** A sentence of an error; null where there is none. */
  readonly message: string | null
}

/** A connection, or all of one path and method. Times in ms; null where nothing is known. */
export interface ConnectionRow {
  /** Stays while the row is listed. */
  readonly key: string
  readonly sort: ConnectionSort
  /** Of a stream that is no event stream. */
  readonly format: RecordDetail['format'] | null
  /** That a WebSocket agreed upon. */
  readonly subprotocol: string | null
  /** The decoder's name. */
  readonly protocol: string | null
  /** In the order in which they came. */
  readonly methods: readonly string[]
  readonly path: string
  /** Names of the query's fields that every request had. */
  readonly query: readonly string[]
  readonly state: ConnectionState
  readonly failure: ConnectionFailure | null
  readonly requests: number
  readonly answers: number
  /** Of the answers to polls. */
  readonly unchanged: number
  readonly empty: number
  /** Streams and WebSockets that opened, and streams that went on from the last event ID. */
  readonly opened: number
  readonly resumed: number
  /** Events and records. */
  readonly events: number
  readonly messagesIn: number
  readonly messagesOut: number
  readonly lastStatus: number | null
  /** Time to the first byte of an answer, holds left out: half are no longer, and 95 of 100. */
  readonly answerMs: { readonly p50: number; readonly p95: number } | null
  /** Of the newest polls, the usual time from one request to the next. */
  readonly everyMs: number | null
  /** Of the newest long polls, how long one is usually held, and until the next. */
  readonly heldMs: number | null
  readonly gapMs: number | null
  /** Of the newest pings. */
  readonly pingMs: number | null
  /** Programs, and the one that asked last. */
  readonly clients: number
  readonly client: ClientDetail | null
  /** Numbers of its connections, of many the first `connectionLimits.numbers`. */
  readonly numbers: readonly number[]
  readonly connections: number
  readonly open: number
  readonly first: ConnectionFrame
  readonly last: ConnectionFrame
}

export type ConnectionsBy = 'path' | 'number'

/** Of the scope: which of the rows are told. */
export interface ConnectionsAsked {
  readonly by: ConnectionsBy
  /** From 0. */
  readonly from: number
  readonly count: number
  /** The session is over, even if no frame says so. */
  readonly over?: boolean
}

export interface ConnectionsRead {
  /** Of the session, and those of them that are open. */
  readonly connections: number
  readonly open: number
  /** Rows that there are, and of them those from `from` on. In the order in which they came. */
  readonly total: number
  readonly from: number
  readonly rows: readonly ConnectionRow[]
  /** Of the oldest, which are no rows any more. */
  readonly forgotten: number
}

export const connectionLimits = {
  /** Connections that are rows; of more the oldest that are over are forgotten, and stay in the sums by path. */
  kept: 2000,
  /** Paths that are rows; of more those that were not used for longest are forgotten. */
  paths: 500,
  /** Rows of one answer. */
  rows: 200,
  /** Of a row, the numbers of its connections. */
  numbers: 30,
  /** Of a path, in characters: a longer one is told by its beginning. */
  pathChars: 1000,
  /** Requests of a connection that wait for their answers. */
  pending: 64,
  /** Methods, names of query fields and programs of a row that are told apart. */
  names: 16,
  clients: 1000,
} as const
