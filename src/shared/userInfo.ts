// User names and passwords in URLs, which need not be valid and may hold references.

/** A URL in parts that are the URL when they are put together: `scheme://` `user` `:password` `@` `rest`. */
export interface UrlWithUser {
  readonly scheme: string
  /** As written. */
  readonly user: string
  /** As written; null without a colon. */
  readonly password: string | null
  /** From the host on. */
  readonly rest: string
}

// A reference may hold what would end the authority; a backslash ends it as a slash does. [spec] URL 4.4
const authorityShape = /^([a-z][a-z0-9+.-]*:\/\/)((?:\$\{[^{}]*\}|[^/?#\\])*)/i
const reference = /\$\{[^{}]*\}/g

/** Null without an `@`. A user name may hold some itself: the last one ends it. */
export function splitUserInfo(url: string): UrlWithUser | null {
  const [start, scheme = '', authority = ''] = authorityShape.exec(url) ?? []
  if (start === undefined) return null
  // What stands in a reference separates nothing.
  const marks = authority.replace(reference, (found) => '_'.repeat(found.length))
  const at = marks.lastIndexOf('@')
  if (at < 0) return null
  const colon = marks.slice(0, at).indexOf(':')
  const rest = authority.slice(at + 1) + url.slice(start.length)
  return colon < 0
    ? { scheme, user: authority.slice(0, at), password: null, rest }
    : { scheme, user: authority.slice(0, colon), password: authority.slice(colon + 1, at), rest }
}

export function joinUserInfo({ scheme, user, password, rest }: UrlWithUser): string {
  return `${scheme}${user}${password === null ? '' : `:${password}`}@${rest}`
}

/** The URL without its password; a user name stays. */
export function withoutPassword(url: string): string {
  const parts = splitUserInfo(url)
  return parts === null ? url : joinUserInfo({ ...parts, password: null })
}

/** Without a password, and without a user name that may be a key. */
export function withoutUserInfo(url: string): string {
  const parts = splitUserInfo(url)
  if (parts === null) return url
  return isLoneUser(parts) ? parts.scheme + parts.rest : withoutPassword(url)
}

/** A user name without a password, as some take a key: `https://key@host/`. Shorter ones are names. */
export function isLoneUser({ user, password }: UrlWithUser): boolean {
  return !password && user.length >= 8 && !user.includes('${')
}
