// Messages that cannot be read: by the peer's fault, or because a secret was replaced in a payload that counts its bytes.

import type { DecodeInput, NewPacket } from '../shapes/decoder.ts'

type Input = Pick<DecodeInput, 'frame' | 'payload'>

/** `flaw`: of the peer, if it is its. */
export function brokenPacket(protocol: string, input: Input, flaw: string): NewPacket {
  return hasOtherLengths(input)
    ? { protocol, type: 'undecoded', level: 'app', flaw: replaced }
    : { protocol, type: 'invalid', level: 'app', flaw }
}

const replaced = 'It is not decoded: a secret in it was replaced, and its lengths no longer fit.'

/** Text has no lengths in it. */
function hasOtherLengths({ frame, payload }: Input): boolean {
  const isText =
    frame.kind === 'event' || (frame.kind === 'message' && frame.detail.type === 'text')
  return !isText && payload.length !== frame.sizeBytes
}
