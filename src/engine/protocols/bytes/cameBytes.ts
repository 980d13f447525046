// Bytes from the peer that may have to be shown: the first of them are kept, all are counted.

import { type ByteGatherer, createByteGatherer } from './byteGatherer.ts'

/** Bytes from the peer that a fault or a notice is about. */
export interface Came {
  /** Those that are kept, from the first one on; the buffer is given away. */
  readonly bytes: Uint8Array
  /** How many they were. */
  readonly sizeBytes: number
  /** Whether all of them are kept, where that does not follow: references in their place may be shorter or longer. */
  readonly isWhole?: boolean
  /** Bytes on the wire that no other frame counts; 0 unless given. */
  readonly wireBytes?: number
}

export interface CameBytes {
  /** The bytes are lent. */
  add(bytes: Uint8Array): void
  /** So far; null before the first. */
  read(): Came | null
}

export function createCameBytes(keptBytes: number): CameBytes {
  // Made with the first bytes, which seldom come.
  let kept: ByteGatherer | null = null
  let sizeBytes = 0
  return {
    add(bytes) {
      sizeBytes += bytes.length
      kept ??= createByteGatherer()
      const room = keptBytes - kept.size()
      if (room > 0) kept.add(bytes.subarray(0, room))
    },
    // A copy: the gatherer's buffer is larger than what is in it.
    read: () => kept && { bytes: kept.peek().slice(), sizeBytes },
  }
}
