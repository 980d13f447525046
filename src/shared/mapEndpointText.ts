// Every text of an endpoint that may hold references, with the path under which a user knows it.

import type { Endpoint } from './endpoint.ts'

/** A copy of the endpoint in which each text is `map`'s answer. `method` is no text. */
export function mapEndpointText(
  endpoint: Endpoint,
  map: (text: string, path: string) => string,
): Endpoint {
  const { cursor } = endpoint
  return {
    ...endpoint,
    url: map(endpoint.url, 'url'),
    request: map(endpoint.request, 'request'),
    headers: endpoint.headers.map(([name, value]) => {
      const path = `headers.${name}`
      return [map(name, path), map(value, path)] as const
    }),
    body: endpoint.body === null ? null : map(endpoint.body, 'body'),
    subprotocols: endpoint.subprotocols.map((text, i) => map(text, `subprotocols[${i}]`)),
    send: endpoint.send.map((text, i) => map(text, `send[${i}]`)),
    cursor: cursor && {
      from:
        cursor.from.kind === 'json'
          ? { kind: 'json', path: map(cursor.from.path, 'cursor.from') }
          : { kind: 'header', name: map(cursor.from.name, 'cursor.from') },
      to: { ...cursor.to, name: map(cursor.to.name, 'cursor.to') },
    },
    proxy: map(endpoint.proxy, 'proxy'),
  }
}
