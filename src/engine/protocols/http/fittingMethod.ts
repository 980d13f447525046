// The method that an answer shows to fit, where it is another than was used.

import type { Method } from '../../../shared/endpoint/endpoint.ts'
import { headerValue, lastValue } from '../../../shared/frame/headerFields.ts'
import type { Purpose } from '../../../shared/frame/httpDetail.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'

interface Head {
  readonly status: number
  readonly headers: NamedValues
}

/** As the field of a fault; empty where the answer shows nothing. */
export function fittingMethod(purpose: Purpose, head: Head): { readonly fits?: Method } {
  const fits = found(purpose, head)
  return fits === null ? {} : { fits }
}

function found(purpose: Purpose, { status, headers }: Head): Method | null {
  if (purpose === 'companion') return null
  if (purpose !== 'handshake' && status === 426) return wantsWebSocket(headers) ? 'websocket' : null
  if (status !== 200) return null
  const isStream = streamTypes.test(lastValue(headers, 'content-type') ?? '')
  if (purpose === 'handshake') return isStream ? 'sse' : 'polling'
  if (purpose === 'stream') return isStream ? null : 'polling'
  return isStream ? 'sse' : null
}

/** Types of answers that go on. */
const streamTypes =
  /^\s*(?:text\/event-stream|application\/(?:x-ndjson|ndjson|json-seq|jsonl|x-jsonlines))\s*(?:;|$)/i

/** [rfc9110] 15.5.22: 426 names what is wanted; servers of WebSockets often leave that out. */
function wantsWebSocket(headers: NamedValues): boolean {
  const wanted = headerValue(headers, 'upgrade')
  return wanted === null || /(?:^|[\s,])websocket(?:$|[\s,])/i.test(wanted)
}
