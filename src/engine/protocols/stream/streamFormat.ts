// Recognises the format of a stream's body: an event stream, records of another format, or none.

import type { StreamFormat } from '../../../shared/endpoint/endpoint.ts'
import { isEventStream, lastValue } from '../../../shared/frame/headerFields.ts'
import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'

type RecordFormat = RecordDetail['format']

/** What a stream's body is read as. */
export type AnswerFormat = 'sse' | RecordFormat

interface StreamHead {
  readonly status: number
  readonly statusText: string
  readonly headers: NamedValues
}

/** The content types under which records are sent; JSON text sequences have a suffix, too. [rfc8091] */
const recordTypes: readonly (readonly [type: RegExp, format: RecordFormat])[] = [
  [/^application\/(x-)?(ndjson|jsonl|jsonlines|json-lines|json-stream)$/, 'ndjson'],
  [/^application\/stream\+json$/, 'ndjson'],
  [/^application\/([\w.-]+\+)?json-seq$/, 'json-seq'],
  // [rfc2046] 5.1: GraphQL over HTTP, cameras.
  [/^multipart\/(mixed|x-mixed-replace|related|digest|parallel)$/, 'multipart'],
]

/**
 * Null for an answer that is no stream. A format that is asked for goes with any successful answer; with `auto` status
 * and content type decide, for a request `asBrowser` as strictly as for `EventSource`.
 */
export function streamFormat(
  wanted: StreamFormat,
  answer: StreamHead,
  asBrowser: boolean,
): AnswerFormat | null {
  if (!isGood(answer)) return null
  if (wanted !== 'auto') return wanted
  const judged = asBrowser ? answer : { ...answer, status: 200 }
  if (isEventStream(judged)) return 'sse'
  return judged.status === 200 ? recordFormat(answer.headers) : null
}

/** Whether an answer may hold a stream, whatever it says of itself. */
export function isGood({ status }: Pick<StreamHead, 'status'>): boolean {
  return status >= 200 && status < 300 && status !== 204 && status !== 205
}

/** Whether an `EventSource` makes such requests, so that the standard's rules for their answers bind. [spec] HTML 9.2.2 */
export function isBrowsers({ method, body, bodyFile }: AskedRequest): boolean {
  return method === 'GET' && body === null && bodyFile === null
}

interface AskedRequest {
  readonly method: string
  readonly body: string | Uint8Array | null
  readonly bodyFile: string | null
}

function recordFormat(headers: NamedValues): RecordFormat | null {
  const essence = essenceOf(headers)
  return recordTypes.find(([pattern]) => pattern.test(essence))?.[1] ?? null
}

/** Whether it is one JSON text, which may be an array that is streamed. */
export function isJson(headers: NamedValues): boolean {
  return essenceOf(headers) === 'application/json'
}

function essenceOf(headers: NamedValues): string {
  const [type = ''] = (lastValue(headers, 'content-type') ?? '').split(';', 1)
  return type.trim().toLowerCase()
}

/** The Accept field that asks for this format. */
export const acceptedTypes: Readonly<Record<StreamFormat, string>> = {
  auto: 'text/event-stream',
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson, application/jsonl, */*;q=0.5',
  'json-seq': 'application/json-seq, */*;q=0.5',
  'json-array': 'application/json',
  multipart: 'multipart/mixed, */*;q=0.5',
  text: 'text/plain, */*;q=0.5',
}

/** Methods whose requests may be sent again by themselves. [rfc9110] 9.2.2 */
const idempotent: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PUT',
  'DELETE',
  'QUERY',
])

/** Whether repeating the request has no further effect. */
export function isRepeatable(method: string): boolean {
  return idempotent.has(method.toUpperCase())
}
