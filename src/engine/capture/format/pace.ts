// The pace of a query over many frames: many at a time while that is quick, few where they are large.

/** One query reads at most this; more would take too long. Its least number of frames may have more. */
const mostReadBytes = 16 * 1024 * 1024

export interface PaceOptions {
  readonly least: number
  readonly most: number
  /** A query should take about so long. */
  readonly ms: number
  /** Bytes that a query reads of the frames after `after` up to `last`; left out where they are few. */
  readBytes?(after: number, last: number): number
}

export interface Pace {
  /** Runs a query over the next frames after `after`, up to `last` at the most; answers how far they reach. */
  step(after: number, last: number, query: (until: number) => void): number
}

export function createPace({ least, most, ms, readBytes }: PaceOptions): Pace {
  let count = least

  function untilFrom(after: number, last: number): number {
    for (;;) {
      const until = Math.min(after + count, last)
      const bytes = count > least ? (readBytes?.(after, until) ?? 0) : 0
      if (bytes <= mostReadBytes) return until
      count = Math.max(count >> 1, least)
    }
  }

  return {
    step(after, last, query) {
      const until = untilFrom(after, last)
      const began = performance.now()
      query(until)
      const took = performance.now() - began
      if (took < ms / 2) count = Math.min(count * 2, most)
      if (took > ms) count = Math.max(count >> 1, least)
      return until
    },
  }
}
