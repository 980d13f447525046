// User names, passwords and servers in URLs, which need not be valid and may hold references.

/** A URL in parts that are the URL when they are put together: `scheme://` (or `//`) `user` `:password` `@` `rest`. */
export interface UrlWithUser {
  readonly scheme: string
  /** As written. */
  readonly user: string
  /** As written; null without a colon. */
  readonly password: string | null
  /** From the host on. */
  readonly rest: string
}

// A reference may hold what would end the authority, `$${` begins none; a backslash ends it as a slash does. The URL of
// a saved request may begin with the slashes, of either kind and any number. [spec] URL 4.4
const authorityShape = /^([a-z][a-z0-9+.-]*:\/\/|[/\\]{2,})((?:(?<!\$)\$\{[^{}]*\}|[^/?#\\])*)/i
const reference = /(?<!\$)\$\{[^{}]*\}/g

interface UrlParts {
  readonly scheme: string
  /** The user information as written, without its `@`; null without any. */
  readonly userInfo: string | null
  /** With the port. */
  readonly host: string
  readonly rest: string
}

/** Null without `//`. A user name may hold some `@` itself: the last one ends it. */
function splitUrl(url: string): UrlParts | null {
  const [start, scheme = '', authority = ''] = authorityShape.exec(url) ?? []
  if (start === undefined) return null
  const at = withoutReferences(authority).lastIndexOf('@')
  const userInfo = at < 0 ? null : authority.slice(0, at)
  return { scheme, userInfo, host: authority.slice(at + 1), rest: url.slice(start.length) }
}

/** A text of the same length in which the characters of references cannot separate anything. */
function withoutReferences(text: string): string {
  return text.replace(reference, (found) => '_'.repeat(found.length))
}

/** Only lends its scheme to a URL that begins with `//`. */
export const anyServer = 'http://localhost/'

/**
 * The same for a text that is no URL because of what stands before a `/`, `?` or `#`: that is part of a password which
 * should have been encoded, so the last `@` of all ends it.
 */
function splitMistaken(url: string): UrlParts | null {
  const [start, scheme = '', authority = ''] = authorityShape.exec(url) ?? []
  const at = withoutReferences(url).lastIndexOf('@')
  if (start === undefined || at < start.length || !authority.includes(':')) return null
  // References have no values yet.
  if (authority.search(reference) >= 0 || URL.canParse(url, anyServer)) return null
  return { scheme, userInfo: url.slice(scheme.length, at), host: '', rest: url.slice(at + 1) }
}

/** Null without an `@`. */
export function splitUserInfo(url: string): UrlWithUser | null {
  const parts = splitMistaken(url) ?? splitUrl(url)
  if (parts?.userInfo == null) return null
  const { scheme, userInfo } = parts
  const rest = parts.host + parts.rest
  const colon = withoutReferences(userInfo).indexOf(':')
  return colon < 0
    ? { scheme, user: userInfo, password: null, rest }
    : { scheme, user: userInfo.slice(0, colon), password: userInfo.slice(colon + 1), rest }
}

/** `https://host:port`, as written; null without a scheme and `//`. */
export function serverPart(url: string): string | null {
  const parts = splitUrl(url)
  return parts && /^[a-z]/i.test(parts.scheme) ? parts.scheme + parts.host : null
}

export function joinUserInfo({ scheme, user, password, rest }: UrlWithUser): string {
  return `${scheme}${user}${password === null ? '' : `:${password}`}@${rest}`
}

/** The URL without its password, and without those of URLs in it; user names stay. */
export function withoutPassword(url: string): string {
  const parts = splitUserInfo(url)
  if (parts === null) return withoutInnerPasswords(url)
  return joinUserInfo({ ...parts, password: null, rest: withoutInnerPasswords(parts.rest) })
}

/** Without passwords, and without a user name that may be a key. */
export function withoutUserInfo(url: string): string {
  const parts = splitUserInfo(url)
  if (parts === null || !isLoneUser(parts)) return withoutPassword(url)
  return parts.scheme + withoutInnerPasswords(parts.rest)
}

/** A user name without a password, as some take a key: `https://key@host/`. Shorter ones are names. */
export function isLoneUser({ user, password }: UrlWithUser): boolean {
  return !password && user.length >= 8 && !user.includes('${')
}

/** From the slashes of a URL that stands in a text to the end of its user information. */
const innerUserInfo = /(?<=[a-z\d+.-]:)\/\/[^\s"<>/?#\\]*@(?!sha\d+:)/gi
/** URLs within URLs are percent-encoded so often. */
const mostEncoded = 3

/** Of the URLs that stand in a text, percent-encoded or not: as written there. */
export function innerPasswords(text: string): readonly string[] {
  if (!/@|%(?:25)*40/.test(text)) return []
  const found: string[] = []
  let decoded = text
  for (let depth = 0; depth <= mostEncoded; depth++) {
    for (const [start] of decoded.matchAll(innerUserInfo)) {
      const password = innerPassword(start)
      if (password !== null) found.push(password)
    }
    const next = decodeAscii(decoded)
    if (next === decoded) break
    decoded = next
  }
  return found
}

/**
 * Null where the text goes on behind a port, `http://host:3000&mail=me@host`, or behind a host, and where a reference
 * holds the `@`.
 */
function innerPassword(start: string): string | null {
  if (withoutReferences(start).includes('${')) return null
  const { user = '', password = '' } = splitUserInfo(start) ?? {}
  const isOther = /^\[|&/.test(user) || /^\d{1,5}[^\w.~-]/.test(password ?? '')
  return !password || password.startsWith('${') || isOther ? null : password
}

/** Other encoded bytes do not matter: they separate nothing. */
function decodeAscii(text: string): string {
  return text.replace(/%([2-7][\da-f])/gi, (_, code: string) => {
    return String.fromCharCode(Number.parseInt(code, 16))
  })
}

/** The encoded text is removed whole; the name of its parameter stays. */
function withoutInnerPasswords(text: string): string {
  return text
    .replace(innerUserInfo, (start) => {
      const parts = innerPassword(start) === null ? null : splitUserInfo(start)
      return parts === null ? start : joinUserInfo({ ...parts, password: null })
    })
    .replace(/[^/?#&]+/g, (part) => {
      return innerPasswords(part).length > 0 ? (/^[\w.-]*=/.exec(part)?.[0] ?? '') : part
    })
}
