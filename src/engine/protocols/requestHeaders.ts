// The header fields of an HTTP request: the user's, and the few that every client sends.

import type { HeaderPairs } from '../../shared/frame.ts'
import type { Hop } from './redirect.ts'

/** What is sent, and what is recorded: the same but for credentials that stood in a URL. */
export interface RequestHeaders {
  /** Duplicates are gathered under the first one's name. */
  readonly sent: Readonly<Record<string, string | string[]>>
  readonly recorded: HeaderPairs
}

/** Stands where a credential from a URL was sent. */
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
 * Adds Host, User-Agent, Accept, Accept-Encoding, Connection, Content-Length and, for a URL with a
 * user name, Authorization: each only where the user gave none. `bodyBytes` is null without a body.
 */
export function requestHeaders(
  hop: Pick<Hop, 'method' | 'url' | 'headers'>,
  bodyBytes: number | null,
  basic: string | null,
): RequestHeaders {
  const given = new Set<string>()
  for (const [name] of hop.headers) given.add(name.toLowerCase())

  const pairs: (readonly [string, string])[] = []
  const add = (name: string, value: string) => {
    if (!given.has(name.toLowerCase())) pairs.push([name, value])
  }
  add('Host', hop.url.host)
  add('User-Agent', 'Lifeline')
  add('Accept', '*/*')
  add('Accept-Encoding', 'gzip, deflate, br, zstd')
  add('Connection', 'keep-alive')
  if (basic !== null) add('Authorization', `Basic ${basic}`)
  pairs.push(...hop.headers)
  // [rfc9110] 8.6: a method that expects content says so even when there is none.
  if (!given.has('transfer-encoding') && (bodyBytes !== null || !bodiless.has(hop.method))) {
    add('Content-Length', String(bodyBytes ?? 0))
  }

  const sent: Record<string, string | string[]> = {}
  const names = new Map<string, string>()
  for (const [name, value] of pairs) {
    const first = names.get(name.toLowerCase())
    if (first === undefined) {
      names.set(name.toLowerCase(), name)
      sent[name] = value
      continue
    }
    const before = sent[first] ?? []
    sent[first] = typeof before === 'string' ? [before, value] : [...before, value]
  }
  return {
    sent,
    recorded: Object.entries(sent).flatMap(([name, value]) => recordedPairs(name, value, basic)),
  }
}

function recordedPairs(name: string, value: string | string[], basic: string | null): HeaderPairs {
  const values = typeof value === 'string' ? [value] : value
  return values.map((one) => [
    name,
    basic !== null && one === `Basic ${basic}` ? `Basic ${hidden}` : one,
  ])
}

/** The value of a field, case of the name aside; several are joined as [rfc9110] 5.3 says. */
export function headerValue(headers: HeaderPairs, name: string): string | null {
  const wanted = name.toLowerCase()
  let value: string | null = null
  for (const [one, text] of headers) {
    if (one.length !== wanted.length || one.toLowerCase() !== wanted) continue
    value = value === null ? text : `${value}, ${text}`
  }
  return value
}

/** User name and password of a URL in the form of [rfc7617] 2; null when it has none. */
export function basicCredentials(url: URL): string | null {
  if (url.username === '' && url.password === '') return null
  const bytes = new TextEncoder().encode(`${decoded(url.username)}:${decoded(url.password)}`)
  return btoa(String.fromCharCode(...bytes))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray percent sign stands for itself.
    return text
  }
}
