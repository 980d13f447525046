// Makes of an endpoint one for another URL or method, with all else that both have.

import type { Endpoint, Method } from '../endpoint/endpoint.ts'
import { methods, urlFor } from '../endpoint/methods.ts'
import type { Parsed } from '../endpoint/problem.ts'
import { formatProfile } from './formatProfile.ts'
import { parseEndpoint } from './parseEndpoint.ts'

/** `url`: with a scheme of HTTP or of WebSocket, whichever the method has. */
export function endpointAs(method: Method, url: string, endpoint: Endpoint): Parsed<Endpoint> {
  const { name: _, ...entry } = formatProfile('', { ...endpoint, method })
  if (methods[method].anyScheme) return parseEndpoint({ ...entry, url })
  return parseEndpoint({ ...entry, url: urlFor(method, url.replace(/^ws/i, 'http')) })
}
