// Puts pieces of bytes together as they come, at a cost in memory that their number does not change.

export interface ByteGatherer {
  readonly size: number
  /** Copies the bytes. */
  add(bytes: Uint8Array): void
  /** What was gathered, lent until the next piece. */
  peek(): Uint8Array
  /** What was gathered, given away; the next piece begins anew. */
  take(): Uint8Array
}

export function createByteGatherer(): ByteGatherer {
  let buffer = new Uint8Array(0)
  let size = 0
  return {
    get size() {
      return size
    },
    add(bytes) {
      if (size + bytes.length > buffer.length) {
        const larger = new Uint8Array(Math.max(256, 2 * (size + bytes.length)))
        larger.set(buffer.subarray(0, size))
        buffer = larger
      }
      buffer.set(bytes, size)
      size += bytes.length
    },
    peek: () => buffer.subarray(0, size),
    take() {
      const whole = buffer.subarray(0, size)
      buffer = new Uint8Array(0)
      size = 0
      return whole
    },
  }
}
