// Bursts: frames that came together, as a buffer on the way lets them go.

import { streamThresholds } from './thresholds.ts'

/** One that is over. */
export interface Burst {
  readonly count: number
  /** On the wire. */
  readonly bytes: number
  /** Of its largest frame. */
  readonly largest: number
  readonly firstSeq: number
  readonly lastSeq: number
  /** Epoch ms. */
  readonly firstAt: number
  readonly lastAt: number
}

export interface BurstCutter {
  /** The burst that the frame ends, if it belongs to none that goes on. */
  add(at: number, seq: number, bytes: number): Burst | null
  /** What has come last; null where nothing has. */
  flush(): Burst | null
}

type Growing = { -readonly [Key in keyof Burst]: Burst[Key] }

export function createBurstCutter(withinMs: number = streamThresholds.burst.withinMs): BurstCutter {
  let growing: Growing | null = null

  function flush(): Burst | null {
    const over = growing
    growing = null
    return over
  }

  return {
    add(at, seq, bytes) {
      const over = growing !== null && at - growing.lastAt > withinMs ? flush() : null
      growing ??= {
        ...{ count: 0, bytes: 0, largest: 0 },
        ...{ firstSeq: seq, lastSeq: seq, firstAt: at, lastAt: at },
      }
      growing.count++
      growing.bytes += bytes
      growing.largest = Math.max(growing.largest, bytes)
      growing.lastSeq = seq
      growing.lastAt = at
      return over
    },
    flush,
  }
}

/** The sizes of buffers that are common on the way. */
const bufferSizes = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536]

/** The size of a buffer that a burst of so many bytes fills up, to the frame; null where it fits none. */
export function bufferSizeOf({ bytes, largest }: Burst): number | null {
  const within = (size: number) =>
    Math.abs(bytes - size) <= Math.max(largest, size * streamThresholds.burst.tolerance)
  return bufferSizes.find(within) ?? null
}
