// Recognises the format of a stream's body: an event stream, records of another format, or none.

import type { StreamFormat } from '../../../shared/endpoint/endpoint.ts'
import { isEventStream, lastValue } from '../../../shared/frame/headerFields.ts'
import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'

type RecordFormat = RecordDetail['format']

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
]

/**
 * Null for an answer that is no stream. With `auto` the content type decides; with `sse` only an
 * event stream counts; a record format that is asked for goes with any successful answer.
 */
export function streamFormat(
  wanted: StreamFormat,
  answer: StreamHead,
): 'sse' | RecordFormat | null {
  if (wanted === 'auto' || wanted === 'sse') {
    if (isEventStream(answer)) return 'sse'
    return wanted === 'auto' && answer.status === 200 ? recordFormat(answer.headers) : null
  }
  const { status } = answer
  return status >= 200 && status < 300 && status !== 204 && status !== 205 ? wanted : null
}

function recordFormat(headers: NamedValues): RecordFormat | null {
  const [type = ''] = (lastValue(headers, 'content-type') ?? '').split(';', 1)
  const essence = type.trim().toLowerCase()
  return recordTypes.find(([pattern]) => pattern.test(essence))?.[1] ?? null
}

/** The Accept field that asks for this format. */
export const acceptedTypes: Readonly<Record<StreamFormat, string>> = {
  auto: 'text/event-stream',
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson, application/jsonl, */*;q=0.5',
  'json-seq': 'application/json-seq, */*;q=0.5',
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
