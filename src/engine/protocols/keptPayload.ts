// Cuts a payload to the part that its frame keeps.

/** The same bytes up to the limit, not copied; null when there are none. */
export function keptPayload(bytes: Uint8Array, payloadBytes: number): Uint8Array | null {
  if (bytes.length === 0) return null
  return bytes.length > payloadBytes ? bytes.subarray(0, payloadBytes) : bytes
}
