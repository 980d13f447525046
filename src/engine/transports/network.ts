// How requests leave: our own keep-alive agents, proxies and certificates, for one transport.

import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP } from 'node:net'
import {
  checkServerIdentity,
  createSecureContext,
  getCACertificates,
  type SecureContext,
} from 'node:tls'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import type { TransportOptions } from './transport.ts'

/** What `http.request`, `https.request` and `ws` take. */
export interface NetworkOptions {
  readonly agent: HttpAgent
  readonly rejectUnauthorized: boolean
  readonly secureContext?: SecureContext
}

export interface Network {
  /** Options for a request to this `http:`, `https:`, `ws:` or `wss:` URL. Throws `ProxyError`. */
  optionsFor(url: URL): NetworkOptions
  /** `host:port` of the proxy in use; undefined when requests go direct. */
  readonly proxy: string | undefined
  /** Ends every socket, pooled or in use. */
  close(): void
}

/** The proxy that was named is none: the user's fault, told in the timeline. */
export class ProxyError extends Error {
  readonly code = 'ERR_LIFELINE_PROXY'
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
    if (proxyUrl === null || !/^https?:$/.test(proxyUrl.protocol)) {
      throw new ProxyError('The proxy must be an http: or https: URL.')
    }
    const context = trusted()
    const agentOptions = { keepAlive: true, ...(context && { secureContext: context }) }
    // Plain HTTP is asked of the proxy itself; everything else, `ws:` too, goes through a tunnel.
    return protocol === 'http:'
      ? new HttpProxyAgent(proxyUrl, agentOptions)
      : createTunnelAgent(proxyUrl, agentOptions)
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
    proxy: proxyText === null ? undefined : (proxyUrl?.host ?? 'in the settings'),
    optionsFor(url) {
      const agent = agentFor(url.protocol)
      const context = url.protocol === 'https:' || url.protocol === 'wss:' ? trusted() : undefined
      const rejectUnauthorized = !endpoint.allowUntrusted
      return { agent, rejectUnauthorized, ...(context && { secureContext: context }) }
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}

/**
 * An agent that tunnels through the proxy. The library's own loses an IP address on the way to TLS,
 * which would then ask the certificate for the name `localhost`.
 */
function createTunnelAgent(
  proxyUrl: URL,
  options: { readonly keepAlive: boolean; readonly secureContext?: SecureContext },
): HttpAgent {
  const agent = new HttpsProxyAgent(proxyUrl, options)
  const connect = agent.connect.bind(agent)
  agent.connect = (req, target) => {
    const { host = '' } = target
    if (!target.secureEndpoint || isIP(host) === 0) return connect(req, target)
    return connect(req, {
      ...target,
      checkServerIdentity: (_name, cert) => checkServerIdentity(host, cert),
    })
  }
  return agent
}

function namedProxy(wish: string, settings: string | null): string | null {
  if (wish === 'none') return null
  return wish === 'auto' ? settings : wish
}
