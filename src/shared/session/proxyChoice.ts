// Choice of the proxy for a URL, from settings and environment alone, and whether certificates matter to it.

import { isListed } from '../url/hostList.ts'
import { isLoopback } from '../url/loopback.ts'
import { writtenProxy } from '../url/proxyUrl.ts'
import { readUnixUrl } from '../url/unixUrl.ts'
import type { NetworkSettings } from './sessionPlan.ts'

export interface ProxySettings {
  /** `http.proxy`. */
  readonly proxy: string
  /** `http.noProxy`. */
  readonly noProxy: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

type ProxyChoice = Pick<NetworkSettings, 'proxyUrl' | 'proxyFrom'>

const direct: ProxyChoice = { proxyUrl: null }
const ofHttp = ['http_proxy', 'HTTP_PROXY']
const ofAll = ['all_proxy', 'ALL_PROXY']

/** In VS Code's order: localhost, exceptions, setting, environment. */
export function chooseProxy(url: string, { proxy, noProxy, env }: ProxySettings): ProxyChoice {
  if (readUnixUrl(url)) return direct
  const { protocol, hostname, port } = new URL(url)
  const secure = protocol === 'https:' || protocol === 'wss:'
  if (isLoopback(hostname)) return direct
  const fromEnv = env[firstSet(env, ['no_proxy', 'NO_PROXY']) ?? ''] ?? ''
  const exceptions = noProxy.length > 0 ? noProxy : fromEnv.split(/[\s,;"']+/)
  const ownPort = port || (secure ? '443' : '80')
  if (exceptions.some((exception) => isListed(exception, hostname, ownPort))) return direct
  if (proxy !== '') return { proxyUrl: writtenProxy(proxy), proxyFrom: 'the setting http.proxy' }
  const name = firstSet(env, [
    ...(secure ? ['https_proxy', 'HTTPS_PROXY'] : []),
    ...ofHttp,
    ...ofAll,
  ])
  const value = writtenProxy(env[name ?? ''] ?? '')
  return value === '' ? direct : { proxyUrl: value, proxyFrom: `the variable ${name}` }
}

/** An empty one counts for none. */
function firstSet(env: ProxySettings['env'], names: readonly string[]): string | undefined {
  return names.find((name) => (env[name] ?? '') !== '')
}

/**
 * Whether requests to this URL use TLS, or may be redirected to one that does, as many a plain server on
 * the network does; one on this machine hardly ever.
 */
export function mayUseTls({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:' || protocol === 'wss:') return true
  return protocol === 'http:' && !isLoopback(hostname)
}
