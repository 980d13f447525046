// Bytes of a WebSocket that belong to what is not handed over yet: kept to show them where something is wrong.

import type { Came } from '../../protocols/bytes/cameBytes.ts'

export interface KeptBytes {
  /** Offset behind the last byte. It begins anew with `clear`. */
  readonly end: number
  /** Nothing of what came is needed any more. */
  clear(): void
  /** Nothing before this offset is needed any more. */
  forgetBefore(offset: number): void
  /** The next bytes, which are lent for as long as they are needed. */
  add(chunk: Uint8Array): void
  /** Those between the offsets, copied, as far as they are kept. */
  read(from: number, to: number): Came
}

/** Of what is never handed over, `limitBytes` and some chunks are kept, from its start on. */
export function createKeptBytes(limitBytes: number): KeptBytes {
  let pieces: { readonly at: number; readonly chunk: Uint8Array }[] = []
  let end = 0

  return {
    get end() {
      return end
    },
    clear() {
      if (pieces.length > 0) pieces = []
      end = 0
    },
    forgetBefore(offset) {
      const [first] = pieces
      // A message may come in very many pieces, all of which are needed.
      if (first && first.at + first.chunk.length > offset) return
      pieces = pieces.filter(({ at, chunk }) => at + chunk.length > offset)
    },
    add(chunk) {
      const [first] = pieces
      const last = pieces.at(-1)
      // What lies between the start that is shown, which is in the first one, and the newest bytes is not.
      if (first && last && last.at - first.at - first.chunk.length >= limitBytes) pieces.pop()
      pieces.push({ at: end, chunk })
      end += chunk.length
    },
    read(from, to) {
      const wanted = new Uint8Array(Math.min(to - from, limitBytes))
      let size = 0
      for (const { at, chunk } of pieces) {
        const start = from + size - at
        if (start < 0 || size === wanted.length) break
        const part = chunk.subarray(start, start + wanted.length - size)
        wanted.set(part, size)
        size += part.length
      }
      return { bytes: wanted.subarray(0, size), sizeBytes: to - from }
    },
  }
}
