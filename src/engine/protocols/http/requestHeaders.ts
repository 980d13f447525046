// The header fields of an HTTP request: the user's, and the few that every client sends.

import { basicCredentials } from '../../../shared/secrets/schemeCredentials.ts'
import { decodePercent } from '../../../shared/text/decodePercent.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { withResponse } from './digest.ts'
import { fieldText } from './fieldBytes.ts'

/** The text that is recorded in place of a credential from a URL. */
export const hidden = '***'

const bodiless: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
])

/**
 * The fields to send, in order: Host, User-Agent, Accept, Accept-Encoding, Connection, for a URL
 * with a user name Authorization, then the user's, then Content-Length. Each of ours only where the
 * user gave none. `bodyBytes` is null without a body, `basic` without credentials.
 */
export function requestHeaders(
  hop: { readonly method: string; readonly url: URL; readonly headers: NamedValues },
  bodyBytes: number | null,
  basic: string | null,
): NamedValues {
  const given = new Set<string>()
  for (const [name] of hop.headers) given.add(name.toLowerCase())

  const pairs: (readonly [string, string])[] = []
  if (!given.has('host')) pairs.push(['Host', hop.url.host])
  if (!given.has('user-agent')) pairs.push(['User-Agent', 'Lifeline'])
  if (!given.has('accept')) pairs.push(['Accept', '*/*'])
  if (!given.has('accept-encoding')) pairs.push(['Accept-Encoding', 'gzip, deflate, br, zstd'])
  if (!given.has('connection')) pairs.push(['Connection', 'keep-alive'])
  if (basic !== null && !given.has('authorization')) pairs.push(['Authorization', `Basic ${basic}`])
  for (const pair of hop.headers) pairs.push(pair)
  if (given.has('content-length') || given.has('transfer-encoding')) return pairs
  // [rfc9110] 8.6: a method that expects content says so even when there is none.
  if (bodyBytes !== null || !bodiless.has(hop.method)) {
    pairs.push(['Content-Length', String(bodyBytes ?? 0)])
  }
  return pairs
}

/** With the credentials where there are some: the user's own field goes before them. */
export function withAuthorization(headers: NamedValues, value: string | null): NamedValues {
  if (value === null || headers.some(([name]) => isAuthorization(name))) return headers
  return [...headers, ['Authorization', value]]
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization'
}

/**
 * The fields as text, as they may be recorded: what came from the URL's credentials or a proxy's is hidden, and of a digest what
 * the password could be guessed by.
 */
export function recordedHeaders(sent: NamedValues, basic: string | null): NamedValues {
  return sent.map((pair) => {
    const [name, value] = pair
    const isSecret =
      (basic !== null && value === `Basic ${basic}`) || name.toLowerCase() === 'proxy-authorization'
    if (isSecret) return [name, `Basic ${hidden}`]
    const text = fieldText(value)
    if (!isAuthorization(name) || !/^digest /i.test(text))
      return text === value ? pair : [name, text]
    return [name, withResponse(text, hidden)]
  })
}

/** User name and password of a URL in the form of [rfc7617] 2; null when it has none. */
export function credentialsOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return null
  return basicCredentials(decodePercent(username), decodePercent(password))
}
