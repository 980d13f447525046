// Frames of an HTTP exchange, made from what was sent and what came.

import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Direction, NewFrame } from '../../shared/frame.ts'
import type { HeaderPairs, Purpose, Timings } from '../../shared/httpDetail.ts'
import type { Limits } from '../../shared/limits.ts'
import { type Hop, publicUrl } from '../protocols/redirect.ts'
import type { Annotation, AnswerHead, RequestAnnotation } from './exchange.ts'
import type { Way } from './network.ts'
import { sharedDetail } from './sharedDetail.ts'

/** A request as it left. */
export interface SentRequest {
  readonly at: number
  readonly connection: number
  readonly purpose: Purpose
  readonly hop: Hop
  /** As they may be recorded. */
  readonly headers: HeaderPairs
  readonly body: Uint8Array | null
  readonly wireBytes: number
  readonly way: Pick<Way, 'proxy' | 'socketPath'>
  /** Path and query, or for a proxy the whole URL. */
  readonly target: string
  readonly annotation?: RequestAnnotation
}

export function requestFrame(sent: SentRequest, limits: Limits): NewFrame {
  const { hop, body } = sent
  const { proxy, socketPath } = sent.way
  const detail = sharedDetail({
    purpose: sent.purpose,
    method: hop.method,
    url: publicUrl(hop.url),
    target: sent.target,
    httpVersion: '1.1',
    headers: sent.headers,
    ...(proxy !== undefined && { proxy }),
    ...(socketPath !== undefined && { socketPath }),
  })
  return {
    kind: 'request',
    at: sent.at,
    connection: sent.connection,
    direction: 'out',
    sizeBytes: body?.byteLength ?? 0,
    wireBytes: sent.wireBytes,
    replyTo: null,
    code: null,
    payload: body === null ? null : body.slice(0, limits.payloadBytes),
    // What is the request's own is not shared.
    detail: sent.annotation === undefined ? detail : { ...detail, ...sent.annotation },
  }
}

/** A response as it came. `body` is null for a stream; `cut` says that `body` is not all of it. */
export interface CameResponse {
  readonly at: number
  readonly connection: number
  readonly purpose: Purpose
  readonly head: AnswerHead
  readonly body: Uint8Array | null
  readonly cut: boolean
  readonly sizeBytes: number
  readonly wireBytes: number
  readonly timings: Timings
  readonly reused: boolean
  readonly remoteAddress: string | undefined
  /** In the order of their removal. */
  readonly codings: readonly string[]
  readonly res: IncomingMessage
  readonly annotation: Annotation
}

export function responseFrame(came: CameResponse): NewFrame {
  const { head, body, codings, res, remoteAddress } = came
  return {
    kind: 'response',
    at: came.at,
    connection: came.connection,
    direction: 'in',
    sizeBytes: came.sizeBytes,
    wireBytes: came.wireBytes,
    replyTo: head.requestSeq,
    code: null,
    payload: body === null || body.byteLength === 0 ? null : body,
    detail: {
      purpose: came.purpose,
      status: head.status,
      statusText: head.statusText,
      httpVersion: res.httpVersion,
      headers: head.headers,
      ...(res.rawTrailers.length > 0 && { trailers: headerPairs(res.rawTrailers) }),
      timings: came.timings,
      reused: came.reused,
      ...(remoteAddress !== undefined && { remoteAddress }),
      ...(codings.length > 0 && { contentEncoding: [...codings].reverse().join(', ') }),
      ...came.annotation,
      ...(came.cut && body !== null && { truncatedAt: body.byteLength }),
    },
  }
}

/** A fault or a notice about an exchange. */
export function remark(
  kind: 'error' | 'notice',
  direction: Direction,
  code: string,
  detail: { readonly message: string; readonly advice?: string; readonly cause?: string },
  place: { readonly at: number; readonly connection: number; readonly replyTo: number | null },
): NewFrame {
  return { kind, direction, code, detail, sizeBytes: 0, wireBytes: 0, payload: null, ...place }
}

/** Node's flat list as pairs. */
export function headerPairs(raw: readonly string[]): HeaderPairs {
  const pairs: (readonly [string, string])[] = []
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([raw[i] ?? '', raw[i + 1] ?? ''])
  return pairs
}

/** Bytes of a response's status line and header fields, as the usual spacing has them. */
export function headBytes(res: IncomingMessage): number {
  let size = `HTTP/${res.httpVersion} ${res.statusCode} ${res.statusMessage}\r\n\r\n`.length
  for (const text of res.rawHeaders) size += text.length + 2
  return size
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function remoteAddress(socket: Socket | null): string | undefined {
  const { remoteAddress: address, remotePort: port } = socket ?? {}
  if (address === undefined || port === undefined) return undefined
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
