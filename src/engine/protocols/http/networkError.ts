// Turns what Node says about a failed connection or exchange into a stable code and plain words.

import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { ErrorCode } from '../../../shared/frame/errorCodes.ts'
import type { Fault } from '../fault.ts'
import { notChosen } from '../http2/http2Fault.ts'
import { http2Only } from './http2Only.ts'
import { type ParserPlace, parserFault } from './parserFault.ts'
import { socksWords } from './socksFault.ts'
import { type ShownCertificate, tlsFault } from './tlsFault.ts'

/** The place of the failure. */
export interface FaultPlace extends ParserPlace {
  /** The host is not the endpoint's: a redirect or a companion request leads there. */
  readonly elsewhere?: boolean
  /** The proxy in use, without credentials, until a connection through it stands. */
  readonly proxy?: string | undefined
  /** The URL asks for TLS. */
  readonly secure?: boolean
  /** The versions of HTTP that were offered where TLS agrees on one. */
  readonly version?: Endpoint['httpVersion']
  /** A client certificate was offered. */
  readonly certified?: boolean
  /** The server sent no certificate of its certificate's issuer, and none is known here. */
  readonly lacksIssuer?: boolean
  /** What the server has shown, where TLS had come so far. */
  readonly certificate?: ShownCertificate | null
}

type KnownFault = readonly [
  code: ErrorCode,
  message: (host: string) => string,
  advice?: string,
  fields?: readonly string[],
]

/** The place is a part of the URL. */
const ofUrl = ['url'] as const

const reset: KnownFault = [
  'connection-reset',
  (host) => `The connection to ${host} was reset.`,
  'Look at the log of the server, and at proxies on the way: one of them broke the connection off.',
]
const unreachable: KnownFault = [
  'network-unreachable',
  (host) => `No route leads from this machine to ${host}.`,
  'Check the network connection, the VPN and the address.',
  ofUrl,
]

const plainAdvice =
  'Look at the server. If it uses TLS at this port, start the URL with https:// or wss://.'

const certificateAdvice =
  'It may not accept the client certificate. Look at the log of the server, and at "tls" in the profile.'

const system: Readonly<Record<string, KnownFault>> = {
  ENOTFOUND: [
    'dns-failed',
    (host) => `The host name ${nameOf(host)} was not found.`,
    'Check the spelling of the host in the URL.',
    ofUrl,
  ],
  EAI_AGAIN: [
    'dns-failed',
    (host) => `The host name ${nameOf(host)} could not be looked up.`,
    'Check the network connection and the name server.',
  ],
  ECONNREFUSED: [
    'connection-refused',
    (host) => `Nothing accepts connections at ${host}.`,
    'Check that the server runs and that the port, or the path of its socket, in the URL is right.',
    ofUrl,
  ],
  ECONNRESET: reset,
  ECONNABORTED: reset,
  EPIPE: reset,
  ETIMEDOUT: [
    'connection-timeout',
    (host) => `${host} did not accept a connection in time.`,
    'Check the address, and whether a firewall drops the traffic.',
    ofUrl,
  ],
  // A Unix socket's path.
  ENOENT: [
    'connection-refused',
    (host) => `There is no socket at ${host}.`,
    'Check that the server runs and that the path in the URL is right.',
    ofUrl,
  ],
  EACCES: [
    'connection-refused',
    (host) => `You may not connect to ${host}.`,
    'Check the rights of the socket and its folders.',
  ],
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  ENETDOWN: unreachable,
  EADDRNOTAVAIL: unreachable,
}

/**
 * The fault behind an error of `net`, `tls`, `dns`, `http`, `https`, `ws` or a proxy agent. What is
 * not known comes back as `network-failed` with the error's own words.
 */
export function networkError(error: unknown, place: FaultPlace): Fault {
  const { code, message } = innermost(error)
  const cause = code ?? message
  const { host, proxy } = place

  if (isUnagreed(`${code} ${message}`)) return unagreed(place, cause)
  const tls = code === null ? null : tlsFault(code, message, { ...place, ofProxy: proxyOf(error) })
  if (tls?.code === 'tls-untrusted') return tls
  // Until a tunnel stands, a failure is the proxy's; only some names are looked up here.
  if (proxy !== undefined && !isLookupOf(error, host)) {
    const words = socksWords(message, proxy, host)
    if (words !== null) return proxyFault(words, cause)
    return proxyUnreached(proxy, { code, message, tls: tls?.message ?? null }, cause)
  }

  const row = code === null ? undefined : system[code]
  if (row !== undefined) {
    const [known, words, advice, fields] = row
    const told = wordsFor(known, words(host), message, place)
    const usual = { ...(advice && { advice }), ...(fields && { fields }) }
    // A TLS server answers plain HTTP with silence, or with an alert that no HTTP client understands.
    const silence = place.answered ? null : silenceHint(known, told !== words(host), place)
    return { code: known, message: told, ...(silence ?? usual), cause }
  }
  const refused = code === null ? null : parserFault(code, place)
  if (refused !== null) return refused
  if (tls !== null) return tls
  return { code: 'network-failed', message: `The exchange with ${host} failed: ${message}.`, cause }
}

/** The proxy whose own connection failed, where the agents have said so on its error. */
function proxyOf(error: unknown): string | null {
  return error instanceof Error && 'ofProxy' in error ? String(error.ofProxy) : null
}

/** The alert no_application_protocol: none of the offered protocols is spoken there. [rfc7301] 3.2 */
function isUnagreed(words: string): boolean {
  return /no.application.protocol/i.test(words)
}

function unagreed({ host, version, webSocket }: FaultPlace, cause: string): Fault {
  if (version === '1.1') return http2Only(host, webSocket === true, cause)
  if (version === '2') return { ...notChosen(host, null), cause }
  return {
    code: 'tls-failed',
    message: `${host} speaks neither HTTP/2 nor HTTP/1.1 over TLS.`,
    advice: 'Check that the port speaks HTTP.',
    cause,
  }
}

/** The connection to the proxy itself failed. */
function proxyUnreached(
  proxy: string,
  { code, message, tls }: InnerError & { readonly tls: string | null },
  cause: string,
): Fault {
  if (tls !== null) return proxyFault(tls, cause)
  const [known, words] = system[code ?? ''] ?? []
  if (known === undefined || words === undefined) {
    return proxyFault(`The proxy ${proxy} did not let us through: ${message}.`, cause)
  }
  const told =
    known === 'dns-failed'
      ? words(proxy).replace('The host name', 'The host name of the proxy')
      : wordsFor(known, words(`the proxy ${proxy}`), message, { host: `the proxy ${proxy}` })
  const advice =
    'Check the address of the proxy, and that it runs, or go without: "proxy": "none" in the profile.'
  return proxyFault(told.replace(/^the/, 'The'), cause, advice)
}

const refusedAdvice =
  'Check the proxy and its credentials, or go without: "proxy": "none" in the profile.'

/** A proxy that refused, or could not be reached. */
export function proxyFault(message: string, cause?: string, advice = refusedAdvice): Fault {
  return {
    code: 'proxy-failed',
    message,
    advice,
    fields: ['proxy'],
    ...(cause !== undefined && { cause }),
  }
}

/** What to do about a connection that ended before an answer; `closed`: without a reset. */
function silenceHint(
  code: ErrorCode,
  closed: boolean,
  place: FaultPlace,
): Pick<Fault, 'advice' | 'fields' | 'speaksTls'> | null {
  if (code !== 'connection-reset') return null
  if (place.certified) return { advice: certificateAdvice }
  // The start of an answer shows that it speaks without TLS.
  if (!closed || place.secure !== false || place.start !== undefined) return null
  return { advice: plainAdvice, fields: ofUrl, speaksTls: true }
}

/** The host of `host:port`. */
export function nameOf(host: string): string {
  return host.replace(/:\d+$/, '')
}

/** SOCKS 4 and 5 want an address, so Lifeline looks the name up. */
function isLookupOf(error: unknown, host: string): boolean {
  return error instanceof Error && 'hostname' in error && error.hostname === nameOf(host)
}

function wordsFor(code: ErrorCode, words: string, message: string, place: FaultPlace): string {
  if (code !== 'connection-reset') return words
  const { start, host } = place
  if (start !== undefined)
    return `${host} closed the connection in the middle of the head of its answer.`
  if (/before secure TLS connection/.test(message)) {
    return `${host} closed the connection in the middle of the TLS handshake.`
  }
  if (message === 'socket hang up') return `${place.host} closed the connection without an answer.`
  // Node's word for a connection that ended before the body was complete.
  if (message === 'aborted') return `${place.host} closed the connection in the middle of the body.`
  return words
}

interface InnerError {
  readonly code: string | null
  readonly message: string
}

/**
 * Node tries every address of a host and reports all failures in one AggregateError: the first one tells, but not
 * that this machine has no IPv6 where the host's IPv4 address tells more.
 */
function innermost(error: unknown): InnerError {
  if (error instanceof AggregateError && error.errors.length > 0) {
    const all: readonly InnerError[] = error.errors.map(innermost)
    return all.find(({ code }) => system[code ?? ''] !== unreachable) ?? innermost(error.errors[0])
  }
  if (!(error instanceof Error)) return { code: null, message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return { code, message: error.message }
}
