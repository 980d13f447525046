// Finds the URL and the method of a curl command.

import type { Method } from '../endpoint/endpoint.ts'
import { urlFor } from '../endpoint/methods.ts'
import { type Parsed, refused } from '../endpoint/problem.ts'
import type { NamedValues } from '../text/namedValues.ts'
import { asksForStream, type CurlData, withQuery } from './curlData.ts'
import { type CurlHeaders, withHeader } from './curlHeaders.ts'
import { type CurlOptions, type CurlWords, lastOf } from './curlOptions.ts'

/** The one URL of the command, as it is written. */
export function writtenUrl({ options, operands }: CurlWords): Parsed<string> {
  const named = options.filter(({ name }) => name === 'url').map(({ value }) => value)
  const urls = [...operands, ...named]
  const [url] = urls
  if (url === undefined) return refused('Add the URL that curl requests.')
  return urls.length === 1
    ? { ok: true, value: url }
    : refused(`Keep one URL of ${urls.length}, and quote what has spaces.`)
}

/** With a scheme, as curl adds one. */
export function withScheme(written: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|\$\{)/i.test(written) ? written : `http://${written}`
}

/** The method that the command tells; null where the user chooses. */
export function methodOf(url: string, headers: NamedValues, body: string | null): Method | null {
  const has = (field: string, form: RegExp) =>
    headers.some(([name, value]) => name.toLowerCase() === field && form.test(value))
  if (has('upgrade', /^websocket$/i) || /^wss?:/i.test(url)) return 'websocket'
  return has('accept', /text\/event-stream/i) || asksForStream(body) ? 'sse' : null
}

/** In the scheme of the method, with the data that go into the query. */
export function addressOf(url: string, method: Method | null, data: CurlData): string {
  const own = method === null ? url : urlFor(method, url)
  return data.toQuery && data.text !== null ? withQuery(own, data.text) : own
}

/** On the Unix socket that the options name; the URL's host then goes into a header. */
export function onSocket(
  url: string,
  headers: CurlHeaders,
  options: CurlOptions,
): Parsed<{ readonly url: string; readonly headers: CurlHeaders }> {
  const socket = lastOf(options, 'unix-socket')
  if (socket === undefined) return { ok: true, value: { url, headers } }
  const [, scheme = '', host = '', path = ''] = /^(\w+):\/\/([^/?#]*)(.*)$/s.exec(url) ?? []
  if (/s$/i.test(scheme)) {
    return refused('Remove --unix-socket: Lifeline speaks no TLS on a Unix socket.')
  }
  const isLocal = host.toLowerCase() === 'localhost'
  const value = {
    url: `unix:${socket}:${path.startsWith('/') ? path : `/${path}`}`,
    headers: isLocal ? headers : withHeader(headers, 'Host', host),
  }
  return { ok: true, value }
}
