// What a complete endpoint may not be: values that no peer would accept, fields that contradict each other.

import { readUnixUrl } from '../../url/unixUrl.ts'
import { isJsonPath, isNamePath } from '../cursor.ts'
import type { CursorSource, CursorTarget, Endpoint } from '../endpoint.ts'
import { checkFieldValue, isToken } from '../httpSyntax.ts'
import { mapEndpointFiles, mapEndpointText } from '../mapEndpointText.ts'
import type { Problem, Report } from '../problem.ts'
import { findReferences, hasReference } from '../references.ts'
import { checkAuth } from './checkAuth.ts'
import { checkHeaderName } from './checkHeaderName.ts'
import { checkMessages, checkSavedRequest } from './checkSaved.ts'
import { checkResolvedUrl, checkUrl, proposeMethod } from './checkUrl.ts'

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
  const report: Report = (path, message) => {
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
  const { url, request, change } = endpoint
  report('url', stage === 'resolved' ? checkResolvedUrl(url) : checkUrl(url))
  report('url', checkScheme(endpoint))
  for (const [name] of endpoint.query) {
    if (name === '') report('query.', 'Name the query parameter before the colon.')
  }
  if (!open(request)) report('request', checkRequest(endpoint))
  for (const [name, value] of endpoint.headers) {
    const path = `headers.${name}`
    if (!open(name)) report(path, checkHeaderName(endpoint, name))
    if (!open(value)) report(path, checkFieldValue(value))
  }
  if (endpoint.auth) checkAuth(endpoint, endpoint.auth, open, report)
  if (endpoint.body !== null && endpoint.bodyFile !== null) {
    report('bodyFile', 'Remove "body" or "bodyFile": a request has one body.')
  }
  endpoint.subprotocols.forEach((name, i, all) => {
    if (!open(name)) report(`subprotocols[${i}]`, checkSubprotocol(name, all.indexOf(name) < i))
  })
  if (change !== null && !open(change) && !isJsonPath(change)) {
    report('change', 'Write a path into the JSON answer, such as items[0].id.')
  }
  if (stage === 'resolved') checkCursorNames(endpoint, report)
  checkReconnect(endpoint, report)
  checkTls(endpoint, report)
  if (!open(endpoint.proxy)) report('proxy', checkProxy(endpoint.proxy))
  checkMessages(endpoint, open, report)
  for (const [i, saved] of endpoint.requests.entries()) {
    checkSavedRequest(saved, `requests[${i}]`, open, report)
  }
  mapEndpointFiles(endpoint, (file, path) => {
    if (file === '') report(path, 'Name a file, or remove the field.')
    return file
  })
  return problems
}

function checkScheme({ url, method }: Endpoint): string | null {
  const isWebSocketUrl = proposeMethod(url) === 'websocket'
  if (method !== 'websocket' && isWebSocketUrl) {
    if (readUnixUrl(url)) return `Write unix: instead of ws+unix: for the method ${method}.`
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

function checkSubprotocol(name: string, seenBefore: boolean): string | null {
  // [rfc6455] 4.1: each is a token, and all are unique.
  if (!isToken(name)) {
    return 'Correct the subprotocol: letters, digits and characters such as . - _, no spaces or commas.'
  }
  return seenBefore
    ? 'Remove the subprotocol that stands further up: each may be offered once.'
    : null
}

function checkCursorNames({ cursor }: Endpoint, report: Report): void {
  if (!cursor) return
  const empty = 'Name a header, a query parameter or a JSON path after the colon.'
  const isNamed = (place: CursorSource | CursorTarget) => {
    if (place.kind === 'header') return isToken(place.name)
    if (place.kind === 'query') return place.name !== ''
    if (place.kind === 'body') return isNamePath(place.path)
    return place.kind === 'validators' || isJsonPath(place.path)
  }
  if (!isNamed(cursor.from)) report('cursor.from', empty)
  if (!isNamed(cursor.to)) report('cursor.to', empty)
}

function checkReconnect({ reconnectAs, method }: Endpoint, report: Report): void {
  if (reconnectAs === 'back-off' || method === 'sse') return
  report('reconnect', 'Write true, false or { "attempts": 5 }: "browser" is for sse alone.')
}

function checkTls({ tls }: Endpoint, report: Report): void {
  if (tls.key !== null && tls.cert === null) {
    report('tls.cert', 'Add the "cert" that belongs to the key.')
  }
  if (tls.pfx !== null && (tls.cert !== null || tls.key !== null)) {
    report('tls.pfx', 'Remove "pfx", or "cert" and "key": there is one client certificate.')
  }
  if (tls.serverName === '') report('tls.serverName', 'Name the server, or remove the field.')
}

// What Node's proxy agents speak.
const proxySchemes = /^(?:https?|socks(?:4a?|5h?)?):\/\//i

function checkProxy(proxy: string): string | null {
  if (proxy === 'auto' || proxy === 'none') return null
  const asHttp = proxy.replace(/^socks[^:]*/i, 'http')
  return proxySchemes.test(proxy) && checkResolvedUrl(asHttp) === null
    ? null
    : 'Write "auto", "none" or a proxy’s URL such as http://proxy.example:8080 or socks5://proxy.example:1080.'
}
