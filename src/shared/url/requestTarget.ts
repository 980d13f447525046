// The target of a request: path and query of its URL as they are sent.

/** An empty query keeps its mark, which `URL.search` leaves out: curl and browsers send it. [rfc9112] 3.2.1 */
export function requestTarget(url: URL): string {
  const { pathname, search } = url
  if (search !== '') return pathname + search
  const [asked = ''] = url.href.split('#', 1)
  return asked.endsWith('?') ? `${pathname}?` : pathname
}

/** The path of a target, without its query. */
export function pathOfTarget(target: string): string {
  const end = target.search(/[?#]/)
  return end < 0 ? target : target.slice(0, end)
}
