// Copies of texts, for those that are kept long.

const encoder = new TextEncoder()
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** A copy: V8 keeps the whole text as long as a part of it is kept. Lone surrogates become U+FFFD. */
export function ownText(part: string): string {
  return utf8.decode(encoder.encode(part))
}
