// The plan of one hop: everything that is settled before its request is sent, and the words for faults on its route.

import type { Fault } from '../../protocols/fault.ts'
import { timeoutFault } from '../../protocols/http/httpFault.ts'
import { networkError } from '../../protocols/http/networkError.ts'
import type { ParserPlace } from '../../protocols/http/parserFault.ts'
import type { HttpRequest } from '../../protocols/http/redirect.ts'
import {
  credentialsOf,
  requestHeaders,
  withAuthorization,
} from '../../protocols/http/requestHeaders.ts'
import { now } from '../clock.ts'
import { shownCertificate } from '../network/shownCertificate.ts'
import { ExchangeFailure } from '../sentRequest.ts'
import type { ExchangeContext, Reading } from './exchange.ts'
import type { HopFacts } from './hopRecord.ts'
import { createSocketMeter } from './socketMeter.ts'

/** What is settled before anything is sent. */
export interface PlannedHop extends HopFacts {
  readonly hop: HttpRequest
  readonly reading: Reading
  readonly context: ExchangeContext
  /** As they go out, but for those that a proxy's agent adds. */
  readonly headers: NonNullable<HopFacts['headers']>
}

export function planHop(hop: HttpRequest, reading: Reading, context: ExchangeContext): PlannedHop {
  const { network, limits, io } = context
  const { cookies } = network
  const { url } = hop
  const startedAt = now()
  const body = typeof hop.body === 'string' ? Buffer.from(hop.body) : hop.body
  const basic = credentialsOf(url)
  const digest = network.digestFor(url)?.authorization(hop.method, url, body) ?? null
  const own = withAuthorization(hop.headers, digest)
  const wished = { ...hop, headers: cookies?.addTo(own, url) ?? own }
  return {
    hop,
    reading,
    context,
    io,
    limits,
    headers: requestHeaders(wished, body?.byteLength ?? null, basic),
    basic,
    body,
    route: network.routeTo(url),
    meter: createSocketMeter(startedAt, url, network.takeCarried()),
    network,
    startedAt,
  }
}

/** Where a fault was met, for its words. */
function faultPlace({ meter, route, hop: { url }, limits: { headBytes } }: PlannedHop) {
  const proxy = meter.attached() ? undefined : route.proxy
  const { peer: host, version, certified, elsewhere } = route
  const secure = url.protocol === 'https:'
  const lacksIssuer = meter.lacksIssuer()
  const shown = meter.rawCertificate()
  const certificate = shown && shownCertificate(shown, route.serverName)
  return { host, proxy, secure, version, certified, elsewhere, lacksIssuer, certificate, headBytes }
}

/** The fault behind an error of the request or of its answer; `seen` is what its bytes show. */
export function errorFault(
  error: Error,
  planned: PlannedHop,
  seen: Pick<ParserPlace, 'answered' | 'start' | 'refusal'>,
): Fault {
  if (error instanceof ExchangeFailure) return error.fault
  return networkError(error, { ...faultPlace(planned), ...seen })
}

/** The timeout has passed while this was waited for, or a connection. */
export function lateFault(planned: PlannedHop, awaited: 'answer' | 'body'): Fault {
  const { reading, meter } = planned
  const { timeoutMs } = reading
  const phase = meter.phase() ?? awaited
  const own = phase === 'answer' ? reading.unanswered?.(timeoutMs) : undefined
  return own ?? timeoutFault(timeoutMs, { phase, ...faultPlace(planned) })
}
