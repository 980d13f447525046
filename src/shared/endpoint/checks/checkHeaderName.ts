// Header names that a user may set.

import type { Endpoint } from '../endpoint.ts'
import { isToken } from '../httpSyntax.ts'
import { type MethodRow, methods } from '../methods.ts'

// What frames a message is set by whoever frames it; another value breaks the exchange.
const reservedHeaders: Record<MethodRow['scheme'], readonly string[]> = {
  http: ['content-length', 'transfer-encoding'],
  ws: [
    'connection',
    'upgrade',
    'content-length',
    'transfer-encoding',
    'sec-websocket-key',
    'sec-websocket-version',
    'sec-websocket-extensions',
    'sec-websocket-protocol',
  ],
}

/** A sentence that says what to change, or null. */
export function checkHeaderName({ method }: Pick<Endpoint, 'method'>, name: string): string | null {
  if (!isToken(name)) {
    // A whole header may stand there, and its value be a secret.
    return 'Correct the name of the header: letters, digits and hyphens, no spaces or colons.'
  }
  const { scheme } = methods[method]
  if (scheme === 'ws' && name.toLowerCase() === 'sec-websocket-protocol') {
    return 'Name subprotocols in "subprotocols" instead of this header.'
  }
  if (scheme === 'ws' && name.toLowerCase() === 'sec-websocket-extensions') {
    return 'Say in "compression" what to offer instead of this header.'
  }
  const reserved = reservedHeaders[scheme]
  return reserved.includes(name.toLowerCase())
    ? `Remove the header ${name}: Lifeline sets it itself, and another value would break the exchange.`
    : null
}
