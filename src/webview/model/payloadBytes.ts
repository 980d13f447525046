// The bytes of a payload by place: the chunks that are looked at are read, and the latest of them are kept.

import type { PayloadPiece } from '../../shared/session/captureRows.ts'

const chunkBytes = 64 * 1024
/** 8 MiB of bytes. */
const keptChunks = 128

export interface PayloadBytes {
  /** The bytes `from` to `end - 1`; null while they are being read, after which `onCome` is called. */
  slice(from: number, end: number): Uint8Array | null
}

/** `sizeBytes`: of what is kept of the payload. `onFail` gets what a read rejected with; it is tried again when asked again. */
export function createPayloadBytes(
  sizeBytes: number,
  read: (offset: number, length: number) => Promise<PayloadPiece>,
  onCome: () => void,
  onFail: (problem: unknown) => void,
): PayloadBytes {
  /** In the order in which they were last used. */
  const chunks = new Map<number, Uint8Array>()
  const reading = new Set<number>()

  async function readChunk(index: number): Promise<void> {
    if (reading.has(index)) return
    reading.add(index)
    try {
      const { bytes } = await read(index * chunkBytes, chunkBytes)
      chunks.set(index, bytes)
      const [oldest] = chunks.keys()
      if (chunks.size > keptChunks && oldest !== undefined) chunks.delete(oldest)
      onCome()
    } catch (error) {
      onFail(error)
    } finally {
      reading.delete(index)
    }
  }

  function chunkAt(index: number): Uint8Array | null {
    const chunk = chunks.get(index)
    if (!chunk) {
      void readChunk(index)
      return null
    }
    chunks.delete(index)
    chunks.set(index, chunk)
    return chunk
  }

  return {
    slice(from, end) {
      const last = Math.min(end, sizeBytes)
      const bytes = new Uint8Array(Math.max(0, last - from))
      let whole = true
      for (let at = from; at < last; ) {
        const index = Math.floor(at / chunkBytes)
        const start = index * chunkBytes
        const chunk = chunkAt(index)
        const next = Math.min(last, start + chunkBytes)
        if (chunk) bytes.set(chunk.subarray(at - start, next - start), at - from)
        else whole = false
        at = next
      }
      return whole ? bytes : null
    },
  }
}
