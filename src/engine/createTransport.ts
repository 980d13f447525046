// The table of transports, one for each method.

import type { ClientMethod } from '../shared/endpoint/endpoint.ts'
import { isClientMethod } from '../shared/endpoint/methods.ts'
import { createCookies } from './transports/cookies.ts'
import { createLongPollingTransport } from './transports/polling/longPolling.ts'
import { createPollingTransport } from './transports/polling/polling.ts'
import { createSseTransport } from './transports/stream/sse.ts'
import type { Transport, TransportOptions } from './transports/transport.ts'
import { createWebSocketTransport } from './transports/websocket/websocket.ts'

const transports: Readonly<Record<ClientMethod, (options: TransportOptions) => Transport>> = {
  polling: createPollingTransport,
  'long-polling': createLongPollingTransport,
  sse: createSseTransport,
  websocket: createWebSocketTransport,
}

/** The transport for an endpoint's method. Opens nothing yet. */
export function createTransport(options: TransportOptions): Transport {
  const { method } = options.resolved
  if (!isClientMethod(method)) throw new Error('A tap connects by no transport.')
  const cookies = options.cookies ?? createCookies()
  return { ...transports[method]({ ...options, cookies }), cookies }
}
