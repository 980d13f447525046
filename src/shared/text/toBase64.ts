// Writes bytes in base64, at the same speed for any length.

import { latin1 } from './latin1.ts'

/** Bytes for one call of `btoa`: a multiple of three, since it pads its end. */
const pieceBytes = 3 * 8192

/** With the alphabet and the padding of [rfc4648] 4. */
export function toBase64(bytes: Uint8Array): string {
  let encoded = ''
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    encoded += btoa(latin1(bytes.subarray(from, from + pieceBytes)))
  }
  return encoded
}
