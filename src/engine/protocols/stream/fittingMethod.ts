// The method that an answer shows to fit, where it is another than was used.

import type { ClientMethod } from '../../../shared/endpoint/endpoint.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { Purpose } from '../../../shared/frame/httpDetail.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { streamFormat } from './streamFormat.ts'

interface Head {
  readonly status: number
  readonly headers: NamedValues
}

/** As the field of a fault; empty where the answer shows nothing. */
export function fittingMethod(purpose: Purpose, head: Head): { readonly fits?: ClientMethod } {
  const fits = found(purpose, head)
  return fits === null ? {} : { fits }
}

function found(purpose: Purpose, { status, headers }: Head): ClientMethod | null {
  if (purpose === 'companion') return null
  if (purpose !== 'handshake' && status === 426) return wantsWebSocket(headers) ? 'websocket' : null
  if (status !== 200) return null
  const isStream = streamFormat('auto', { status, statusText: '', headers }, false) !== null
  if (purpose === 'handshake') return isStream ? 'sse' : 'polling'
  if (purpose === 'stream') return isStream ? null : 'polling'
  return isStream ? 'sse' : null
}

/** [rfc9110] 15.5.22: 426 names what is wanted; servers of WebSockets often leave that out. */
function wantsWebSocket(headers: NamedValues): boolean {
  const wanted = headerValue(headers, 'upgrade')
  return wanted === null || /(?:^|[\s,])websocket(?:$|[\s,])/i.test(wanted)
}
