// Reads a whole number of seven bits a byte, the lowest first, as Protocol Buffers and SignalR have it.

/** Of at most `most` bytes; beyond 2^53 not exact. Null where it is longer, or cut. */
export function readVarint(
  bytes: Uint8Array,
  from: number,
  most = 10,
): { readonly value: number; readonly end: number } | null {
  let value = 0
  for (let i = 0; i < most; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) return null
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return { value, end: from + i + 1 }
  }
  return null
}
