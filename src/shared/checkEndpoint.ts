// What a complete endpoint may not be: values that no peer would accept, fields that contradict each other.

import { checkResolvedUrl, checkUrl, proposeMethod } from './checkUrl.ts'
import type { Endpoint } from './endpoint.ts'
import { checkFieldValue, isToken } from './httpSyntax.ts'
import { mapEndpointText } from './mapEndpointText.ts'
import type { Problem } from './problem.ts'
import { findReferences, hasReference } from './references.ts'

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

/**
 * All problems, in the order of the fields. In an unresolved endpoint a text with references is
 * checked as far as it can be; check the resolved one again.
 */
export function checkEndpoint(
  endpoint: Endpoint,
  stage: 'unresolved' | 'resolved',
): readonly Problem[] {
  const problems: Problem[] = []
  const open = (text: string) => stage === 'unresolved' && hasReference(text)
  const report = (path: string, message: string | null) => {
    if (message !== null) problems.push({ path, message })
  }

  if (stage === 'unresolved') {
    mapEndpointText(endpoint, (text, path) => {
      const references = findReferences(text)
      // A URL's own check says it.
      if (typeof references === 'string' && path !== 'url') report(path, references)
      return text
    })
  }
  const { url, request } = endpoint
  report('url', stage === 'resolved' ? checkResolvedUrl(url) : checkUrl(url))
  report('url', checkScheme(endpoint))
  if (!open(request)) report('request', checkRequest(endpoint))
  for (const [name, value] of endpoint.headers) {
    const path = `headers.${name}`
    if (!open(name)) report(path, checkHeaderName(endpoint, name))
    if (!open(value)) report(path, checkFieldValue(value))
  }
  endpoint.subprotocols.forEach((name, i, all) => {
    if (!open(name)) report(`subprotocols[${i}]`, checkSubprotocol(name, all.indexOf(name) < i))
  })
  if (stage === 'resolved') checkCursorNames(endpoint, report)
  if (!open(endpoint.proxy)) report('proxy', checkProxy(endpoint.proxy))
  return problems
}

function checkScheme({ url, method }: Endpoint): string | null {
  const isWebSocketUrl = proposeMethod(url) === 'websocket'
  if (method !== 'websocket' && isWebSocketUrl) {
    return `A ws:// or wss:// URL is watched with the method websocket. Change the method, or for ${method} start the URL with http:// or https://.`
  }
  if (method === 'websocket' && /^https?:\/\//i.test(url)) {
    const secure = /^https:/i.test(url)
    return `Start the URL with ${secure ? 'wss' : 'ws'}:// instead of ${secure ? 'https' : 'http'}://: the method is websocket.`
  }
  return null
}

function checkRequest({ request, method }: Endpoint): string | null {
  if (!isToken(request)) return 'Write an HTTP request method such as GET or POST.'
  // [rfc6455] 4.1: the method of the opening handshake is GET.
  if (method === 'websocket' && request !== 'GET') {
    return 'Remove the request method: a WebSocket always opens with GET.'
  }
  return request.toUpperCase() === 'CONNECT'
    ? 'Use another request method: CONNECT asks for a tunnel, which has no answer to watch.'
    : null
}

function checkHeaderName({ method }: Endpoint, name: string): string | null {
  if (!isToken(name)) {
    return `Correct the header name "${name}": letters, digits and hyphens, no spaces or colons.`
  }
  if (method === 'websocket' && name.toLowerCase() === 'sec-websocket-protocol') {
    return 'Name subprotocols in "subprotocols" instead of this header.'
  }
  const reserved = reservedHeaders[method === 'websocket' ? 'websocket' : 'http']
  return reserved.includes(name.toLowerCase())
    ? `Remove the header ${name}: Lifeline sets it itself, and another value would break the exchange.`
    : null
}

function checkSubprotocol(name: string, seenBefore: boolean): string | null {
  // [rfc6455] 4.1: each is a token, and all are unique.
  if (!isToken(name)) {
    return 'Correct the subprotocol: letters, digits and characters such as . - _, no spaces or commas.'
  }
  return seenBefore ? `Remove one "${name}": each subprotocol may be offered once.` : null
}

function checkCursorNames(
  { cursor }: Endpoint,
  report: (path: string, message: string | null) => void,
): void {
  if (!cursor) return
  const empty = 'Name a header, a query parameter or a JSON path after the colon.'
  const from = cursor.from.kind === 'json' ? cursor.from.path : cursor.from.name
  if (from === '' || (cursor.from.kind === 'header' && !isToken(from))) report('cursor.from', empty)
  const { kind, name } = cursor.to
  if (name === '' || (kind === 'header' && !isToken(name))) report('cursor.to', empty)
}

function checkProxy(proxy: string): string | null {
  if (proxy === 'auto' || proxy === 'none') return null
  return /^https?:\/\//i.test(proxy) && checkResolvedUrl(proxy) === null
    ? null
    : 'Write "auto", "none" or a proxy’s URL such as http://proxy.example:8080.'
}
