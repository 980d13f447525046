// Opens a request on the network's agents, and tells what cannot be sent at all.

import { ClientRequest, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { type Limits, shownLimits } from '../../../shared/limits.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { requestTarget } from '../../../shared/url/requestTarget.ts'
import type { Fault } from '../../protocols/fault.ts'
import { refusedByProxy } from '../../protocols/http/httpFault.ts'
import { proxyFault } from '../../protocols/http/networkError.ts'
import type { HttpRequest } from '../../protocols/http/redirect.ts'
import type { Network, Route } from '../network/network.ts'
import { type ConnectAnswer, isTunnel } from '../network/openTunnel.ts'
import { SetupError } from '../network/setupError.ts'
import type { Dialling } from '../network/versionChoice.ts'
import type { SentRequest } from '../sentRequest.ts'
import { statusReason } from './nodeHead.ts'

/**
 * Nothing is sent before `end`. `dialled` gets a new socket before its protocol is chosen. Throws what
 * `unsendableRequest` understands.
 */
export function openRequest(
  hop: HttpRequest,
  headers: NamedValues,
  network: Network,
  limits: Limits,
  dialled?: (socket: Socket) => void,
): ClientRequest {
  const { protocol, host, hostname, port } = hop.url
  const secure = protocol === 'https:'
  const { addsHeaders } = network.routeTo(hop.url)
  // The agent hands them on.
  const dialling: Dialling = dialled ? { dialled } : {}
  const req = (secure ? httpsRequest : httpRequest)({
    ...network.optionsFor(hop.url),
    ...dialling,
    protocol,
    // An IPv6 address has brackets in a URL only.
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    // The agent for a proxy makes a URL of a path: it would take the host of `//host/` or of a header for the server's.
    path: (addsHeaders ? `${protocol}//${host}` : '') + requestTarget(hop.url),
    method: hop.method,
    // Node sends a list just as it is; but an agent for a proxy can add to named fields only.
    headers: addsHeaders ? byName(headers) : headers.flat(),
    setHost: false,
    maxHeaderSize: limits.headBytes,
  })
  // Node would drop fields beyond a count without a word; bytes are limited instead.
  req.maxHeadersCount = 0
  // [rfc9112] 9.6: Node would use the connection again where the server leaves it open.
  if (headers.some(closes)) req.shouldKeepAlive = false
  return req
}

function closes([name, value]: NamedValues[number]): boolean {
  return name.toLowerCase() === 'connection' && /(?:^|[\s,])close(?:$|[\s,])/i.test(value)
}

/** The fields as they leave, those that an agent added included; null for `headers` that only the request has. */
export function sentHeaders(
  req: SentRequest,
  headers: NamedValues | null,
  route: Pick<Route, 'addsHeaders'>,
): NamedValues {
  if (req.http2) return req.http2.fields
  if ((headers !== null && !route.addsHeaders) || !(req instanceof ClientRequest))
    return headers ?? []
  return req.getRawHeaderNames().flatMap((name) => {
    const value = req.getHeader(name) ?? ''
    return (Array.isArray(value) ? value : [String(value)]).map((one) => [name, one] as const)
  })
}

/**
 * Header fields as Node and `ws` take them; those of one name are gathered under the first one's letter case. Of
 * several cookie fields Node makes one. [rfc6265] 5.4
 */
export function byName(headers: NamedValues): Record<string, string | string[]> {
  // Without a prototype: a field may be called `__proto__`.
  const fields: Record<string, string | string[]> = Object.create(null)
  const names = new Map<string, string>()
  for (const [name, value] of headers) {
    const first = names.get(name.toLowerCase()) ?? name
    const before = fields[first]
    names.set(name.toLowerCase(), first)
    fields[first] = before === undefined ? value : joined(first, before, value)
  }
  return fields
}

function joined(name: string, before: string | string[], value: string): string | string[] {
  return name.toLowerCase() === 'cookie' ? `${before}; ${value}` : [before, value].flat()
}

/** What Node or a proxy's URL refuses before anything leaves; rethrows what is our own fault. */
export function unsendableRequest(error: unknown): Fault {
  if (error instanceof SetupError) return error.fault
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error
  const { code: cause, message } = error
  return { code: 'request-invalid', message: `The request cannot be sent: ${message}.`, cause }
}

/** Null when the tunnel stands. */
export function refusedTunnel(answer: ConnectAnswer, url: URL, route: Route): Fault | null {
  const { statusCode } = answer
  if (statusCode === undefined || isTunnel(statusCode)) return null
  if (Number.isNaN(statusCode)) {
    return proxyFault(
      answer.refusal === undefined
        ? `What is at ${route.proxy} does not speak HTTP.`
        : `The answer of the proxy ${route.proxy} cannot be read: ${answer.refusal}.`,
    )
  }
  const fault = refusedByProxy(route.proxy ?? '', url.host, statusCode, statusReason(statusCode))
  // There is no frame of this answer that would hold the proxy's own words.
  const said = `${statusCode} ${answer.statusText ?? ''}`.trimEnd()
  return { ...fault, cause: cutText(said, shownLimits.statusChars) }
}
