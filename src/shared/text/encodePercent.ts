// Encodes any text for a part of a URL: `encodeURIComponent` itself throws for half a pair of UTF-16.

/** Half a pair is U+FFFD, as everywhere in URLs. [spec] URL 1.3, Infra 4.7 */
export function encodePercent(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** As `encodePercent`, with nothing left as it is but unreserved characters. [rfc3986] 2.3 */
export function encodeReserved(text: string): string {
  return encodePercent(text).replace(/[!'()*]/g, (mark) => {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`
  })
}
