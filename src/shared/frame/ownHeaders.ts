// The header fields of a recorded request that are the user's: what a client writes for its own connection left out.

import type { NamedValues } from '../text/namedValues.ts'
import type { RequestDetail } from './httpDetail.ts'

/** A client writes these itself, each for its own connection. */
const ofConnection: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'keep-alive'],
  ...['accept-encoding', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions'],
])

export function ownHeaders({ headers, url }: Pick<RequestDetail, 'headers' | 'url'>): NamedValues {
  const host = /^\w+:\/\/([^/?#]*)/.exec(url)?.[1]?.toLowerCase()
  return headers.filter(([name, value]) => {
    const lower = name.toLowerCase()
    // Another host than that of the URL was asked for by the user.
    if (lower === 'host') return value.toLowerCase() !== host?.replace(/^.*@/, '')
    return !ofConnection.has(lower) && !lower.startsWith(':')
  })
}
