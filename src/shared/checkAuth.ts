// Header names that a user may set, and credentials that fit beside the other fields.

import type { Auth, Endpoint } from './endpoint.ts'
import { checkFieldValue, isToken } from './httpSyntax.ts'
import type { Report } from './problem.ts'

// What frames a message is set by whoever frames it; another value breaks the exchange.
const reservedHeaders: Record<'http' | 'websocket', readonly string[]> = {
  http: ['content-length', 'transfer-encoding'],
  websocket: [
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
    return `Correct the header name "${name}": letters, digits and hyphens, no spaces or colons.`
  }
  if (method === 'websocket' && name.toLowerCase() === 'sec-websocket-protocol') {
    return 'Name subprotocols in "subprotocols" instead of this header.'
  }
  if (method === 'websocket' && name.toLowerCase() === 'sec-websocket-extensions') {
    return 'Say in "compression" what to offer instead of this header.'
  }
  const reserved = reservedHeaders[method === 'websocket' ? 'websocket' : 'http']
  return reserved.includes(name.toLowerCase())
    ? `Remove the header ${name}: Lifeline sets it itself, and another value would break the exchange.`
    : null
}

/** `open`: whether a text still holds references, which leaves its grammar for later. */
export function checkAuth(
  endpoint: Endpoint,
  auth: Auth,
  open: (text: string) => boolean,
  report: Report,
): void {
  const field = headerOf(auth)
  const same = endpoint.headers.find(([name]) => name.toLowerCase() === field?.toLowerCase())
  if (same) {
    report('auth', `Say who asks once: in "auth" or in the header ${same[0]}.`)
  } else if (auth.type !== 'apiKey' && /^[a-z+]+:\/\/[^/?#\\]*@/i.test(endpoint.url)) {
    report('auth', 'Say who asks once: in "auth" or in the URL.')
  }
  switch (auth.type) {
    case 'bearer':
      if (auth.token === '') report('auth.token', 'Write the token, or remove "auth".')
      else if (!open(auth.token)) report('auth.token', checkFieldValue(auth.token))
      return
    case 'basic':
      // [rfc7617] 2: the first colon ends the user's name.
      if (auth.user.includes(':') && !open(auth.user)) {
        report('auth.user', 'Remove the colon: a user name for basic authentication has none.')
      }
      return
    case 'apiKey':
      if (auth.value === '') report('auth.value', 'Write the key, or remove "auth".')
      if (auth.in === 'query') {
        if (auth.name === '') report('auth.name', 'Name the query parameter that takes the key.')
        return
      }
      if (!open(auth.name)) report('auth.name', checkHeaderName(endpoint, auth.name))
      if (!open(auth.value)) report('auth.value', checkFieldValue(auth.value))
  }
}

function headerOf(auth: Auth): string | null {
  if (auth.type !== 'apiKey') return 'authorization'
  return auth.in === 'header' ? auth.name : null
}
