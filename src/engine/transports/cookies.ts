// The cookies of a session: what answers set goes into the next requests to the same host. [rfc6265]

import { Cookie, CookieJar } from 'tough-cookie'
import type { NamedValues } from '../../shared/text/namedValues.ts'
import { cutText } from '../../shared/text/visibleText.ts'
import { toError } from '../../shared/unknown.ts'

export interface Cookies {
  /** The headers with a Cookie field that holds what the jar has for this URL, beside what is given. */
  addTo(headers: NamedValues, url: URL): NamedValues
  /** Takes what an answer sets. A sentence when something was not kept that a browser would not keep either. */
  take(headers: NamedValues, url: URL): string | null
}

/** As in Chrome. [rfc6265] 6.1 asks for 50 and 4096 at the least. */
const maxPerHost = 180
const maxBytes = 4096
/** A server can redirect to ever more hosts, each of which sets cookies. */
const maxHosts = 50

export function createCookies(): Cookies {
  const jar = new CookieJar()
  const hosts = new Set<string>()
  return {
    addTo(headers, from) {
      if (hosts.size === 0) return headers
      // [rfc6265] 5.4: longer paths first, then older ones.
      const kept = cookiesFor(jar, asHttp(from), { sort: true })
      if (kept.length === 0) return headers
      const names = new Set(kept.map(({ key }) => key))
      const given = headers
        .filter(([name]) => isCookie(name))
        .flatMap(([, value]) => value.split(';'))
        .map((pair) => pair.trim())
        .filter((pair) => pair !== '' && !names.has(pair.split('=', 1)[0] ?? ''))
      const value = [...given, ...kept.map((cookie) => cookie.cookieString())].join('; ')
      return [...headers.filter(([name]) => !isCookie(name)), ['Cookie', value]]
    },
    take(headers, from) {
      let refused: string | null = null
      const url = asHttp(from)
      for (const [name, value] of headers) {
        if (name.length !== 10 || name.toLowerCase() !== 'set-cookie') continue
        if (hosts.size >= maxHosts && !hosts.has(from.hostname)) {
          return `Cookies of ${maxHosts} hosts are kept already; those of ${from.hostname} were not.`
        }
        hosts.add(from.hostname)
        refused = takeOne(jar, value, url) ?? refused
      }
      return refused
    },
  }
}

function takeOne(jar: CookieJar, text: string, url: string): string | null {
  const [pair = ''] = text.split(';', 1)
  const name = pair.split('=', 1)[0]?.trim() ?? ''
  if (pair.length > maxBytes) {
    return `The cookie ${cutText(name, 80)} is larger than ${maxBytes} bytes and was not kept.`
  }
  const known = cookiesFor(jar, url, { allPaths: true, expire: true })
  if (known.length >= maxPerHost && !known.some(({ key }) => key === name)) {
    return `The server has set ${maxPerHost} cookies; the others were not kept.`
  }
  try {
    jar.setCookieSync(text, url)
    return null
  } catch (error) {
    return refusalWords(text, name, new URL(url).hostname, toError(error).message)
  }
}

/** No browser keeps it either; `said` are the library's words. */
function refusalWords(text: string, name: string, host: string, said: string): string {
  const domain = cutText(Cookie.parse(text)?.domain ?? '', 80)
  const cookie = `The cookie ${cutText(name, 80)}`
  if (/public suffix/.test(said)) return `${cookie} is for all of ${domain} and was not kept.`
  if (/domain/.test(said)) return `${cookie} is for ${domain}, not for ${host}, and was not kept.`
  return 'A cookie that the server sets cannot be read and was not kept.'
}

/** The library throws at hosts such as `test` and `local`, to which a server may redirect: they get none. */
function cookiesFor(
  jar: CookieJar,
  url: string,
  options: Parameters<CookieJar['getCookiesSync']>[1] = {},
): Cookie[] {
  try {
    return jar.getCookiesSync(url, options)
  } catch {
    // The name is a public suffix, for which no browser keeps cookies.
    return []
  }
}

function isCookie(name: string): boolean {
  return name.length === 6 && name.toLowerCase() === 'cookie'
}

/** A WebSocket's cookies are those of its handshake. */
function asHttp(url: URL): string {
  return url.href.replace(/^ws/, 'http')
}
