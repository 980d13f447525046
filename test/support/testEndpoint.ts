// A complete endpoint for tests, from the few fields that a test is about.

import type { TransportOptions } from '../../src/engine/transports/transport.ts'
import type { Endpoint } from '../../src/shared/endpoint.ts'
import { defaultLimits, type Limits } from '../../src/shared/limits.ts'

export function testEndpoint(
  fields: Pick<Endpoint, 'url' | 'method'> & Partial<Endpoint>,
): Endpoint {
  return {
    request: 'GET',
    headers: [],
    body: null,
    subprotocols: [],
    send: [],
    intervalMs: 2000,
    allowFasterThan100ms: false,
    timeoutMs: 5000,
    cursor: null,
    reconnectAttempts: 0,
    allowUntrusted: false,
    proxy: 'none',
    ...fields,
  }
}

/** Direct, with Node's own certificates and the default limits but for those given. */
export function testOptions(endpoint: Endpoint, limits: Partial<Limits> = {}): TransportOptions {
  return {
    endpoint,
    network: { proxyUrl: null, caPems: null },
    limits: { ...defaultLimits, ...limits },
  }
}
