// Whose variables count when a capture is connected again and no profile of this window made it.

import type { Endpoint } from '../shared/endpoint.ts'
import { mapEndpointFiles, mapEndpointText } from '../shared/mapEndpointText.ts'
import { findReferences } from '../shared/references.ts'
import type { VariableScope } from './variables.ts'

/**
 * A capture may come from anywhere: it gets none of the secrets that were given to profiles, but those
 * that the user gives for its servers. In a workspace that is not trusted it gets nothing of this machine.
 */
export function captureScope(endpoint: Endpoint, trusted: boolean): VariableScope {
  return {
    secretOwner: peersOf(endpoint),
    ...(!trusted && takesFromMachine(endpoint) && { trusted: false }),
  }
}

/**
 * Whether a capture with a profile's name is the profile's: it may claim its URL too, and have its secrets
 * sent elsewhere.
 */
export function isFor(profile: Endpoint, captured: Endpoint): boolean {
  return profile.url === captured.url && peersOf(profile) === peersOf(captured)
}

/**
 * All who may read what an endpoint sends, references unresolved: its server, those of its saved requests, its
 * proxy, and anybody on the way where it takes certificates that nobody here trusts.
 */
function peersOf({ url, proxy, tls, requests }: Endpoint): string {
  const server = serverOf(url)
  const others = requests.filter((request) => !isOwnPath(request.url))
  const peers = [
    server,
    ...others.map((request) => serverOf(request.url)),
    ...(proxy === 'auto' || proxy === 'none' ? [] : [serverOf(proxy)]),
    ...(tls.allowUntrusted || tls.ca !== null ? ['any server'] : []),
  ]
  return [...new Set(peers)].join(', ')
}

// A reference may hold what would end the authority; a backslash ends it as a slash does. [spec] URL 4.4
const authority = /^([a-z][a-z0-9+.-]*:\/\/)((?:(?<!\$)\$\{[^{}]*\}|[^/?#\\])*)/i

/** `https://host:port`; of a Unix socket its path. */
function serverOf(url: string): string {
  const [, scheme, place = ''] = authority.exec(url) ?? []
  if (scheme === undefined) return url.split('?', 1)[0] ?? ''
  return `${scheme}${place.slice(place.lastIndexOf('@') + 1)}`
}

/** Two slashes begin a host. */
function isOwnPath(url: string): boolean {
  return /^\/(?![/\\])/.test(url)
}

/** Whether it reads files, the environment or settings. */
function takesFromMachine(endpoint: Endpoint): boolean {
  let takes = false
  mapEndpointText(endpoint, (text) => {
    const references = findReferences(text)
    takes ||= typeof references === 'string' || references.some(({ kind }) => kind !== 'secret')
    return text
  })
  mapEndpointFiles(endpoint, (path) => {
    takes ||= path !== ''
    return path
  })
  return takes
}
