// UTF-8 as the web's standards decode it: what is not valid becomes U+FFFD, and a mark in the text stays.

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of these bytes. */
export function decodeText(bytes: Uint8Array): string {
  // Many texts are short and plain; the decoder's set-up costs more than this.
  if (bytes.length > 32 || !isAscii(bytes)) return decoder.decode(bytes)
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}

/** These very bytes; where they are not valid, what their decoding gives, in a buffer of its own. */
export function wellFormed(bytes: Uint8Array): Uint8Array {
  if (isAscii(bytes)) return bytes
  const text = decoder.decode(bytes)
  if (!text.includes('\ufffd')) return bytes
  // The mark may have been sent as such.
  const read = encoder.encode(text)
  return same(read, bytes) ? bytes : read
}

/** Whether both hold the same bytes. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) >= 0x80) return false
  return true
}
