// Parameters in a URL's query: added or set, while all others stay as they were written.

/** A copy of the URL with more parameters at the end. */
export function addQuery(url: URL, pairs: readonly (readonly [string, string])[]): URL {
  if (pairs.length === 0) return url
  const more = new URLSearchParams(
    pairs.map(([name, value]): [string, string] => [name, value]),
  ).toString()
  return withSearch(url, parts(url), more)
}

/** A copy of the URL in which the parameter stands once, at the end. */
export function setQuery(url: URL, name: string, value: string): URL {
  const others = parts(url).filter((part) => !isNamed(part, name))
  return withSearch(url, others, new URLSearchParams([[name, value]]).toString())
}

/** Whether the URL's query has a parameter of this name, however it is encoded. */
export function hasQuery(url: URL, name: string): boolean {
  return parts(url).some((part) => isNamed(part, name))
}

/** Empty ones too: what is written twice is sent twice. */
function parts(url: URL): readonly string[] {
  return url.search === '' ? [] : url.search.slice(1).split('&')
}

function isNamed(part: string, name: string): boolean {
  const [[key] = ['']] = [...new URLSearchParams(part)]
  return key === name
}

function withSearch(url: URL, parts: readonly string[], more: string): URL {
  const next = new URL(url.href)
  const before = parts.join('&')
  // As curl does: a mark at the end stands for one.
  next.search = before === '' || before.endsWith('&') ? before + more : `${before}&${more}`
  return next
}
