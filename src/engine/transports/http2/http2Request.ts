// A request on a stream of an HTTP/2 connection, with the events and the answer of one over HTTP/1.1.

import { EventEmitter } from 'node:events'
import { type ClientHttp2Stream, constants } from 'node:http2'
import { Readable } from 'node:stream'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { requestTarget } from '../../../shared/url/requestTarget.ts'
import { refusedStream } from '../../protocols/http2/http2Fault.ts'
import { http2Fields } from '../../protocols/http2/http2Fields.ts'
import type { SentAnswer, SentRequest } from '../sentRequest.ts'
import type { Http2Connection } from './http2Connection.ts'
import { http2Failure } from './http2Failure.ts'

/** By which the library ends a stream whose head is larger than it takes. */
const calm = constants.NGHTTP2_ENHANCE_YOUR_CALM

export interface Http2RequestOptions {
  readonly hop: { readonly method: string; readonly url: URL }
  readonly headers: NamedValues
  /** It goes out with a body. */
  readonly hasBody: boolean
  /** The connection has carried a request before. */
  readonly reused: boolean
}

/** Opens the stream; a body follows with `end`. Throws where Node refuses the fields. */
export function openHttp2Request(
  connection: Http2Connection,
  { hop, headers, hasBody, reused }: Http2RequestOptions,
): SentRequest {
  const events = new EventEmitter()
  const { fields, left } = http2Fields(hop, headers)
  const { told } = connection
  const readBefore = told.bytesRead
  const readAtStart = connection.socket.bytesRead
  const host = hop.url.host
  const stream = connection.open(fields, !hasBody)
  const streamId = stream.id ?? 0
  const state = connection.watch(streamId, {
    sent: () => events.emit('finish'),
    lastOne: (goaway) => events.emit('lastOne', goaway),
  })
  let answer: SentAnswer | null = null
  let isOver = false

  const body = createBody(stream)
  stream.on('response', (_headers, _flags, rawHeaders: string[]) => handleHead(rawHeaders))
  stream.on('headers', (_headers, _flags, rawHeaders: string[]) => {
    const statusCode = Number(rawHeaders[1])
    events.emit('information', { statusCode, statusMessage: '', rawHeaders })
  })
  stream.on('trailers', (_headers, _flags, rawTrailers: string[]) => {
    if (answer) Object.assign(answer, { rawTrailers })
  })
  stream.on('end', handleEnd)
  stream.on('error', fail)
  stream.on('close', () => {
    if (!state.ended || answer === null) fail(null)
    connection.forget(streamId)
  })
  process.nextTick(begin)

  function begin(): void {
    events.emit('socket', connection.socket)
    if (!isOver) connection.hear((control) => events.emit('control', control))
  }

  function handleHead(rawHeaders: readonly string[]): void {
    // A server that does not acknowledge our settings may not know the limit, and the library then does not heed it.
    if (rawHeaders.join().length > connection.headBytes) {
      fail(headTooLarge())
      return
    }
    const untold = connection.readBefore - readBefore
    answer = answerOf(body, rawHeaders, {
      streamId,
      headBytes: untold + state.headEndsAt,
      wireAt: (contentBytes) => untold + state.positions.wireAt(contentBytes),
    })
    events.emit('response', answer)
  }

  function handleEnd(): void {
    // Node takes a stream that is reset without an error for one that ended.
    if (!state.ended) return
    if (answer) Object.assign(answer, { complete: true })
    connection.hear(null)
    body.push(null)
  }

  function fail(error: Error | null): void {
    if (isOver) return
    isOver = true
    connection.hear(null)
    if (state.resetBy === refusedStream) connection.retire()
    const isLargeHead = state.resetBy === null && answer === null && stream.rstCode === calm
    const cause = isLargeHead ? headTooLarge() : error
    const place = { host, streamId, state, answered: answer !== null }
    // What came before is handed on first.
    setImmediate(() => events.emit('error', http2Failure(cause, connection, place)))
  }

  return {
    reusedSocket: reused,
    method: hop.method,
    path: requestTarget(hop.url),
    http2: { streamId, fields, left: reused ? [] : left, told, headAt: () => state.headAt },
    on(event, handle) {
      events.on(event, handle as (...args: unknown[]) => void)
    },
    end(bytes) {
      if (hasBody) stream.end(bytes)
    },
    destroy() {
      isOver = true
      connection.hear(null)
      stream.close(constants.NGHTTP2_CANCEL)
      // A connection on which nothing comes any more may be half-open.
      if (connection.socket.bytesRead === readAtStart) connection.close()
    },
  }
}

function answerOf(
  body: Readable,
  rawHeaders: readonly string[],
  http2: Pick<SentAnswer, 'streamId' | 'headBytes' | 'wireAt'>,
): SentAnswer {
  return Object.assign(body, {
    statusCode: Number(rawHeaders[1]),
    statusMessage: '',
    httpVersion: '2',
    rawHeaders,
    rawTrailers: [],
    complete: false,
    ...http2,
  })
}

/** In the parser's words for HTTP/1.1. */
function headTooLarge(): Error {
  return Object.assign(new Error('The head is too large'), { code: 'HPE_HEADER_OVERFLOW' })
}

/** What comes is taken from the library at once, or a reset would drop it. */
function createBody(stream: ClientHttp2Stream): Readable {
  const body = new Readable({
    highWaterMark: 64 * 1024,
    read() {
      stream.resume()
    },
  })
  stream.on('data', (bytes: Buffer) => {
    if (!body.push(bytes)) stream.pause()
  })
  return body
}
