// The choices for what is typed into "Tap a Server…": URLs of the server, and the port to listen on.

import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import type { Parsed } from '../../shared/endpoint/problem.ts'
import { isPort, mostPort } from '../../shared/endpoint/tapSettings.ts'
import { parseEndpoint } from '../../shared/profile/parseEndpoint.ts'
import { connectChoices } from './connectChoices.ts'
import type { RecentUrl } from './recentUrls.ts'

/** A URL without a scheme gets those that may be meant, the likelier one first. A problem says what to change. */
export function tapChoices(text: string): Parsed<readonly string[]> {
  const found = connectChoices(text)
  const urls = found.ok ? [...new Set(found.value.choices.map(({ target }) => target.url))] : [text]
  const [first] = urls.map((url) => tapEndpoint(url, null))
  return first?.ok === false ? first : { ok: true, value: urls }
}

/** `port`: null listens on a free one. */
export function tapEndpoint(url: string, port: number | null): Parsed<Endpoint> {
  return parseEndpoint({ url, tap: port === null ? {} : { port } })
}

/** Those that were tapped lately, then the servers of what was connected to otherwise: at most `most`. */
export function recentServers(recent: readonly RecentUrl[], most = 10): readonly string[] {
  const tapped = recent.filter(({ method }) => method === 'tap').map(({ url }) => url)
  const others = recent
    .filter(({ method }) => method !== 'tap')
    .flatMap(({ url }) => /^(?:http|ws)s?:\/\/[^/?#]+/i.exec(url)?.[0] ?? [])
    .map((origin) => origin.replace(/^ws/i, 'http').replace(/\/\/[^@]*@/, '//'))
  return [...new Set([...tapped, ...others])].slice(0, most)
}

/** A sentence that says what to change, or null. */
export function checkPort(text: string): string | null {
  return /^\d+$/.test(text.trim()) && isPort(Number(text))
    ? null
    : `Enter a number from 1 to ${mostPort}.`
}
