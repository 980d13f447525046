// Tells why an exchange over HTTP/2 failed: by what the frames said first, then by what the library says.

import {
  brokenRules,
  goneAway,
  notHttp2,
  refusedStream,
  streamReset,
} from '../../protocols/http2/http2Fault.ts'
import { ExchangeFailure } from '../sentRequest.ts'
import type { Http2Connection, StreamState } from './http2Connection.ts'

export interface FailurePlace {
  /** `host:port` of the server. */
  readonly host: string
  readonly streamId: number
  readonly state: StreamState
  /** The head of the answer had arrived. */
  readonly answered: boolean
}

/**
 * The error that the exchange hears of. The system's and TLS's own, and the end of a connection, are told as in
 * HTTP/1.1. `error` is null where the stream closed without any.
 */
export function http2Failure(
  error: Error | null,
  connection: Pick<Http2Connection, 'goaway' | 'isForeign' | 'cameLast' | 'failure'>,
  { host, streamId, state, answered }: FailurePlace,
): Error {
  const goaway = connection.goaway()
  if (state.resetBy !== null) {
    const fault = streamReset(state.resetBy, host, answered)
    return new ExchangeFailure(fault, state.resetBy === refusedStream && !answered)
  }
  if (goaway !== null && (goaway.code !== 0 || goaway.lastStreamId < streamId)) {
    return new ExchangeFailure(goneAway(goaway, host), goaway.lastStreamId < streamId && !answered)
  }
  const found = connection.failure() ?? error
  const came = connection.cameLast()
  if (connection.isForeign()) return new ExchangeFailure(notHttp2(host), false, came)
  if (found === null || isEnd(found)) return closed(answered)
  return 'code' in found && /^ERR_HTTP2/.test(String(found.code))
    ? new ExchangeFailure(brokenRules(host, found.message), false, came)
    : found
}

/** The connection ended, and the library cancelled what was on it. */
function isEnd(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_HTTP2_STREAM_CANCEL'
}

/** In the words by which Node tells of it in HTTP/1.1. */
function closed(answered: boolean): Error {
  return Object.assign(new Error(answered ? 'aborted' : 'socket hang up'), { code: 'ECONNRESET' })
}
