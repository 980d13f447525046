// Choice of the proxy for a URL, from settings and environment alone, and whether certificates matter to it.

import { isLoopback } from '../url/loopback.ts'
import { readUnixUrl } from '../url/unixUrl.ts'

export interface ProxySettings {
  /** `http.proxy`. */
  readonly proxy: string
  /** `http.noProxy`. */
  readonly noProxy: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The proxy's URL, or null to go direct. In VS Code's order: localhost, exceptions, setting, environment. */
export function chooseProxy(url: string, { proxy, noProxy, env }: ProxySettings): string | null {
  if (readUnixUrl(url)) return null
  const { protocol, hostname, port } = new URL(url)
  const secure = protocol === 'https:' || protocol === 'wss:'
  if (isLoopback(hostname)) return null
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const fromEnv = (env.no_proxy ?? env.NO_PROXY ?? '').split(/[\s,]+/)
  const exceptions = noProxy.length > 0 ? noProxy : fromEnv
  const ownPort = port || (secure ? '443' : '80')
  if (exceptions.some((exception) => matches(exception, host, ownPort))) return null
  if (proxy !== '') return proxy
  const ofHttp = env.http_proxy ?? env.HTTP_PROXY
  return (secure ? (env.https_proxy ?? env.HTTPS_PROXY ?? ofHttp) : ofHttp) || null
}

/** `*`, `example.com` and `.example.com` (with every host below it), each with `:port` or without. */
function matches(exception: string, host: string, port: string): boolean {
  const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(exception.trim().toLowerCase()) ?? []
  if (name === '' || (only !== undefined && only !== port)) return false
  if (name === '*') return true
  const suffix = name.replace(/^\*?\./, '')
  return host === suffix || host.endsWith(`.${suffix}`)
}

/**
 * Whether requests to this URL use TLS, or may be redirected to one that does, as many a plain server on
 * the network does; one on this machine hardly ever.
 */
export function mayUseTls({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:' || protocol === 'wss:') return true
  return protocol === 'http:' && !isLoopback(hostname)
}
