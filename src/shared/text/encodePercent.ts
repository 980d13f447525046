// Encodes any text for a part of a URL: `encodeURIComponent` itself throws for half a pair of UTF-16.

/** Half a pair is U+FFFD, as everywhere in URLs. [spec] URL 1.3, Infra 4.7 */
export function encodePercent(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
