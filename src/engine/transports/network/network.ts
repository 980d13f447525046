// The network of one transport: keep-alive agents, proxies, sockets and certificates.

import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP } from 'node:net'
import { checkServerIdentity, type PeerCertificate, type SecureContext } from 'node:tls'
import { methods } from '../../../shared/endpoint/methods.ts'
import { shownLimits } from '../../../shared/limits.ts'
import { createSecretFinder } from '../../../shared/secrets/finder/secretFinder.ts'
import { sendsCredentials } from '../../../shared/secrets/sendsCredentials.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isLoopback } from '../../../shared/url/loopback.ts'
import { isProxyUrl, withoutCredentials, writtenProxy } from '../../../shared/url/proxyUrl.ts'
import type { Fault } from '../../protocols/fault.ts'
import { proxyFault } from '../../protocols/http/networkError.ts'
import { type Cookies, createCookies } from '../cookies.ts'
import { createHttp2Pool, type Http2Pool } from '../http2/http2Pool.ts'
import type { TransportOptions } from '../transport.ts'
import { createDigestAuth, type DigestAuth } from './digestAuth.ts'
import { lookUp } from './lookUp.ts'
import { guardPinned, type PinOption, pinnable, pinOf } from './pinnedSocket.ts'
import { addsHeaders, createProxyAgent, proxyName } from './proxyAgents.ts'
import { SetupError } from './setupError.ts'
import { targetOf } from './target.ts'
import { createTlsContext } from './tlsContext.ts'
import { alpn, choosesVersion, type VersionWish, wishFor } from './versionChoice.ts'

/** What `http.request`, `https.request` and `ws` take. */
export interface NetworkOptions extends PinOption {
  readonly agent: HttpAgent
  readonly rejectUnauthorized: boolean
  readonly secureContext?: SecureContext
  readonly servername?: string
  readonly checkServerIdentity?: (name: string, certificate: PeerCertificate) => Error | undefined
}

/** The route to one origin, for people and for what depends on it. */
export interface Route {
  /** `host:port`, or the path of a Unix socket. */
  readonly peer: string
  /** Without credentials: `host:port`, `socks5://host:port`. Undefined when requests go direct. */
  readonly proxy: string | undefined
  /** Path of the Unix socket. */
  readonly socketPath: string | undefined
  /** The proxy's agent adds header fields to requests, by name. */
  readonly addsHeaders: boolean
  /** The versions of HTTP that are offered there. */
  readonly version: VersionWish
  /** A client certificate is offered there. */
  readonly certified: boolean
  /** The name that its certificate must be for; an address without brackets. */
  readonly serverName: string
  /** Another host than the endpoint's. */
  readonly elsewhere: boolean
  /** To the endpoint's own origin. */
  readonly own: boolean
}

export interface Network {
  /**
   * Options for a request to this `http:`, `https:`, `ws:` or `wss:` URL. Its error may be `Http2Chosen`. Throws
   * `SetupError`.
   */
  optionsFor(url: URL): NetworkOptions
  routeTo(url: URL): Route
  /** The endpoint's method has a wire layer. */
  readonly hasWireLayer: boolean
  /** The HTTP/2 connections that are open. */
  readonly http2: Http2Pool
  /** Null where the profile does not want them. */
  readonly cookies: Cookies | null
  /** For requests to this URL; null where none is wanted, elsewhere than at the endpoint's own origin too. */
  digestFor(url: URL): DigestAuth | null
  /** Credentials for the endpoint's server go with its requests. */
  readonly sendsCredentials: boolean
  /** Whether the text holds a secret, which another origin must not get. */
  holdsSecret(text: string): boolean
  /** Whether this has not been said of the URL before; its query does not matter. */
  isNews(url: URL, words: string): boolean
  /** Bytes that came and no frame tells of: the next answer counts them. */
  carry(bytes: number): void
  takeCarried(): number
  /** Ends every socket, pooled or in use. */
  close(): void
}

const keptRoutes = 256
/** Beyond so many, what was said long ago is said again. */
const keptNews = 256

/**
 * Socket, client certificate and server name are for the endpoint's own origin, `allowUntrusted` and `fingerprint` for its own
 * host, not for where it redirects to.
 */
export function createNetwork(
  options: Pick<TransportOptions, 'resolved' | 'network' | 'secrets' | 'cookies' | 'hidePassing'>,
): Network {
  const { resolved: endpoint, network } = options
  const { tls } = endpoint
  const target = targetOf(endpoint)
  const ownUrl = target.request.url
  const ownKey = originKey(ownUrl)
  const proxyText = namedProxy(endpoint.proxy, network.proxyUrl)
  const proxyUrl = proxyText !== null && isProxyUrl(proxyText) ? new URL(proxyText) : null
  const certified = tls.cert !== null || tls.pfx !== null
  const agents = new Map<string, HttpAgent>()
  const contexts = new Map<boolean, SecureContext | undefined>()
  const routes = new Map<string, Route>()
  const pinned = tls.fingerprint === null ? null : pinOf(tls.fingerprint)
  const finder = createSecretFinder(options.secrets)
  const { auth } = endpoint
  const digest = auth?.type === 'digest' ? createDigestAuth(auth, options.hidePassing) : null
  const http2 = createHttp2Pool()
  let carriedBytes = 0

  function agentFor({ protocol }: URL, { socketPath, proxy }: Route): HttpAgent {
    const direct = proxy === undefined
    const key = socketPath === undefined ? `${protocol} ${direct}` : 'unix:'
    const known = agents.get(key)
    if (known) return known
    const agent = createAgent(protocol, socketPath, direct)
    agents.set(key, agent)
    return agent
  }

  function createAgent(
    protocol: string,
    socketPath: string | undefined,
    direct: boolean,
  ): HttpAgent {
    const version = wishFor(protocol, endpoint.httpVersion)
    if (socketPath !== undefined) {
      return choosesVersion(createSocketAgent(socketPath), false, version)
    }
    if (direct) {
      const secure = isSecure(protocol)
      const agent = secure
        ? guardedAgent(new HttpsAgent({ keepAlive: true, lookup: lookUp, ...alpn(version) }))
        : new HttpAgent({ keepAlive: true, lookup: lookUp })
      return choosesVersion(agent, secure, version)
    }
    if (proxyUrl === null) throw new SetupError(unreadableProxy())
    const context = contextFor(false)
    return createProxyAgent(proxyUrl, protocol, version, {
      keepAlive: true,
      ...(context && { secureContext: context }),
    })
  }

  function unreadableProxy(): Fault {
    const place = endpoint.proxy === 'auto' ? (network.proxyFrom ?? 'the settings') : 'the profile'
    const value = cutText(withoutCredentials(proxyText ?? ''), shownLimits.lineChars)
    return proxyFault(
      `The proxy of ${place} must be an http:, https:, socks4: or socks5: URL, and is “${value}”.`,
    )
  }

  // One context for all requests: with `ca` in the options, the agent would build its pool's key from
  // every certificate's text at each request.
  function contextFor(own: boolean): SecureContext | undefined {
    if (!contexts.has(own)) contexts.set(own, createTlsContext(tls, network.caPems, own))
    return contexts.get(own)
  }

  function routeTo(url: URL): Route {
    const key = originKey(url)
    const known = routes.get(key)
    if (known) return known
    const own = key === ownKey
    const socketPath = own ? (target.socketPath ?? undefined) : undefined
    // The settings' proxy was asked for the endpoint; a redirect to this machine does not mean it.
    const past = !own && endpoint.proxy === 'auto' && isLoopback(url.hostname)
    const direct = proxyText === null || socketPath !== undefined || past
    const route: Route = {
      peer: socketPath ?? url.host,
      proxy: direct ? undefined : proxyUrl ? proxyName(proxyUrl) : 'in the settings',
      socketPath,
      addsHeaders:
        !direct && proxyUrl !== null && addsHeaders(proxyUrl, url.protocol, endpoint.httpVersion),
      version: wishFor(url.protocol, endpoint.httpVersion),
      certified: own && certified && isSecure(url.protocol),
      serverName: (own ? tls.serverName : null) ?? url.hostname.replace(/^\[|\]$|\.$/g, ''),
      elsewhere: url.hostname !== ownUrl.hostname,
      own,
    }
    // A server can redirect to ever more hosts.
    if (routes.size >= keptRoutes) routes.clear()
    routes.set(key, route)
    return route
  }

  return {
    routeTo,
    hasWireLayer: methods[endpoint.method].hasWireLayer,
    http2,
    cookies: endpoint.cookies ? (options.cookies ?? createCookies()) : null,
    digestFor: (url) => (digest !== null && originKey(url) === ownKey ? digest : null),
    sendsCredentials: sendsCredentials(endpoint),
    holdsSecret: finder.holds,
    isNews: createNews(),
    carry(bytes) {
      carriedBytes += bytes
    },
    takeCarried() {
      const bytes = carriedBytes
      carriedBytes = 0
      return bytes
    },
    optionsFor(url) {
      const route = routeTo(url)
      const agent = agentFor(url, route)
      // The exemption is the user's for this host. Whoever stands in its place may lead to any other.
      const rejectUnauthorized = !tls.allowUntrusted || route.elsewhere
      if (!isSecure(url.protocol)) return { agent, rejectUnauthorized }
      const own = originKey(url) === ownKey
      const context = contextFor(own)
      return {
        agent,
        rejectUnauthorized,
        ...(pinned !== null && !route.elsewhere && { pinned }),
        ...(context && { secureContext: context }),
        ...(own && tls.serverName !== null
          ? namedServer(tls.serverName)
          : // [rfc6066] 3: a server is asked for by its name without the dot at its end.
            url.hostname.endsWith('.') && namedServer(url.hostname.slice(0, -1))),
      }
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
      http2.close()
    },
  }
}

function guardedAgent(agent: HttpsAgent): HttpsAgent {
  const create = agent.createConnection.bind(agent)
  agent.createConnection = (options, callback) =>
    guardPinned(create(pinnable(options), callback), options)
  return agent
}

/** An option of the agent goes before that of a request, and `ws` leaves no other way. */
function createSocketAgent(socketPath: string): HttpAgent {
  const options: ConstructorParameters<typeof HttpAgent>[0] & { readonly socketPath: string } = {
    keepAlive: true,
    socketPath,
  }
  return new HttpAgent(options)
}

/** [rfc6066] 3: an address is no server name to ask for, but a certificate may be for it. */
function namedServer(name: string): Pick<NetworkOptions, 'servername' | 'checkServerIdentity'> {
  return isIP(name) === 0
    ? { servername: name }
    : { servername: '', checkServerIdentity: (_name, cert) => checkServerIdentity(name, cert) }
}

/** Of a URL: with TLS. */
export function isSecure(protocol: string): boolean {
  return protocol === 'https:' || protocol === 'wss:'
}

/** Alike for `ws:` and `http:`, which differ in the method only. */
function originKey({ protocol, host }: URL): string {
  return isSecure(protocol) ? `s ${host}` : host
}

function namedProxy(wish: string, settings: string | null): string | null {
  if (wish === 'none') return null
  return wish === 'auto' ? settings : writtenProxy(wish)
}

function createNews(): Network['isNews'] {
  const said = new Set<string>()
  return ({ origin, pathname }, words) => {
    const news = `${origin}${pathname} ${words}`
    if (said.has(news)) return false
    if (said.size >= keptNews) said.clear()
    said.add(news)
    return true
  }
}
