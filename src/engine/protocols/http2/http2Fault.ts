// Faults of an exchange over HTTP/2, and the words for its error codes.

import { cutText } from '../../../shared/text/visibleText.ts'
import type { Fault } from '../fault.ts'

/** Names and meanings of the error codes, by number. [rfc9113] 7 */
const errors: readonly (readonly [name: string, words: string])[] = [
  ['NO_ERROR', 'it gives no reason'],
  ['PROTOCOL_ERROR', 'the client broke the rules of HTTP/2, it says'],
  ['INTERNAL_ERROR', 'something failed in it'],
  ['FLOW_CONTROL_ERROR', 'the client sent more than it was allowed to, it says'],
  ['SETTINGS_TIMEOUT', 'its settings were not acknowledged in time, it says'],
  ['STREAM_CLOSED', 'it had closed the stream before'],
  ['FRAME_SIZE_ERROR', 'a frame of the client has a wrong size, it says'],
  ['REFUSED_STREAM', 'it did not take the request on'],
  ['CANCEL', 'it no longer wants to answer'],
  ['COMPRESSION_ERROR', 'it could not read the compressed header fields'],
  ['CONNECT_ERROR', 'the connection behind it was lost'],
  ['ENHANCE_YOUR_CALM', 'the client asks too much of it, it says'],
  ['INADEQUATE_SECURITY', 'TLS is not secure enough for it'],
  ['HTTP_1_1_REQUIRED', 'it wants HTTP/1.1 for this request'],
]

/** `REFUSED_STREAM`; the number of one that has no name. */
export function errorName(code: number): string {
  return errors[code]?.[0] ?? `error 0x${code.toString(16)}`
}

function errorWords(code: number): string {
  return errors[code]?.[1] ?? `its reason ${errorName(code)} has no name`
}

export const refusedStream = 7
const calm = 11
const oldRequired = 13

const old = { field: 'httpVersion', value: '1.1' } as const

const advices: Readonly<Record<number, string>> = {
  [calm]: 'Ask less often, or look at the limits of the server.',
  [oldRequired]: 'Set "httpVersion": "1.1" in the profile.',
}

/** RST_STREAM of the server. `host` is `host:port`. */
export function streamReset(code: number, host: string, answered: boolean): Fault {
  const when = answered ? 'in the middle of the body' : 'before an answer'
  return {
    code: 'http2-stream-reset',
    message: `${host} ended the HTTP/2 stream ${when}: ${errorWords(code)}.`,
    advice: advices[code] ?? 'Look at the log of the server, and at proxies on the way.',
    ...(code === oldRequired && { fields: ['httpVersion'], instead: old }),
    cause: errorName(code),
  }
}

/** What a GOAWAY frame says. */
export interface Goaway {
  readonly lastStreamId: number
  readonly code: number
  /** The start of its debug data as text; empty without any. */
  readonly debug: string
}

export function readGoaway(lastStreamId: number, code: number, debug: Uint8Array): Goaway {
  const text = new TextDecoder().decode(debug)
  return { lastStreamId, code, debug: cutText(text, 200) }
}

/** A sentence without its period: `GOAWAY, ENHANCE_YOUR_CALM, last stream 3, “too_many_pings”`. */
export function goawayWords({ lastStreamId, code, debug }: Goaway): string {
  const said = debug === '' ? '' : `, “${debug}”`
  return `GOAWAY ${errorName(code)}, last stream ${lastStreamId}${said}`
}

/** The server ended the whole connection while an exchange was on it. */
export function goneAway(goaway: Goaway, host: string): Fault {
  const debug = goaway.debug === '' ? '' : ` (“${goaway.debug}”)`
  return {
    code: 'http2-goaway',
    message: `${host} ended the HTTP/2 connection: ${errorWords(goaway.code)}${debug}.`,
    advice: advices[goaway.code] ?? 'Look at the log of the server: it ended the connection.',
    cause: errorName(goaway.code),
  }
}

/** What came is HTTP/2 and breaks its rules; `cause` is the library's finding. */
export function brokenRules(host: string, cause: string): Fault {
  return {
    code: 'http2-protocol-error',
    message: `What ${host} sent breaks the rules of HTTP/2.`,
    advice: 'Look at the server, or set "httpVersion": "1.1" in the profile to go around it.',
    fields: ['httpVersion'],
    instead: old,
    cause,
  }
}

const unavailableAdvice = 'Leave "httpVersion" out of the profile, or set it to "1.1".'

/** By ALPN the server chose `chosen`, null for nothing. */
export function notChosen(host: string, chosen: string | null): Fault {
  const words = chosen === null ? 'it chose no protocol' : `it chose ${cutText(chosen, 50)}`
  return {
    code: 'http2-unavailable',
    message: `${host} does not speak HTTP/2 over TLS: ${words}.`,
    advice: unavailableAdvice,
    fields: ['httpVersion'],
    instead: old,
  }
}

/** In the clear, or after ALPN: its first bytes begin no HTTP/2. */
export function notHttp2(host: string): Fault {
  return {
    code: 'http2-unavailable',
    message: `${host} does not speak HTTP/2: what it sent begins otherwise.`,
    advice: unavailableAdvice,
    fields: ['httpVersion'],
    instead: old,
  }
}
