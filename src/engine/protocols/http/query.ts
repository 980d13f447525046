// Parameters in a URL's query: added or set, while all others stay as they were written.

/** A copy of the URL with more parameters at the end. */
export function addQuery(url: URL, pairs: readonly (readonly [string, string])[]): URL {
  if (pairs.length === 0) return url
  const more = new URLSearchParams(
    pairs.map(([name, value]): [string, string] => [name, value]),
  ).toString()
  return withSearch(url, [...parts(url), more])
}

/** A copy of the URL in which the parameter stands once, at the end. */
export function setQuery(url: URL, name: string, value: string): URL {
  const others = parts(url).filter((part) => !isNamed(part, name))
  return withSearch(url, [...others, new URLSearchParams([[name, value]]).toString()])
}

/** Whether the URL's query has a parameter of this name, however it is encoded. */
export function hasQuery(url: URL, name: string): boolean {
  return parts(url).some((part) => isNamed(part, name))
}

function parts(url: URL): readonly string[] {
  return url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '')
}

function isNamed(part: string, name: string): boolean {
  const [[key] = ['']] = [...new URLSearchParams(part)]
  return key === name
}

function withSearch(url: URL, all: readonly string[]): URL {
  const next = new URL(url.href)
  next.search = all.join('&')
  return next
}
