// How requests leave: our own keep-alive agents, proxies and certificates, for one transport.

import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { proxyFault } from '../protocols/networkError.ts'
import { addsHeaders, createProxyAgent, isProxyUrl, proxyName } from './proxyAgents.ts'
import { SetupError } from './setupError.ts'
import type { TransportOptions } from './transport.ts'

/** What `http.request`, `https.request` and `ws` take. */
export interface NetworkOptions {
  readonly agent: HttpAgent
  readonly rejectUnauthorized: boolean
  readonly secureContext?: SecureContext
}

export interface Network {
  /** Options for a request to this `http:`, `https:`, `ws:` or `wss:` URL. Throws `SetupError`. */
  optionsFor(url: URL): NetworkOptions
  /** The proxy in use, without credentials: `host:port`, `socks5://host:port`. Undefined when requests go direct. */
  readonly proxy: string | undefined
  /** The proxy's agent adds header fields to requests of this URL, by name. */
  addsHeaders(url: URL): boolean
  /** Ends every socket, pooled or in use. */
  close(): void
}

export function createNetwork(options: Pick<TransportOptions, 'endpoint' | 'network'>): Network {
  const { endpoint, network } = options
  const proxyText = namedProxy(endpoint.proxy, network.proxyUrl)
  const proxyUrl = proxyText !== null && URL.canParse(proxyText) ? new URL(proxyText) : null
  const agents = new Map<string, HttpAgent>()
  let secureContext: SecureContext | undefined

  function agentFor(protocol: string): HttpAgent {
    const known = agents.get(protocol)
    if (known) return known
    const agent = createAgent(protocol)
    agents.set(protocol, agent)
    return agent
  }

  function createAgent(protocol: string): HttpAgent {
    if (proxyText === null) {
      const Kind = protocol === 'https:' || protocol === 'wss:' ? HttpsAgent : HttpAgent
      return new Kind({ keepAlive: true })
    }
    if (proxyUrl === null || !isProxyUrl(proxyUrl)) {
      throw new SetupError(
        proxyFault('The proxy must be an http:, https:, socks4: or socks5: URL.'),
      )
    }
    const context = trusted()
    return createProxyAgent(proxyUrl, protocol, {
      keepAlive: true,
      ...(context && { secureContext: context }),
    })
  }

  // One context for all: with `ca` in the options, the agent would build its pool's key from every
  // certificate's text at each request.
  function trusted(): SecureContext | undefined {
    if (network.caPems === null) return undefined
    secureContext ??= createSecureContext({
      ca: [...getCACertificates('default'), ...network.caPems],
    })
    return secureContext
  }

  return {
    proxy: proxyText === null ? undefined : proxyUrl ? proxyName(proxyUrl) : 'in the settings',
    addsHeaders: ({ protocol }) => proxyUrl !== null && addsHeaders(proxyUrl, protocol),
    optionsFor(url) {
      const agent = agentFor(url.protocol)
      const context = url.protocol === 'https:' || url.protocol === 'wss:' ? trusted() : undefined
      const rejectUnauthorized = !endpoint.tls.allowUntrusted
      return { agent, rejectUnauthorized, ...(context && { secureContext: context }) }
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}

function namedProxy(wish: string, settings: string | null): string | null {
  if (wish === 'none') return null
  return wish === 'auto' ? settings : wish
}
