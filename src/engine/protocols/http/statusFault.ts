// Turns an error status into a fault, and tells whether it may pass.

import { headerValue } from '../../../shared/frame/headerFields.ts'
import { latin1 } from '../../../shared/text/latin1.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import type { Fault } from '../fault.ts'
import { challengesIn } from './challenges.ts'

/** `passing`: the server may answer otherwise soon. `lasting`: it would answer the same again. */
export interface StatusFault extends Fault {
  readonly kind: 'passing' | 'lasting'
}

/** What is known of an answer beside its status. */
export interface Asked {
  readonly headers: NamedValues
  /** Credentials went with the request. */
  readonly credentials: boolean
  /** As far as it is kept. */
  readonly body?: Uint8Array
}

type Hint = Pick<Fault, 'advice' | 'fields' | 'speaksTls'>

const hints: Readonly<Record<number, Hint | ((asked: Asked) => Hint)>> = {
  400: ({ body }) =>
    body && asksForTls.test(latin1(body.subarray(0, 4096)))
      ? {
          advice: 'The server wants TLS at this port: start the URL with https:// or wss://.',
          fields: ['url'],
          speaksTls: true,
        }
      : {
          advice: 'The server finds a fault in the request: what it answered may name it.',
        },
  401: wantedCredentials,
  403: ({ credentials }) => ({
    advice: credentials
      ? 'The credentials that were sent are refused, or are not enough for this.'
      : 'The server may want credentials: "auth" in the profile.',
    fields: ['auth'],
  }),
  404: { advice: 'Check the path in the URL.', fields: ['url'] },
  405: {
    advice: 'Check the request method: "request" in the profile.',
    fields: ['request'],
  },
  406: { advice: 'Check the header Accept: "headers" in the profile.', fields: ['headers'] },
  407: ({ headers }) => ({
    advice: `The proxy wants credentials${schemeWords(headers, 'proxy-authenticate')}, or others than it got: they stand in its URL, "proxy" in the profile.`,
    fields: ['proxy'],
  }),
  408: {
    advice: 'The server waited too long for the request: look at it, and at proxies on the way.',
  },
  410: { advice: 'What was at this URL is gone for good.', fields: ['url'] },
  413: { advice: 'Send a smaller body: the server takes none of this size.', fields: ['body'] },
  414: { advice: 'Shorten the URL, often its query.', fields: ['url'] },
  415: { advice: 'Check the header Content-Type: "headers" in the profile.', fields: ['headers'] },
  421: { advice: 'This server does not answer for this host: check the URL.', fields: ['url'] },
  422: {
    advice: 'The server does not take the values that were sent: what it answered names them.',
  },
  426: ({ headers }) => ({
    advice: `The server wants another protocol at this URL${namedIn(headers, 'upgrade')}.`,
  }),
  429: { advice: 'Ask less often: the server counts the requests.' },
  431: {
    advice: 'Send fewer or shorter headers, often cookies.',
    fields: ['headers', 'cookies'],
  },
  451: { advice: 'The server may not show this for legal reasons: what it answered may say more.' },
  500: { advice: 'Look at the log of the server: it failed.' },
  501: { advice: 'The server does not know this request method: "request" in the profile.' },
  502: { advice: 'Look at what stands behind this server, which got no valid answer from there.' },
  503: { advice: 'The server is overloaded or down for now: try again later.' },
  504: {
    advice: 'Look at what stands behind this server, which got no answer from there in time.',
  },
  505: { advice: 'The server wants another version of HTTP.', fields: ['httpVersion'] },
  511: { advice: 'Log in to this network first: open the URL in a browser.' },
}

/** In the bodies of nginx, Apache, Go and others that read plain HTTP at a port of TLS. */
const asksForTls =
  /plain HTTP (?:request was sent )?to (?:an? )?(?:HTTPS|SSL|TLS)|HTTP request to an HTTPS server|requires? TLS\b/i

/** What to do about the status; empty where nothing is known to help. */
export function statusHint(status: number, asked: Asked): Hint {
  const hint = hints[status]
  return (typeof hint === 'function' ? hint(asked) : hint) ?? {}
}

/** [rfc9110] 11.6.1: a 401 says how to ask; many that do not keep to it say nothing. */
function wantedCredentials({ headers, credentials }: Asked): Hint {
  const by = schemeWords(headers, 'www-authenticate')
  return {
    advice: credentials
      ? `The credentials that were sent are refused${by === '' ? '' : `; the server wants some${by}`}.`
      : `The server wants credentials${by}: "auth" in the profile.`,
    fields: ['auth'],
  }
}

/** `: websocket`; empty where the answer has no such field. */
function namedIn(headers: NamedValues, field: string): string {
  const value = headerValue(headers, field)
  return value === null ? '' : `: ${cutText(value, 50)}`
}

/** ` (Basic or Digest)`; empty where the answer names no scheme. */
function schemeWords(headers: NamedValues, field: Parameters<typeof challengesIn>[1]): string {
  const names = challengesIn(headers, field).map(({ scheme }) => cutText(scheme, 30))
  const schemes = [...new Set(names)].slice(0, 3)
  return schemes.length === 0 ? '' : ` (${schemes.join(' or ')})`
}

/** `503 Service Unavailable`: a status as a sentence has it. */
export function statusWords(status: number, reason: string): string {
  return `${status} ${reason}`.trimEnd()
}

/** `reason` is the standard's, not the server's. Null for a status that is no error: 200 to 399. */
export function statusFault(
  status: number,
  reason: string,
  asked: Asked = { headers: [], credentials: false },
): StatusFault | null {
  if (status < 200) {
    return {
      kind: 'lasting',
      code: 'http-invalid',
      message: `The server answered ${statusWords(status, reason)}, which is no final answer.`,
    }
  }
  if (status < 400) return null
  const passing = status >= 500 || status === 429 || status === 408
  return {
    kind: passing ? 'passing' : 'lasting',
    code: status === 407 ? 'proxy-failed' : 'http-error-status',
    message: `The server answered ${statusWords(status, reason)}.`,
    ...statusHint(status, asked),
  }
}
