// A proxy as people write it, in a profile, a setting or a variable, and the URL that it means.

/** Whether there is a way through a proxy at such a URL. `socks` and `socks5h` look names up at the proxy. */
export function isProxyUrl(text: string): boolean {
  // `URL` takes any host, and none, where it does not know the scheme.
  const asHttp = text.replace(/^socks(?:4a?|5h?)?:/i, 'http:')
  return /^https?:\/\/[^/?#]/i.test(asHttp) && URL.canParse(asHttp)
}

/**
 * The URL that is meant: without the quotes that `.env` files leave, and `http://` where no scheme is written.
 * What can be none stays as it is, to be told.
 */
export function writtenProxy(text: string): string {
  const bare = text
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()
  if (bare === '') return bare
  const url = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(bare) ? bare : `http://${bare}`
  return isProxyUrl(url) ? url : text
}

/** A text that may be no URL, without what may be credentials in it. */
export function withoutCredentials(text: string): string {
  return text.replace(/^(["']?(?:[a-z][a-z0-9+.-]*:\/\/)?).*@/is, '$1***@')
}
