// Every text of an endpoint that may hold references, with the path under which a user knows it.

import type { Endpoint } from '../endpoint/endpoint.ts'
import { fillEndpoint } from './profileFields.ts'
import type { MapText } from './shapes/textRole.ts'

/**
 * A copy of the endpoint in which each text is `map`'s answer, asked in the order of the fields. What
 * is chosen from a list (`method`, `stream`) and the names of requests and messages are no texts.
 */
export function mapEndpointText(endpoint: Endpoint, map: MapText): Endpoint {
  return { ...endpoint, ...fillEndpoint((field) => field.mapText?.(endpoint, map) ?? {}) }
}

/** The same for the paths of files alone. */
export function mapEndpointFiles(endpoint: Endpoint, map: MapText): Endpoint {
  return mapEndpointText(endpoint, (text, path, role) =>
    role.kind === 'file' ? map(text, path, role) : text,
  )
}
