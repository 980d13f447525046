// Messages of a body one after the other, each behind flags and its length. [grpc-web] and [connect] have the same form.

export interface Envelope {
  readonly flags: number
  readonly bytes: Uint8Array
}

/** One byte of flags, four bytes of length with the highest first. */
const headBytes = 5

/** `left`: bytes at the end that are no whole envelope. */
export function readEnvelopes(body: Uint8Array): {
  readonly envelopes: readonly Envelope[]
  readonly left: number
} {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const envelopes: Envelope[] = []
  let at = 0
  while (at + headBytes <= body.length) {
    const end = at + headBytes + view.getUint32(at + 1)
    if (end > body.length) break
    envelopes.push({ flags: body[at] as number, bytes: body.subarray(at + headBytes, end) })
    at = end
  }
  return { envelopes, left: body.length - at }
}
