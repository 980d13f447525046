// Faults of an HTTP exchange that are found here, not reported by Node.

import { type Fault, proxyFault } from './networkError.ts'

/** `begun`: the head of the answer had arrived. */
export function timeoutFault(timeoutMs: number, begun: boolean): Fault {
  const time = `${timeoutMs / 1000} s`
  return {
    code: 'http-timeout',
    message: begun ? `The answer was not complete after ${time}.` : `No answer after ${time}.`,
    advice: 'Give the profile a longer "timeout" if the server needs more time.',
  }
}

/** `codings` in the order of their removal. */
export function badEncoding(codings: readonly string[], error: Error): Fault {
  return {
    code: 'http-bad-encoding',
    message: `The body is not the ${codings.join(', ')} that its Content-Encoding says it is.`,
    cause: 'code' in error && typeof error.code === 'string' ? error.code : error.message,
  }
}

export function tooLarge(limitBytes: number): Fault {
  const size = `${Math.floor(limitBytes / 1024 / 1024)} MiB`
  return {
    code: 'message-too-large',
    message: `The body is larger than ${size}, so the connection was closed.`,
  }
}

/** The answer to CONNECT. `host` is where the way should have led. */
export function refusedByProxy(proxy: string, host: string, status: number, words: string): Fault {
  const message = `The proxy ${proxy} refused the way to ${host}: ${status} ${words}`
  return proxyFault(`${message.trimEnd()}.`, String(status))
}
