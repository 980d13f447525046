// Binary payloads in which a secret was replaced: the lengths within them no longer fit what stands there.

import type { DecodeInput } from './decoder.ts'

/** The flaw of a payload, or that it is none of the peer's. */
export function peersFlaw(
  { frame, payload }: Pick<DecodeInput, 'frame' | 'payload'>,
  flaw: string,
): string {
  return payload.length === frame.sizeBytes
    ? flaw
    : 'It cannot be decoded: a secret in it was replaced, and its lengths no longer fit.'
}
