// The HTTP/2 connections of one network that are kept for further requests, one for each origin.

import type { Limits } from '../../../shared/limits.ts'
import type { Goaway } from '../../protocols/http2/http2Fault.ts'
import type { Http2Chosen } from './http2Chosen.ts'
import { createHttp2Connection, type Http2Connection } from './http2Connection.ts'

export interface Http2Pool {
  /** The connection on which a request to this URL may go out; null without one. */
  kept(url: URL): Http2Connection | null
  /** What the server said when it ended the kept connection, where that is worth knowing; null without, and once told. */
  takeFarewell(url: URL): Goaway | null
  /** Takes over the socket of a new connection. */
  adopt(chosen: Http2Chosen, url: URL, limits: Limits): Http2Connection
  close(): void
}

export function createHttp2Pool(): Http2Pool {
  const connections = new Map<string, Http2Connection>()
  const farewells = new Map<string, Goaway>()

  return {
    // An origin is made anew each time that it is asked for: polls over HTTP/1.1 need none.
    kept(url) {
      if (connections.size === 0) return null
      const { origin } = url
      const connection = connections.get(origin)
      if (connection?.usable()) return connection
      const goaway = connection?.goaway() ?? null
      // Most servers end idle connections without a word.
      if (goaway !== null && (goaway.code !== 0 || goaway.debug !== ''))
        farewells.set(origin, goaway)
      connection?.close()
      connections.delete(origin)
      return null
    },
    takeFarewell(url) {
      if (farewells.size === 0) return null
      const { origin } = url
      const goaway = farewells.get(origin) ?? null
      farewells.delete(origin)
      return goaway
    },
    adopt(chosen, url, limits) {
      const connection = createHttp2Connection(chosen, url.origin, limits)
      connections.set(url.origin, connection)
      return connection
    },
    close() {
      for (const connection of connections.values()) connection.close()
    },
  }
}
