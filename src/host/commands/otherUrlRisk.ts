// The risk of connecting to a URL that an error named, and how that URL becomes text in which references count.

import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { findReferences, formatReference } from '../../shared/endpoint/references.ts'
import { mapEndpointText } from '../../shared/profile/mapEndpointText.ts'
import { sendsCredentials } from '../../shared/secrets/sendsCredentials.ts'
import { isNearHost } from '../../shared/url/nearHost.ts'
import { peersOf } from '../variables/peers.ts'

/** A sentence; null where there is none. */
export function otherUrlRisk(before: Endpoint, next: Endpoint): string | null {
  if (!sendsCredentials(before) && !holdsMore(before)) return null
  const what = 'What this connection sends, credentials and all,'
  if (serverOf(before) !== serverOf(next)) return `${what} goes to another server.`
  const isExposed = isSecure(before) && !isSecure(next) && !isNear(next)
  return isExposed ? `${what} goes without encryption: whoever is on the way can read them.` : null
}

/** A body, a file, or a reference wherever it stands, such as in a first message. */
function holdsMore(endpoint: Endpoint): boolean {
  let holds = endpoint.body !== null || endpoint.bodyFile !== null
  mapEndpointText(endpoint, (text) => {
    holds ||= findReferences(text).length > 0
    return text
  })
  return holds
}

/** Without its scheme, which TLS changes. */
function serverOf(endpoint: Endpoint): string {
  const [server = ''] = peersOf({ ...endpoint, requests: [], proxy: 'none' })
  return server.replace(/^[a-z]+:/i, '')
}

function isSecure({ url }: Endpoint): boolean {
  return /^(?:https|wss):/i.test(url)
}

function isNear({ url }: Endpoint): boolean {
  const asHttp = url.replace(/^ws/i, 'http')
  return URL.canParse(asHttp) && isNearHost(new URL(asHttp).hostname)
}

/**
 * A URL that a server has named, as text: references in it count where they stand for what its own URL holds, which
 * the server has seen, and nowhere else.
 */
export function withOwnReferences(named: string, own: string): string {
  const known = findReferences(own).map(formatReference)
  return named.replace(/\$?\$\{[^{}]*\}/g, (found) =>
    known.includes(found) || found.startsWith('$$') ? found : `$${found}`,
  )
}
