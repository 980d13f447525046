// The frames of one hop: its request, its response, and the errors and notices about them.

import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { ResponseDetail } from '../../../shared/frame/httpDetail.ts'
import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import type { Came } from '../../protocols/bytes/cameBytes.ts'
import type { Fault } from '../../protocols/fault.ts'
import type { ReadHead } from '../../protocols/http/answerHead.ts'
import { fieldText, receivedFields } from '../../protocols/http/fieldBytes.ts'
import { type HttpRequest, publicUrl } from '../../protocols/http/redirect.ts'
import { recordedHeaders } from '../../protocols/http/requestHeaders.ts'
import { controlDetail } from '../../protocols/http2/controlFrame.ts'
import { frameHeadBytes } from '../../protocols/http2/http2Frames.ts'
import { msBetween, now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { Network, Route } from '../network/network.ts'
import type { ControlFrame, SentAnswer, SentInformation, SentRequest } from '../sentRequest.ts'
import type { Annotation, AnswerHead, ExchangeIo, Reading } from './exchange.ts'
import { knownCodings } from './httpBody.ts'
import { sentHeaders } from './httpRequest.ts'
import { answerText, headBytes, headerPairs, informationalWords } from './nodeHead.ts'
import { sharedRequest } from './sharedRequest.ts'
import type { SocketMeter } from './socketMeter.ts'

/** What is known of a request before it is sent. */
export interface HopFacts {
  readonly hop: Pick<HttpRequest, 'method' | 'url'>
  readonly reading: Pick<Reading, 'purpose' | 'sent'>
  readonly io: ExchangeIo
  readonly limits: Limits
  /** As they go out, but for those that a proxy's agent adds; null where only the request itself has them. */
  readonly headers: NamedValues | null
  /** The URL's credentials, which are not recorded; null without any. */
  readonly basic: string | null
  readonly body: Uint8Array | null
  readonly route: Route
  readonly network: Pick<Network, 'isNews'>
  readonly meter: SocketMeter
  readonly startedAt: number
}

/** An answer whose head has come. */
export interface Answer {
  readonly head: AnswerHead
  readonly res: SentAnswer
  readonly reused: boolean
  /** In the order of their removal. */
  readonly codings: readonly string[]
  /** Its head and what came ahead of it, on the wire. */
  readonly headBytes: number
}

/** A body that was collected, to its end or not. */
export interface CollectedBody {
  /** What was kept of it; the buffer passes to the capture. */
  readonly bytes: Uint8Array
  readonly sizeBytes: number
  /** There is more of it, which was not read. */
  readonly stopped: boolean
}

/**
 * Like the other objects of a hop, it has no accessors: V8 makes each object with one a hidden class of its
 * own, which keeps what the accessor closes over until old memory is cleared, at a quarter more time per poll.
 */
export interface HopRecord {
  /** The request has left. */
  isSent(): boolean
  /** The request has left, if it has not been told before. */
  request(req: SentRequest): void
  /** The answer with this head; `mended` is how that came where it had to be mended. Makes no frame. */
  answer(
    req: SentRequest,
    res: SentAnswer,
    mended: ReadHead | null,
    cameBytes?: number | null,
  ): Answer
  /** `body` is null for a stream. Answers with the frame's sequence number. */
  response(
    answer: Answer,
    at: number,
    body: CollectedBody | null,
    wireBytes: number,
    annotation: Annotation | undefined,
  ): number
  /** What came ahead of the answer; 100 says nothing. */
  information(info: SentInformation): void
  /** A frame of HTTP/2 about the connection or the stream. */
  control(control: ControlFrame): void
  /** Answers whether it is told: some are once for each URL. */
  notice(direction: 'in' | 'local', code: NoticeCode, message: string, came?: Came): boolean
  /** Answers with the frame's sequence number. */
  error(fault: Fault, direction: 'in' | 'local', came?: Came | null): number
}

/**
 * For each URL, however often it is asked: they come with each answer of a server, and unchanged polls are folded where
 * nothing stands between them.
 */
const toldOnce: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  'cookie-refused',
  'http-flawed-chunking',
  'http-flawed-head',
  'http-surplus',
  'http2-fields-left',
])

export function createHopRecord(facts: HopFacts): HopRecord {
  const { hop, reading, basic, body, route, meter, io, limits } = facts
  const { purpose } = reading
  const frames = connectionFrames(io)
  let requestSeq: number | null = null
  let sentAt = facts.startedAt
  /** What comes ahead of this answer is told. */
  let hasNews = false

  function isNews(message: string): boolean {
    return facts.network.isNews(hop.url, message)
  }

  function notice(
    direction: 'in' | 'local',
    code: NoticeCode,
    message: string,
    came: Came | null = null,
  ): boolean {
    if (toldOnce.has(code) && !isNews(message)) return false
    frames.notice(code, message, { direction, replyTo: requestSeq, came })
    return true
  }

  return {
    isSent: () => requestSeq !== null,
    request(req) {
      if (requestSeq !== null) return
      // An answer may begin before the last byte of the request is out.
      sentAt = meter.firstByteAt() ?? now()
      meter.timings.sentMs = msBetween(facts.startedAt, sentAt)
      const annotation = reading.sent?.(sentAt)
      const { proxy, socketPath } = route
      const detail = sharedRequest({
        purpose,
        method: hop.method,
        url: publicUrl(hop.url),
        // For a proxy the whole URL.
        target: req.path,
        httpVersion: req.http2 ? '2' : '1.1',
        headers: recordedHeaders(sentHeaders(req, facts.headers, route), basic),
        ...(proxy !== undefined && { proxy }),
        ...(socketPath !== undefined && { socketPath }),
      })
      // What is the request's own is not shared.
      const own = req.http2 ? { streamId: req.http2.streamId, ...annotation } : annotation
      const whole = own === undefined ? detail : { ...detail, ...own }
      requestSeq = frames.crossed('request', 'out', whole, {
        at: sentAt,
        sizeBytes: body?.byteLength ?? 0,
        wireBytes: meter.tellBytesOut(),
        payload: body === null ? null : body.slice(0, limits.payloadBytes),
        replyTo: null,
      })
      meter.report(io.wire)
      io.awaiting?.(true)
    },
    answer(req, res, mended, cameBytes) {
      const at = meter.firstByteAt() ?? now()
      meter.timings.firstByteMs = msBetween(facts.startedAt, at)
      const head = {
        ...answerText(res, mended),
        url: hop.url,
        requestSeq: requestSeq ?? 0,
        at,
        holdMs: msBetween(sentAt, at),
      }
      const codings = codingsOf(head.headers)
      return {
        head,
        res,
        reused: req.reusedSocket,
        codings,
        headBytes: cameBytes ?? headBytes(res),
      }
    },
    response({ head, res, reused, codings }, at, collected, wireBytes, annotation) {
      const { bytes, sizeBytes, stopped } = collected ?? noBody
      const peer = meter.peer()
      const cut = stopped || bytes.byteLength < sizeBytes
      const detail: ResponseDetail = {
        purpose,
        status: head.status,
        statusText: fieldText(head.statusText),
        httpVersion: head.httpVersion,
        ...(res.streamId !== undefined && { streamId: res.streamId }),
        ...receivedFields(head.headers),
        ...(res.rawTrailers.length > 0 && {
          trailers: receivedFields(headerPairs(res.rawTrailers)).headers,
        }),
        timings: {
          ...meter.timings,
          ...(collected !== null && { totalMs: msBetween(facts.startedAt, at) }),
        },
        reused,
        ...(peer !== undefined && { remoteAddress: peer }),
        ...(codings.length > 0 && { contentEncoding: [...codings].reverse().join(', ') }),
        ...annotation,
        ...(cut && { truncatedAt: bytes.byteLength }),
      }
      const payload = bytes.byteLength === 0 ? null : bytes
      const replyTo = head.requestSeq
      return frames.crossed('response', 'in', detail, {
        at,
        sizeBytes,
        wireBytes,
        payload,
        replyTo,
      })
    },
    information(info) {
      if (info.statusCode === 100) return
      const message = informationalWords(info)
      // One answer may have several alike ahead of it.
      hasNews ||= isNews(message)
      if (hasNews) notice('in', 'http-informational', message)
    },
    control({ direction, at, frame }) {
      const { payload, payloadBytes } = frame
      const isCut = payload.byteLength < payloadBytes
      const detail = { ...controlDetail(frame), ...(isCut && { truncatedAt: payload.byteLength }) }
      frames.crossed('control', direction, detail, {
        at,
        sizeBytes: payloadBytes,
        wireBytes: frameHeadBytes + payloadBytes,
        payload: payload.byteLength === 0 ? null : payload,
        replyTo: null,
      })
    },
    notice,
    error: (fault, direction, came = null) =>
      frames.error(fault, { direction, replyTo: requestSeq, came }),
  }
}

/** All that has to be removed of the body, in that order. */
function codingsOf(headers: NamedValues): readonly string[] {
  const content = knownCodings(headerValue(headers, 'content-encoding')) ?? []
  // [rfc9112] 6.1: what stands before `chunked` was applied to the whole body.
  const [, before] =
    /^(.*),\s*chunked$/i.exec(headerValue(headers, 'transfer-encoding') ?? '') ?? []
  if (before === undefined) return content
  return [...(knownCodings(before.replace(/\bchunked\b/gi, '')) ?? []), ...content]
}

/** A stream's body is in its events, a WebSocket's in its messages. */
export const noBody: CollectedBody = { bytes: new Uint8Array(0), sizeBytes: 0, stopped: false }
