// UTF-8 as the web's standards decode it: what is not valid becomes U+FFFD, and a mark in the text stays.

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of the bytes from `start` up to `stop`. */
export function decodeText(bytes: Uint8Array, start = 0, stop = bytes.length): string {
  // Many texts are short and plain; the decoder's set-up costs more than this.
  if (stop - start > 32 || !isAscii(bytes, start, stop))
    return decoder.decode(bytes.subarray(start, stop))
  let text = ''
  for (let i = start; i < stop; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}

/** These very bytes; where they are not valid, what their decoding gives, in a buffer of its own. */
export function wellFormed(bytes: Uint8Array): Uint8Array {
  if (isAscii(bytes)) return bytes
  const text = decoder.decode(bytes)
  if (!text.includes('\ufffd')) return bytes
  // The mark may have been sent as such.
  const read = encoder.encode(text)
  return isSame(read, 0, read.length, bytes) ? bytes : read
}

/** Whether the bytes from `start` up to `stop` are those of `other`. */
export function isSame(bytes: Uint8Array, start: number, stop: number, other: Uint8Array): boolean {
  if (stop - start !== other.length) return false
  for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false
  return true
}

export function isAscii(bytes: Uint8Array, start = 0, stop = bytes.length): boolean {
  let bits = 0
  // Most are: to look at all of them is quicker than to ask at each.
  for (let i = start; i < stop; i++) bits |= bytes[i] as number
  return bits < 0x80
}
