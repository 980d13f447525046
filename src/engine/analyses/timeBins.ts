// Counts by spans of time in a fixed number of bins, whose width doubles when time outgrows them.

/** A power of two. As wide as screens are, give or take two. */
export const mostBins = 1024

export interface TimeBins {
  /** Begins with the first that is counted, in epoch ms; null before it. */
  readonly startAt: number | null
  readonly binMs: number
  /** Bins up to the last one in which anything was counted. */
  readonly length: number
  /** The bin of that time; the first one for what was before it. Makes room. */
  index(at: number): number
  /** One value a bin: sums, added when bins become one. */
  sums<List extends Uint32Array | Float64Array>(list: List): List
  /** Sequence numbers, of which the lowest above 0 is kept when bins become one. */
  lowest(list: Uint32Array): Uint32Array
  /** Called when bins become one, for each in order of time: what is in bin `from` belongs into bin `to` now. */
  onJoin(join: (from: number, to: number) => void): void
}

/** Lists must have `count` values, a power of two. */
export function createTimeBins(count = mostBins): TimeBins {
  let startAt: number | null = null
  /** The width to begin with. */
  let binMs = 1
  let length = 0
  const joins: (() => void)[] = []

  function double(): void {
    for (const join of joins) join()
    binMs *= 2
    length = Math.ceil(length / 2)
  }

  return {
    get startAt() {
      return startAt
    },
    get binMs() {
      return binMs
    },
    get length() {
      return length
    },
    index(at) {
      startAt ??= at
      // A clock that went back, and what was recorded late.
      const sinceMs = Math.max(0, at - startAt)
      while (sinceMs >= count * binMs) double()
      const index = Math.floor(sinceMs / binMs)
      if (index >= length) length = index + 1
      return index
    },
    sums(list) {
      joins.push(() => {
        for (let i = 0; i < count / 2; i++) list[i] = (list[2 * i] ?? 0) + (list[2 * i + 1] ?? 0)
        list.fill(0, count / 2)
      })
      return list
    },
    lowest(list) {
      joins.push(() => {
        for (let i = 0; i < count / 2; i++) {
          list[i] = lower(list[2 * i] ?? 0, list[2 * i + 1] ?? 0)
        }
        list.fill(0, count / 2)
      })
      return list
    },
    onJoin(join) {
      joins.push(() => {
        for (let from = 0; from < count; from++) join(from, from >> 1)
      })
    },
  }
}

/** The lower of two numbers, of which 0 is none. */
export function lower(one: number, other: number): number {
  return one === 0 || (other !== 0 && other < one) ? other : one
}
