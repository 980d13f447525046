// Finds the peers of an endpoint, those who read what it sends: as written, and with its references looked up.

import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { type Reference, replaceReferences } from '../../shared/endpoint/references.ts'
import { isNearHost } from '../../shared/url/nearHost.ts'
import { readUnixUrl } from '../../shared/url/unixUrl.ts'
import { serverPart } from '../../shared/url/userInfo.ts'

/**
 * The peers, references unresolved: its server, those of its saved requests, its proxy, and anybody on the way
 * where it takes certificates that nobody here trusts. Each once.
 */
export function peersOf({ url, proxy, tls, requests }: Endpoint): readonly string[] {
  const others = requests.filter((request) => !isOwnPath(request.url))
  const peers = [
    serverOf(url),
    ...others.map((request) => serverOf(request.url)),
    ...(proxy === 'auto' || proxy === 'none' ? [] : [serverOf(proxy)]),
    ...(tls.allowUntrusted || tls.fingerprint !== null || tls.ca !== null ? ['any server'] : []),
  ]
  return [...new Set(peers)]
}

/**
 * The first peer of the resolved endpoint that `promised` (an answer of `peersOf`) does not name once
 * its references are looked up; null when there is none. A reference can move the end of a host's name.
 */
export function strayPeer(
  resolved: Endpoint,
  promised: readonly string[],
  lookedUp: (reference: Reference) => string,
): string | null {
  const base = baseOf(resolved)
  const named = promised.map((peer) => addressOf(replaceReferences(peer, lookedUp), base))
  return addressesOf(resolved).find((address) => !named.includes(address)) ?? null
}

/** The peers of a resolved endpoint that are on this machine or its network. */
export function nearPeers(resolved: Endpoint): readonly string[] {
  return addressesOf(resolved).filter((address) => {
    if (readUnixUrl(address)) return true
    // Only `http:` and its like have their addresses written in one form.
    const asHttp = address.replace(/^[^:]*/, 'http')
    return URL.canParse(asHttp) && isNearHost(new URL(asHttp).hostname)
  })
}

/** `https://host:port` of each peer, or `unix:/path`; each once. */
function addressesOf(resolved: Endpoint): readonly string[] {
  const { url, proxy, requests } = resolved
  const base = baseOf(resolved)
  const peers = [
    addressOf(url, base),
    ...requests.map((request) => addressOf(request.url, base)),
    ...(proxy === 'auto' || proxy === 'none' ? [] : [addressOf(proxy, base)]),
  ]
  return [...new Set(peers)]
}

/** The base of relative URLs of saved requests. */
interface Base {
  readonly url: string
  /** Path of the Unix socket behind it, or null. */
  readonly socketPath: string | null
}

function baseOf({ url }: Endpoint): Base {
  const unix = readUnixUrl(url)
  return { url: (unix?.url ?? url).replace(/^ws/i, 'http'), socketPath: unix?.socketPath ?? null }
}

/** The text itself where it is no URL. */
function addressOf(text: string, base: Base): string {
  const unix = readUnixUrl(text)
  if (unix) return `unix:${unix.socketPath}`
  // A WebSocket begins as HTTP, at the same server.
  const asHttp = text.replace(/^ws/i, 'http')
  if (!URL.canParse(asHttp, base.url)) return text
  const { protocol, host, origin } = new URL(asHttp, base.url)
  // A URL at the Unix socket's own host leads to the socket.
  if (base.socketPath !== null && origin === new URL(base.url).origin) {
    return `unix:${base.socketPath}`
  }
  return `${protocol}//${host}`
}

/** `https://host:port`; of a Unix socket its path. */
function serverOf(url: string): string {
  // A `?` inside of a reference is part of its name.
  return serverPart(url) ?? url.split(/\?(?![^{}]*\})/, 1)[0] ?? ''
}

/** A path on the endpoint's own server; two slashes would begin a host. */
function isOwnPath(url: string): boolean {
  return /^\/(?![/\\])/.test(url)
}
