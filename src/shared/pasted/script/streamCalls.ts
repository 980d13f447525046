// `new EventSource(…)` and `new WebSocket(…)` → the profile entry that connects in the same way.

import type { ClientMethod } from '../../endpoint/endpoint.ts'
import { urlFor } from '../../endpoint/methods.ts'
import { type PastedRequest, saidFields } from '../shapes/pastedRequest.ts'
import { optionsOf, urlOf } from './fetchCall.ts'
import { JsProblem, type JsValue } from './jsLiterals.ts'

/** Throws `JsProblem`. */
export function readEventSource(
  [url, options]: readonly JsValue[],
  wanted: ClientMethod = 'sse',
): PastedRequest {
  const isCredentialed = optionsOf(options).get('withCredentials') === true
  return {
    entry: { url: urlFor(wanted, urlOf(url)), method: wanted },
    notes: isCredentialed
      ? ['The cookies of the browser are not in the call: add the header Cookie.']
      : [],
  }
}

/** Throws `JsProblem`. */
export function readWebSocket(
  [url, protocols]: readonly JsValue[],
  wanted: ClientMethod = 'websocket',
): PastedRequest {
  const names = protocols === undefined || protocols === null ? [] : [protocols].flat()
  if (!names.every((name) => typeof name === 'string')) {
    throw new JsProblem('Write the subprotocols of the call as texts.')
  }
  const isSocket = wanted === 'websocket'
  const written = urlOf(url)
  return {
    entry: saidFields({
      url: isSocket ? urlFor(wanted, written) : written.replace(/^ws/i, 'http'),
      method: wanted,
      subprotocols: isSocket && names.length > 0 ? names : null,
    }),
    notes: [],
  }
}
