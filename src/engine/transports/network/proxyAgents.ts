// Agents that lead through a proxy: asked for plain HTTP, as a tunnel by CONNECT, or by SOCKS.

import type { Agent } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type SecureContext } from 'node:tls'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'
import { decodePercent } from '../../../shared/text/decodePercent.ts'
import { encodePercent } from '../../../shared/text/encodePercent.ts'
import { proxyFault } from '../../protocols/http/networkError.ts'
import { lookUp } from './lookUp.ts'
import { markErrors, openTunnel, type ProxyConnectOptions, proxyServer } from './openTunnel.ts'
import { guardPinned, pinnable } from './pinnedSocket.ts'
import { SetupError } from './setupError.ts'
import { alpn, settle, type VersionWish } from './versionChoice.ts'

/** Of the connection to the proxy itself. */
export interface ProxyAgentOptions {
  readonly keepAlive: boolean
  readonly secureContext?: SecureContext
}

/**
 * `protocol` is the target's: `http:`, `https:`, `ws:` or `wss:`. Throws `SetupError` for credentials that cannot be
 * sent: in the events of their sockets the agents would throw it where nobody catches it.
 */
export function createProxyAgent(
  given: URL,
  protocol: string,
  version: VersionWish,
  wanted: ProxyAgentOptions,
): Agent {
  const options = { ...wanted, lookup: lookUp }
  const proxyUrl = withSoundCredentials(given)
  if (proxyUrl.protocol.startsWith('socks')) return createSocksAgent(proxyUrl, version, options)
  return addsHeaders(proxyUrl, protocol, version)
    ? createAskingAgent(proxyUrl, options)
    : createTunnelAgent(proxyUrl, version, options)
}

/** [rfc1929] 2: the length of each is one byte, and 1 or more. */
const maxSocksBytes = 255

/** A stray % stands for itself; the agents decode what is left without asking whether it can be. */
function withSoundCredentials(given: URL): URL {
  const user = decodePercent(given.username)
  const password = decodePercent(given.password)
  const { protocol } = given
  if (/^socks(?:5h?)?:$/.test(protocol) && user + password !== '') {
    const sizes = [user, password].map((text) => Buffer.byteLength(text))
    if (sizes.some((size) => size === 0 || size > maxSocksBytes)) {
      const words = `of 1 to ${maxSocksBytes} bytes each`
      throw new SetupError(
        proxyFault(`A SOCKS 5 proxy takes a user name and a password ${words}: change its URL.`),
      )
    }
  }
  // A zero byte ends the user's name there, and what follows would be read as the host.
  if (/^socks4a?:$/.test(protocol) && user.includes('\0')) {
    throw new SetupError(proxyFault('The user name of a SOCKS 4 proxy can hold no zero byte.'))
  }
  const url = new URL(given)
  url.username = encodePercent(user)
  url.password = encodePercent(password)
  return url
}

/**
 * Whether the agent adds header fields to a request to such a target: plain HTTP/1.1 is asked of the proxy itself.
 * Everything else, `ws:` too, goes through a tunnel.
 */
export function addsHeaders(proxyUrl: URL, protocol: string, version: VersionWish): boolean {
  return protocol === 'http:' && version !== '2' && !proxyUrl.protocol.startsWith('socks')
}

/** The library's own names no server to a proxy that speaks TLS. */
function createAskingAgent(proxyUrl: URL, options: ProxyAgentOptions): Agent {
  const isSecure = proxyUrl.protocol === 'https:'
  const agent = new HttpProxyAgent(proxyUrl, { ...options, ...(isSecure && proxyServer(proxyUrl)) })
  const connect = agent.connect.bind(agent)
  agent.connect = async (req, target) => {
    const socket = await connect(req, target)
    return isSecure ? markErrors(socket, proxyUrl.host) : socket
  }
  return agent
}

/** As the timeline shows it: without credentials, and without a scheme where it is the usual one. */
export function proxyName(proxyUrl: URL): string {
  const { protocol, host } = proxyUrl
  return protocol.startsWith('socks') ? `${protocol}//${host}` : host
}

/**
 * The library's own takes 200 alone for a tunnel and reads strict heads only, loses an IP address on the way to TLS, and
 * stays with a proxy that does not answer when nobody waits any longer.
 */
function createTunnelAgent(proxyUrl: URL, version: VersionWish, options: ProxyAgentOptions): Agent {
  const agent = new HttpsProxyAgent(proxyUrl, options)
  agent.connect = async (req, target) => {
    const givenUp = new AbortController()
    // A request without a socket yet tells nobody that it was destroyed.
    const { destroy } = req
    req.destroy = (error) => {
      givenUp.abort()
      return destroy.call(req, error)
    }
    try {
      const toProxy = { ...agent.connectOpts, signal: givenUp.signal } as ProxyConnectOptions
      return await onWay(await openTunnel(proxyUrl, toProxy, target, req), target, version)
    } finally {
      req.destroy = destroy
    }
  }
  return agent
}

/**
 * The library's own loses an IP address on the way to TLS too, and destroys the request at a TLS
 * error before anybody has heard which: here it makes the way, and TLS is begun on it.
 */
function createSocksAgent(proxyUrl: URL, version: VersionWish, options: ProxyAgentOptions): Agent {
  const agent = new SocksProxyAgent(proxyUrl, { keepAlive: options.keepAlive })
  const connect = agent.connect.bind(agent)
  agent.connect = async (req, target) => {
    const way = await connect(req, { ...target, secureEndpoint: false, lookup: lookUp })
    return onWay(way, target, version)
  }
  return agent
}

type Target = Parameters<HttpsProxyAgent<string>['connect']>[1]

/** The connection to the server, on the way that a proxy made: with TLS where the URL asks for it. */
async function onWay(way: Socket, target: Target, version: VersionWish): Promise<Socket> {
  const socket = target.secureEndpoint ? beginTls(way, target, version) : way
  await settle(socket, target.secureEndpoint, version, target)
  return socket
}

function beginTls(way: Socket, target: Target & { secureEndpoint: true }, version: VersionWish) {
  const { host = '', path: _path, port: _port, ...rest } = pinnable(target)
  const named = isIP(host) === 0
  const socket = connectTls({
    ...rest,
    ...alpn(version),
    socket: way,
    ...(named && rest.servername === undefined && { servername: host }),
    ...(!named &&
      !rest.checkServerIdentity && {
        checkServerIdentity: (_name: string, cert) => checkServerIdentity(host, cert),
      }),
  })
  return guardPinned(socket, target)
}
