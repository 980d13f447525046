// A complete endpoint, made from the few fields that a test is about.

import type { TransportOptions } from '../../../src/engine/transports/transport.ts'
import type { Endpoint, MessageContent } from '../../../src/shared/endpoint/endpoint.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import { neutralTls } from '../../../src/shared/profile/fields/tlsField.ts'
import { neutralEndpoint } from '../../../src/shared/profile/neutralEndpoint.ts'

/** Accepts a certificate that is not trusted. */
export const allowUntrusted: Pick<Endpoint, 'tls'> = {
  tls: { ...neutralTls, allowUntrusted: true },
}

/** Text messages as an endpoint holds them. */
export function texts(...values: readonly string[]): readonly MessageContent[] {
  return values.map((value) => ({ kind: 'text', value }))
}

export function testEndpoint(
  fields: Pick<Endpoint, 'url' | 'method'> & Partial<Endpoint>,
): Endpoint {
  return {
    ...neutralEndpoint,
    intervalMs: 2000,
    timeoutMs: 5000,
    reconnectAttempts: 0,
    proxy: 'none',
    ...fields,
  }
}

/** Direct, with Node's own certificates and the default limits but for those given. */
export function testOptions(endpoint: Endpoint, limits: Partial<Limits> = {}): TransportOptions {
  return {
    resolved: endpoint,
    secrets: [],
    network: { proxyUrl: null, caPems: null },
    limits: { ...defaultLimits, ...limits },
  }
}
