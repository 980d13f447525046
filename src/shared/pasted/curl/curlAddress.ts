// The address that a curl command connects to: by the method's scheme, on a Unix socket, on another host.

import type { ClientMethod } from '../../endpoint/endpoint.ts'
import { urlFor } from '../../endpoint/methods.ts'
import { type Parsed, refused } from '../../endpoint/problem.ts'
import type { NamedValues } from '../../text/namedValues.ts'
import { asksForStream, type CurlData, withQuery } from './curlData.ts'
import { type CurlHeaders, withHeader } from './curlHeaders.ts'
import { type CurlOptions, lastOf } from './curlOptions.ts'

export interface CurlAddress {
  readonly url: string
  readonly headers: CurlHeaders
  /** What the certificate is checked for, instead of the URL's host. */
  readonly serverName: string | null
}

/** The method that the command tells; null where the user chooses. */
export function methodOf(
  url: string,
  headers: NamedValues,
  body: string | null,
): ClientMethod | null {
  const has = (field: string, form: RegExp) =>
    headers.some(([name, value]) => name.toLowerCase() === field && form.test(value))
  if (has('upgrade', /^websocket$/i) || /^wss?:/i.test(url)) return 'websocket'
  return has('accept', /text\/event-stream/i) || asksForStream(body) ? 'sse' : null
}

/** In the scheme of the method, with the data that go into the query. */
export function addressOf(url: string, method: ClientMethod | null, data: CurlData): string {
  const own = method === null ? url : urlFor(method, url)
  return data.toQuery && data.text !== null && data.text !== '' ? withQuery(own, data.text) : own
}

/** On the Unix socket or the host that the options name; the URL's host then goes into a header. */
export function reachedBy(
  url: string,
  headers: CurlHeaders,
  options: CurlOptions,
): Parsed<CurlAddress> {
  const [, scheme = '', host = '', path = ''] = /^(\w+):\/\/([^/?#]*)(.*)$/s.exec(url) ?? []
  const socket = lastOf(options, 'unix-socket')
  if (socket !== undefined) {
    if (/s$/i.test(scheme)) {
      return refused('Remove --unix-socket: Lifeline speaks no TLS on a Unix socket.')
    }
    const isLocal = host.toLowerCase() === 'localhost'
    const slashed = path.startsWith('/') ? path : `/${path}`
    const own = isLocal ? headers : withHeader(headers, 'Host', host)
    return { ok: true, value: { url: `unix:${socket}:${slashed}`, headers: own, serverName: null } }
  }
  const other = otherHost({ scheme, host }, options)
  if (!other.ok) return other
  if (other.value === null) return { ok: true, value: { url, headers, serverName: null } }
  const name = host.replace(/^[^@]*@/, '')
  const own = withHeader(headers, 'Host', name)
  const user = host.slice(0, host.length - name.length)
  const value = {
    url: `${scheme}://${user}${other.value}${path}`,
    headers: own,
    serverName: /s$/i.test(scheme) ? name.replace(/:\d+$/, '') : null,
  }
  return { ok: true, value }
}

/** The `host:port` that --resolve or --connect-to put in the place of the URL's; null where none does. */
function otherHost(
  { scheme, host }: { readonly scheme: string; readonly host: string },
  options: CurlOptions,
): Parsed<string | null> {
  const [, name = '', port = /s$/i.test(scheme) ? '443' : '80'] =
    /^(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host) ?? []
  const reached = options.filter((option) => /^(?:resolve|connect-to)$/.test(option.name))
  for (const { name: option, value } of reached) {
    const form = option === 'resolve' ? resolveForm : connectForm
    const [, itsName = '', itsPort = '', toName = '', toPort = ''] = form.exec(value) ?? []
    if (!form.test(value) || host.includes('${')) {
      return refused(`Remove --${option}, and write the host to connect to into the URL.`)
    }
    const fits = (held: string, own: string) =>
      held === own.toLowerCase() || (option === 'connect-to' ? held === '' : held === '*')
    if (!fits(itsName.toLowerCase(), name) || !fits(itsPort, port)) continue
    const to = toName === '' ? name : toName
    const bracketed = /^[^[].*:/.test(to) ? `[${to}]` : to
    const proxies = options.some((one) => /^(?:proxy|socks)/.test(one.name))
    if (proxies) return refused(`Remove --${option} or the proxy: it finds hosts by itself.`)
    return { ok: true, value: `${bracketed}:${toPort === '' ? port : toPort}` }
  }
  return { ok: true, value: null }
}

/** `[+]host:port:address[,address]…`, of which the first is taken. */
const resolveForm = /^\+?(\[[^\]]*\]|[^:[\]]+):(\d+):(\[[^\]]*\]|[^,]+)()(?:,.*)?$/
/** `host1:port1:host2:port2`, each of which may be empty. */
const connectForm = /^(\[[^\]]*\]|[^:]*):(\d*):(\[[^\]]*\]|[^:]*):(\d*)$/
