// Facts of a connection, learnt from the exchange that opened it.

import type { Frame } from '../../shared/frame/frame.ts'
import { headerValue, lastValue } from '../../shared/frame/headerFields.ts'
import type { ConnectionFacts } from './shapes/decoder.ts'

export const noFacts: ConnectionFacts = {
  url: '',
  subprotocol: null,
  contentType: null,
  requestHeaders: [],
  responseHeaders: [],
}

/** The same where the frame tells nothing: companion requests go to other places than the connection itself. */
export function learn(facts: ConnectionFacts, frame: Frame): ConnectionFacts {
  if (frame.kind === 'request' && frame.detail.purpose !== 'companion') {
    return { ...facts, url: frame.detail.url, requestHeaders: frame.detail.headers }
  }
  if (frame.kind === 'response' && frame.detail.purpose !== 'companion') {
    const { headers } = frame.detail
    return {
      ...facts,
      subprotocol: headerValue(headers, 'sec-websocket-protocol'),
      contentType: lastValue(headers, 'content-type'),
      responseHeaders: headers,
    }
  }
  return facts
}
