// The few fields that a tap changes, so that program and server find each other though each sees another address.

import type { TapChanges } from '../../shared/endpoint/tapSettings.ts'
import type { ChangeField } from '../protocols/http/changeFields.ts'

/** Where the server is, and where its program believes that it is. */
export interface TapAddresses {
  /** `http:` or `https:`. */
  readonly server: URL
  /** The request's `Host` as it came: `localhost:53124`. */
  readonly tap: string
}

/** Of a request. */
export function requestChanges(wanted: TapChanges, { server, tap }: TapAddresses): ChangeField {
  return (name, value) => {
    if (name === 'host' && wanted.host) return server.host
    if ((name === 'origin' || name === 'referer') && wanted.origin) {
      return withOrigin(value, tap, server.origin)
    }
    return value
  }
}

/** Of an answer. */
export function responseChanges(wanted: TapChanges, { server, tap }: TapAddresses): ChangeField {
  return (name, value) => {
    // Without a Host the program has not said where it believes the server to be.
    const isNamed = tap !== server.host
    if ((name === 'location' || name === 'content-location') && wanted.location && isNamed) {
      return withOrigin(value, server.host, `http://${tap}`)
    }
    return name === 'set-cookie' && wanted.cookies ? localCookie(value, server) : value
  }
}

const absolute = /^(https?|wss?)(:\/\/)([^/?#]*)/i

/** `to` in the place of the URL's origin where that names `host`; WebSocket's schemes stay WebSocket's. */
function withOrigin(url: string, host: string, to: string): string {
  const [start = '', scheme = '', , authority = ''] = absolute.exec(url) ?? []
  if (start === '' || !isSameHost(scheme, authority, host)) return url
  const origin = /^ws/i.test(scheme) ? to.replace(/^http/, 'ws') : to
  return origin + url.slice(start.length)
}

/** [rfc9110] 4.2.3: letter case does not count, nor does the usual port. */
function isSameHost(scheme: string, authority: string, host: string): boolean {
  const usual = /^(?:https|wss)$/i.test(scheme) ? ':443' : ':80'
  const bare = (one: string) => {
    const lower = one.toLowerCase()
    return lower.endsWith(usual) ? lower.slice(0, -usual.length) : lower
  }
  return bare(authority) === bare(host)
}

/** [rfc6265] 5.2.3 and 5.2.5: a program at this machine keeps no cookie of another domain, nor over plain HTTP one that wants TLS. */
function localCookie(cookie: string, { hostname, protocol }: URL): string {
  const [pair = '', ...attributes] = cookie.split(';')
  const nameOf = (attribute: string) => attribute.split('=', 1)[0]?.trim().toLowerCase()
  const needsTls =
    /^\s*__(?:secure|host)-/i.test(pair) ||
    attributes.some((one) => /^\s*samesite\s*=\s*none\s*$/i.test(one))
  const kept = attributes.filter((attribute) => {
    const name = nameOf(attribute)
    if (name === 'domain') return !covers(attribute.slice(attribute.indexOf('=') + 1), hostname)
    return name !== 'secure' || protocol !== 'https:' || needsTls
  })
  return kept.length === attributes.length ? cookie : [pair, ...kept].join(';')
}

/** The domain is the host, or one above it. [rfc6265] 5.1.3 */
function covers(domain: string, hostname: string): boolean {
  const bare = domain.trim().toLowerCase().replace(/^\./, '')
  return hostname === bare || hostname.endsWith(`.${bare}`)
}
