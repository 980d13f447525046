// A whole payload, fetched by pieces.

import type { SessionApi } from '../../shared/calls/messages.ts'

const pieceBytes = 4 * 1024 * 1024

/** The payload's kept bytes; empty when the frame has none. */
export async function readPayload(api: SessionApi, seq: number): Promise<Uint8Array> {
  const first = await api.payload(seq, 0, pieceBytes)
  if (first.bytes.byteLength >= first.sizeBytes) return first.bytes
  const whole = new Uint8Array(first.sizeBytes)
  whole.set(first.bytes)
  let filled = first.bytes.byteLength
  while (filled < whole.byteLength) {
    const { bytes } = await api.payload(seq, filled, pieceBytes)
    if (bytes.byteLength === 0) break
    whole.set(bytes, filled)
    filled += bytes.byteLength
  }
  return whole.subarray(0, filled)
}
