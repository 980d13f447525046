// Every text of an endpoint that may hold references, with the path under which a user knows it.

import type {
  Auth,
  CursorSource,
  CursorTarget,
  Endpoint,
  MessageContent,
  Pairs,
  SavedRequest,
  Tls,
} from './endpoint.ts'

type MapText = (text: string, path: string) => string

/**
 * A copy of the endpoint in which each text is `map`'s answer, asked in the order of the fields. What
 * is chosen from a list (`method`, `stream`) and the names of requests and messages are no texts.
 */
export function mapEndpointText(endpoint: Endpoint, map: MapText): Endpoint {
  const optional = (text: string | null, path: string) => (text === null ? null : map(text, path))
  return {
    ...endpoint,
    url: map(endpoint.url, 'url'),
    query: mapPairs(endpoint.query, 'query', map),
    request: map(endpoint.request, 'request'),
    headers: mapPairs(endpoint.headers, 'headers', map),
    auth: endpoint.auth && mapAuth(endpoint.auth, map),
    body: optional(endpoint.body, 'body'),
    bodyFile: optional(endpoint.bodyFile, 'bodyFile'),
    subprotocols: endpoint.subprotocols.map((text, i) => map(text, `subprotocols[${i}]`)),
    send: endpoint.send.map((message, i) => mapSent(message, `send[${i}]`, map)),
    repeat: endpoint.repeat && {
      ...endpoint.repeat,
      message: mapSent(endpoint.repeat.message, 'repeat.message', map),
    },
    change: optional(endpoint.change, 'change'),
    cursor: mapCursor(endpoint.cursor, map),
    tls: mapTls(endpoint.tls, optional),
    proxy: map(endpoint.proxy, 'proxy'),
    requests: endpoint.requests.map((request, i) => mapRequest(request, `requests[${i}]`, map)),
    messages: endpoint.messages.map((message, i) => {
      return { ...message, value: map(message.value, `messages[${i}].${message.kind}`) }
    }),
  }
}

/** The same for the paths of files alone. */
export function mapEndpointFiles(endpoint: Endpoint, map: MapText): Endpoint {
  const files = new Set(['bodyFile', 'tls.ca', 'tls.cert', 'tls.key', 'tls.pfx'])
  return mapEndpointText(endpoint, (text, path) => {
    const isFile = files.has(path) || /^(?:send|repeat|messages).*\.file$/.test(path)
    return isFile ? map(text, path) : text
  })
}

function mapPairs(pairs: Pairs, field: string, map: MapText): Pairs {
  return pairs.map(([name, value]) => {
    const path = `${field}.${name}`
    return [map(name, path), map(value, path)] as const
  })
}

function mapAuth(auth: Auth, map: MapText): Auth {
  switch (auth.type) {
    case 'bearer':
      return { ...auth, token: map(auth.token, 'auth.token') }
    case 'basic': {
      const user = map(auth.user, 'auth.user')
      return { ...auth, user, password: map(auth.password, 'auth.password') }
    }
    case 'apiKey': {
      const name = map(auth.name, 'auth.name')
      return { ...auth, name, value: map(auth.value, 'auth.value') }
    }
  }
}

/** A text stands by itself in a profile; other content is named by its kind. */
function mapSent(message: MessageContent, path: string, map: MapText): MessageContent {
  const { kind, value } = message
  return { kind, value: map(value, kind === 'text' ? path : `${path}.${kind}`) }
}

function mapCursor(cursor: Endpoint['cursor'], map: MapText): Endpoint['cursor'] {
  if (!cursor) return null
  return {
    from: mapPlace(cursor.from, (text) => map(text, 'cursor.from')),
    to: mapPlace(cursor.to, (text) => map(text, 'cursor.to')),
  }
}

function mapPlace<T extends CursorSource | CursorTarget>(
  place: T,
  map: (text: string) => string,
): T {
  if ('path' in place) return { ...place, path: map(place.path) }
  return 'name' in place ? { ...place, name: map(place.name) } : place
}

function mapTls(tls: Tls, map: (text: string | null, path: string) => string | null): Tls {
  return {
    ...tls,
    ca: map(tls.ca, 'tls.ca'),
    cert: map(tls.cert, 'tls.cert'),
    key: map(tls.key, 'tls.key'),
    pfx: map(tls.pfx, 'tls.pfx'),
    passphrase: map(tls.passphrase, 'tls.passphrase'),
    serverName: map(tls.serverName, 'tls.serverName'),
  }
}

function mapRequest(request: SavedRequest, path: string, map: MapText): SavedRequest {
  return {
    ...request,
    request: map(request.request, `${path}.request`),
    url: map(request.url, `${path}.url`),
    headers: mapPairs(request.headers, `${path}.headers`, map),
    body: request.body === null ? null : map(request.body, `${path}.body`),
  }
}
