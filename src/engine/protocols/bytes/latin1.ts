// Latin-1: each byte is the character of its number, so that bytes of any kind come back unchanged.

// A call takes only so many arguments.
const most = 8192

export function latin1Text(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += most) {
    text += String.fromCharCode(...bytes.subarray(from, from + most))
  }
  return text
}

/** Of characters up to U+00FF. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
