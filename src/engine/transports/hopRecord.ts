// What one hop of an exchange leaves in the capture: its request, its response, and what is to be said of them.

import type { ClientRequest, IncomingMessage } from 'node:http'
import type { HeaderPairs, Purpose } from '../../shared/httpDetail.ts'
import type { Fault } from '../protocols/fault.ts'
import { type Hop, publicUrl } from '../protocols/redirect.ts'
import { recordedHeaders } from '../protocols/requestHeaders.ts'
import { msBetween, now } from './clock.ts'
import type { Annotation, AnswerHead, ExchangeContext, RequestAnnotation } from './exchange.ts'
import { sentHeaders } from './httpRequest.ts'
import type { Way } from './network.ts'
import { headerPairs } from './nodeFacts.ts'
import { remark } from './remark.ts'
import { sharedDetail } from './sharedDetail.ts'
import type { SocketMeter } from './socketMeter.ts'

/** What is settled before anything is sent. */
export interface HopFacts {
  readonly hop: Hop
  readonly purpose: Purpose
  /** As they go out, but for those that a proxy's agent adds. */
  readonly headers: HeaderPairs
  /** The URL's credentials, which are not recorded; null without any. */
  readonly basic: string | null
  readonly body: Uint8Array | null
  readonly way: Way
  readonly meter: SocketMeter
  readonly startedAt: number
}

/** An answer whose head has come. */
export interface Answer {
  readonly head: AnswerHead
  readonly res: IncomingMessage
  readonly reused: boolean
  /** In the order of their removal. */
  readonly codings: readonly string[]
}

/** A body that was collected, to its end or not. */
export interface CollectedBody {
  /** What was kept of it; the buffer passes to the capture. */
  readonly bytes: Uint8Array
  readonly sizeBytes: number
  /** There is more of it, which was not read. */
  readonly stopped: boolean
}

export interface HopRecord {
  /** Null while the request has not left. */
  readonly requestSeq: number | null
  request(req: ClientRequest, at: number, annotation: RequestAnnotation | undefined): void
  /** `body` is null for a stream. Answers with the frame's sequence number. */
  response(
    answer: Answer,
    at: number,
    body: CollectedBody | null,
    wireBytes: number,
    annotation: Annotation | undefined,
  ): number
  /** A fault or a notice. Answers with the frame's sequence number. */
  note(
    kind: 'error' | 'notice',
    direction: 'in' | 'local',
    code: string,
    detail: Omit<Fault, 'code'>,
  ): number
}

export function createHopRecord(facts: HopFacts, { limits, io }: ExchangeContext): HopRecord {
  const { hop, purpose, basic, body, way, meter } = facts
  const { connection } = io
  let requestSeq: number | null = null

  return {
    get requestSeq() {
      return requestSeq
    },
    request(req, at, annotation) {
      const { proxy, socketPath } = way
      const detail = sharedDetail({
        purpose,
        method: hop.method,
        url: publicUrl(hop.url),
        // For a proxy the whole URL.
        target: req.path,
        httpVersion: '1.1',
        headers: recordedHeaders(sentHeaders(req, facts.headers, way), basic),
        ...(proxy !== undefined && { proxy }),
        ...(socketPath !== undefined && { socketPath }),
      })
      requestSeq = io.emit({
        kind: 'request',
        at,
        connection,
        direction: 'out',
        sizeBytes: body?.byteLength ?? 0,
        wireBytes: meter.bytesOut(),
        replyTo: null,
        code: null,
        payload: body === null ? null : body.slice(0, limits.payloadBytes),
        // What is the request's own is not shared.
        detail: annotation === undefined ? detail : { ...detail, ...annotation },
      })
    },
    response({ head, res, reused, codings }, at, collected, wireBytes, annotation) {
      const { bytes, sizeBytes, stopped } = collected ?? noBody
      const cut = stopped || bytes.byteLength < sizeBytes
      return io.emit({
        kind: 'response',
        at,
        connection,
        direction: 'in',
        sizeBytes,
        wireBytes,
        replyTo: head.requestSeq,
        code: null,
        payload: bytes.byteLength === 0 ? null : bytes,
        detail: {
          purpose,
          status: head.status,
          statusText: head.statusText,
          httpVersion: res.httpVersion,
          headers: head.headers,
          ...(res.rawTrailers.length > 0 && { trailers: headerPairs(res.rawTrailers) }),
          timings: {
            ...meter.timings,
            ...(collected !== null && { totalMs: msBetween(facts.startedAt, at) }),
          },
          reused,
          ...(meter.peer !== undefined && { remoteAddress: meter.peer }),
          ...(codings.length > 0 && { contentEncoding: [...codings].reverse().join(', ') }),
          ...annotation,
          ...(cut && { truncatedAt: bytes.byteLength }),
        },
      })
    },
    note(kind, direction, code, detail) {
      const place = { at: now(), connection, replyTo: requestSeq }
      return io.emit(remark(kind, direction, code, detail, place))
    },
  }
}

/** A stream's body is in its events. */
const noBody: CollectedBody = { bytes: new Uint8Array(0), sizeBytes: 0, stopped: false }
