// Turns an error status into a fault, and tells whether it may pass.

import type { Fault } from '../fault.ts'

/** `passing`: the server may answer otherwise soon. `lasting`: it would answer the same again. */
export interface StatusFault extends Fault {
  readonly kind: 'passing' | 'lasting'
}

const advice: Readonly<Record<number, string>> = {
  401: 'Add the credentials that the server wants: "auth" in the profile, --bearer, --user or --api-key on the command line.',
  403: 'The credentials may be missing, or not enough for this.',
  404: 'Check the path in the URL.',
  405: 'Check the request method: "request" in the profile, --request on the command line.',
  406: 'Check the header Accept: "headers" in the profile, --header on the command line.',
  407: 'The proxy wants credentials: add them to its URL.',
  410: 'What was at this URL is gone for good.',
  415: 'Check the header Content-Type: "headers" in the profile, --header on the command line.',
  500: 'Look at the log of the server: it failed.',
  502: 'Look at what stands behind this server, which got no valid answer from there.',
  503: 'The server is overloaded or down for now: try again later.',
  504: 'Look at what stands behind this server, which got no answer from there in time.',
}

/** `503 Service Unavailable`: a status as a sentence has it. */
export function statusWords(status: number, reason: string): string {
  return `${status} ${reason}`.trimEnd()
}

/** `reason` is the standard's, not the server's. Null for a status that is no error: 200 to 399. */
export function statusFault(status: number, reason: string): StatusFault | null {
  if (status < 200) {
    return {
      kind: 'lasting',
      code: 'http-invalid',
      message: `The server answered ${statusWords(status, reason)}, which is no final answer.`,
    }
  }
  if (status < 400) return null
  const passing = status >= 500 || status === 429 || status === 408
  const hint = advice[status]
  return {
    kind: passing ? 'passing' : 'lasting',
    code: status === 407 ? 'proxy-failed' : 'http-error-status',
    message: `The server answered ${statusWords(status, reason)}.`,
    ...(hint !== undefined && { advice: hint }),
  }
}
