// The target of an endpoint's requests: their URL, query and credentials.

import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import { basicCredentials } from '../../../shared/secrets/schemeCredentials.ts'
import { readUnixUrl } from '../../../shared/url/unixUrl.ts'
import { sentFields } from '../../protocols/http/fieldBytes.ts'
import { addQuery, hasQuery } from '../../protocols/http/query.ts'
import type { HttpRequest } from '../../protocols/http/redirect.ts'

/** A request as the endpoint wants it, before a method adds its own: cursor, conditions, event ID. */
export interface TargetRequest extends HttpRequest {
  /** Read for each request; `body` is then null. */
  readonly bodyFile: string | null
}

export interface Target {
  /**
   * Its URL has the endpoint's query and an API key that belongs there; a Unix socket's is what is asked
   * for on it. Its headers are the user's, and the credentials where the user wrote none.
   */
  readonly request: TargetRequest
  /** Path of a Unix socket, or null. */
  readonly socketPath: string | null
}

/** Throws for a URL that is not valid. */
export function targetOf(endpoint: Endpoint): Target {
  const { request: httpMethod } = endpoint
  const unix = readUnixUrl(endpoint.url)
  const bare = addQuery(new URL(unix?.url ?? endpoint.url), endpoint.query)
  const credential = credentialOf(endpoint, bare)
  const given = endpoint.headers.some(
    ([name]) => name.toLowerCase() === credential.header?.[0].toLowerCase(),
  )
  const added = credential.header === null || given ? [] : [credential.header]
  return {
    request: {
      method: httpMethod.toUpperCase(),
      url: credential.url,
      headers: sentFields([...endpoint.headers, ...added]),
      credentialHeader: added[0]?.[0] ?? null,
      body: endpoint.body,
      bodyFile: endpoint.bodyFile,
    },
    socketPath: unix?.socketPath ?? null,
  }
}

/** The URL with the API key that belongs into its query, where the endpoint has one there. */
export function withKey(endpoint: Endpoint, url: URL): URL {
  return credentialOf(endpoint, url).url
}

interface Credential {
  readonly url: URL
  readonly header: readonly [string, string] | null
}

function credentialOf({ auth }: Endpoint, url: URL): Credential {
  switch (auth?.type) {
    // [rfc6750] 2.1
    case 'bearer':
      return { url, header: ['Authorization', `Bearer ${auth.token}`] }
    // [rfc7617] 2
    case 'basic':
      return {
        url,
        header: ['Authorization', `Basic ${basicCredentials(auth.user, auth.password)}`],
      }
    case 'apiKey':
      if (auth.in === 'header') return { url, header: [auth.name, auth.value] }
      if (hasQuery(url, auth.name)) return { url, header: null }
      return { url: addQuery(url, [[auth.name, auth.value]]), header: null }
    // It is sent when the server has asked for it.
    case 'digest':
    case undefined:
      return { url, header: null }
  }
}
