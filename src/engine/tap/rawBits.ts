// Clears the reserved bits of WebSocket frames, so that a reader hands over contents that it cannot decompress.

import { createWsFrameReader } from '../protocols/websocket/wsFrames.ts'

export interface RawBits {
  /** A copy of the next bytes of the direction, the first of which begin a frame. */
  cleared(bytes: Uint8Array): Buffer
}

export function createRawBits(): RawBits {
  let copy: Buffer = Buffer.alloc(0)
  const reader = createWsFrameReader(({ end }) => clear(end))

  /** [rfc6455] 5.2: RSV1 to RSV3. */
  function clear(at: number): void {
    if (at < copy.length) copy[at] = (copy[at] as number) & 0x8f
  }

  return {
    cleared(bytes) {
      copy = Buffer.from(bytes)
      if (reader.unfinishedBytes === 0) clear(0)
      reader.feed(bytes)
      return copy
    },
  }
}
