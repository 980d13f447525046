// Tells whether credentials go with the requests of an endpoint.

import type { Endpoint } from '../endpoint/endpoint.ts'
import { neutralEndpoint } from '../profile/neutralEndpoint.ts'
import { implicitSecrets } from './implicitSecrets.ts'

/** Those for the server itself, not for its proxy or for TLS. References may be resolved or not. */
export function sendsCredentials(endpoint: Endpoint): boolean {
  const { tls, proxy, requests, messages, send, repeat } = neutralEndpoint
  if (endpoint.headers.some(([name]) => /^authorization$/i.test(name))) return true
  const own = { ...endpoint, tls, proxy, requests, messages, send, repeat }
  return endpoint.auth !== null || implicitSecrets(own, []).length > 0
}
