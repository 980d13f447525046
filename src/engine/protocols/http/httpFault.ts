// Faults of an HTTP exchange that are found here, not reported by Node.

import { formatLimit } from '../../../shared/text/units.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import type { Fault } from '../fault.ts'
import { nameOf, proxyFault } from './networkError.ts'

/** How far a connection had come. */
export type Phase = 'lookup' | 'connect' | 'tls' | 'answer' | 'body'

/** Where the time ran out. */
export interface TimeoutPlace {
  readonly phase: Phase
  /** `host:port` of the server. */
  readonly host: string
  /** The proxy in use, without credentials, until a connection through it stands. */
  readonly proxy?: string | undefined
}

/**
 * Our own time limit has passed. Code `http-timeout` says that the request had been sent, others that
 * no connection stood yet.
 */
export function timeoutFault(timeoutMs: number, { phase, host, proxy }: TimeoutPlace): Fault {
  const time = `${timeoutMs / 1000} s`
  if (proxy !== undefined && phase !== 'answer' && phase !== 'body') {
    return proxyFault(`The proxy ${proxy} did not let us through within ${time}.`)
  }
  switch (phase) {
    case 'lookup':
      return {
        code: 'dns-failed',
        message: `The host name ${nameOf(host)} could not be looked up within ${time}.`,
        advice: 'Check the network connection and the name server.',
      }
    case 'connect':
      return {
        code: 'connection-timeout',
        message: `${host} did not accept a connection within ${time}.`,
        advice: 'Check the address, and whether a firewall drops the traffic.',
        fields: ['url'],
      }
    case 'tls':
      return {
        code: 'tls-failed',
        message: `${host} accepted the connection, but did not agree on TLS within ${time}.`,
        advice: 'The server may not use TLS at this port: try http: or ws: in the URL.',
        fields: ['url'],
        speaksTls: false,
      }
    case 'answer':
      return {
        code: 'http-timeout',
        message: `No answer within ${time}.`,
        ...longer,
        // Nothing says that this server is the one that was meant.
        fields: [...longer.fields, 'url'],
      }
    case 'body':
      return {
        code: 'http-timeout',
        message: `The answer was not complete within ${time}.`,
        ...longer,
      }
  }
}

/** Not a byte has come for so long. */
export function silenceFault(limitMs: number): Fault {
  return {
    code: 'silence-timeout',
    message: `The server was silent for ${limitMs / 1000} s: not a byte came.`,
    advice: 'If it may be silent for longer, set a longer "silenceTimeout" in the profile.',
    fields: ['silenceTimeout'],
  }
}

/** The request has been sent, and not a byte of an answer has come for so long. */
export function firstByteFault(limitMs: number): Fault {
  return {
    code: 'http-timeout',
    message: `Not a byte of an answer came within ${limitMs / 1000} s of the request.`,
    advice: 'If the server needs more time, set a longer "firstByteTimeout" in the profile.',
    fields: ['firstByteTimeout'],
  }
}

const longer = {
  advice: 'If the server needs more time, set a longer "timeout" in the profile.',
  fields: ['timeout'],
}

/** `codings` in the order of their removal. */
export function badEncoding(codings: readonly string[], error: Error): Fault {
  const names = codings.slice(0, 5).join(', ')
  const cause = 'code' in error && typeof error.code === 'string' ? error.code : error.message
  // The data was valid and stopped before its end.
  const cut = cause === 'Z_BUF_ERROR'
  return {
    code: 'http-bad-encoding',
    message: cut
      ? `The body ends in the middle of its ${names} data.`
      : `The body is not the ${names} that its Content-Encoding says it is.`,
    cause,
  }
}

/** The status line of an answer to a request that asked for no other protocol. */
export function switchedProtocols(protocol: string): Fault {
  return {
    code: 'http-invalid',
    message: `The server switched to ${cutText(protocol, 100) || 'another protocol'}, which nobody had asked for.`,
    advice: 'Check that the URL is meant for HTTP requests.',
  }
}

export function tooManyInformational(limit: number): Fault {
  return {
    code: 'http-invalid',
    message: `The server sent more than ${limit} informational answers ahead of its answer.`,
    advice: 'Let the server send its answer: those with a status below 200 are none.',
  }
}

/** `what`: `The body`, `A message`. */
export function tooLarge(what: string, limitBytes: number): Fault {
  return {
    code: 'message-too-large',
    message: `${what} is larger than ${formatLimit(limitBytes)}, so the connection was closed.`,
  }
}

/** The answer to CONNECT. `host` is where the way should have led. */
export function refusedByProxy(proxy: string, host: string, status: number, words: string): Fault {
  const message = `The proxy ${proxy} refused to connect to ${host}: ${status} ${words}`
  return proxyFault(`${message.trimEnd()}.`, String(status))
}
