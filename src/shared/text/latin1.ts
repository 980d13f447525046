// Turns bytes into text of as many characters, and back.

/** The stack limits the number of arguments of a call. */
const pieceBytes = 24 * 1024

/** The character of each byte's number, which is what Latin-1 makes of it. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    // A quarter of the time of spreading, which takes the bytes one by one.
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(from, from + pieceBytes))
  }
  return text
}

/** Of characters up to U+00FF. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
