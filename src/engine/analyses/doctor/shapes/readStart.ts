// The start of a payload as text.

/** Bytes that are read. */
const readBytes = 2048

const decoder = new TextDecoder()

/** Its first characters; U+FFFD where it is not UTF-8, or is cut. */
export function readStart(start: Uint8Array): string {
  return decoder.decode(start.subarray(0, readBytes))
}
