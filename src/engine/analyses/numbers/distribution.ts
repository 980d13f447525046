// The distribution of values in bounded room: counts by buckets whose width grows with the value.

import {
  type Bar,
  type BarredDistribution,
  type Distribution,
  quantileError,
} from '../../../shared/session/numbers.ts'

/**
 * A bucket reaches from one power of this to the next, so that its middle is within `quantileError` of all in it: a
 * DDSketch. [ddsketch] https://www.vldb.org/pvldb/vol12/p2195-masson.pdf
 */
const growth = (1 + quantileError) / (1 - quantileError)
const perLog = 1 / Math.log(growth)
/** What is not above is told as 0: a tenth of a microsecond, where values are milliseconds. */
const leastValue = 1e-4
const firstBucket = Math.ceil(Math.log(leastValue) * perLog)
/** What is above counts as this: gigabytes, and months. */
const mostValue = 1e10
const buckets = Math.ceil(Math.log(mostValue) * perLog) - firstBucket + 1

/** The bucket of a value that is not negative. */
export function bucketOf(value: number): number {
  if (value <= leastValue) return 0
  const bucket = Math.ceil(Math.log(value) * perLog) - firstBucket
  return bucket < buckets ? bucket : buckets - 1
}

/** The middle of a bucket: as far, in its own share, from the least in it as from the greatest. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : (2 * growth ** (bucket + firstBucket)) / (growth + 1)
}

export interface DistributionFold {
  /** `bucket`: that of the value, for who has it already. Allocates nothing but the room, once. */
  add(value: number, seq: number, bucket?: number): void
  /** Null without values. */
  result(): Distribution | null
}

export function createDistribution(): DistributionFold {
  let counts: Uint32Array | null = null
  let count = 0
  let sum = 0
  let least = 0
  let most = 0
  let mostSeq = 0

  /** By nearest rank: the least value that so large a share is not above. */
  function quantile(share: number): number {
    const rank = Math.ceil(share * count)
    let passed = 0
    let bucket = 0
    while (bucket < buckets - 1) {
      passed += counts?.[bucket] ?? 0
      if (passed >= rank) break
      bucket++
    }
    return Math.min(most, Math.max(least, middleOf(bucket)))
  }

  return {
    add(value, seq, bucket = bucketOf(value)) {
      counts ??= new Uint32Array(buckets)
      counts[bucket] = (counts[bucket] ?? 0) + 1
      if (count === 0 || value < least) least = value
      if (count === 0 || value > most) {
        most = value
        mostSeq = seq
      }
      count++
      sum += value
    },
    result() {
      if (count === 0) return null
      const [p50, p95, p99] = [quantile(0.5), quantile(0.95), quantile(0.99)]
      return { count, sum, least, p50, p95, p99, most, mostSeq }
    },
  }
}

export interface BarredFold extends DistributionFold {
  result(): BarredDistribution | null
}

/** With bars that begin at 0, 1, 2, 5, 10, 20 … units, of which the value 1 has `perOne`. */
export function createBarredDistribution(perOne: number): BarredFold {
  const whole = createDistribution()
  const edges = edgesOf(perOne)
  const bars = new Uint32Array(edges.length)
  return {
    add(value, seq, bucket) {
      whole.add(value, seq, bucket)
      const bar = barOf(edges, value)
      bars[bar] = (bars[bar] ?? 0) + 1
    },
    result() {
      const distribution = whole.result()
      return distribution && { ...distribution, bars: shownBars(edges, bars) }
    },
  }
}

const decades = 12

function edgesOf(perOne: number): Float64Array {
  const edges = [0]
  for (let decade = 0; decade < decades; decade++) {
    // Divided last: 3 * 0.1 is not 0.3.
    for (const step of [1, 2, 5]) edges.push((step * 10 ** decade) / perOne)
  }
  return Float64Array.from(edges)
}

/** The last edge that is not above the value. */
function barOf(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((edges[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** A last bar without an end has the double of its beginning. */
function shownBars(edges: Float64Array, counts: Uint32Array): readonly Bar[] {
  const first = counts.findIndex((count) => count > 0)
  const last = counts.findLastIndex((count) => count > 0)
  return [...counts.subarray(first, last + 1)].map((count, index) => {
    const from = edges[first + index] ?? 0
    return { from, to: edges[first + index + 1] ?? 2 * from, count }
  })
}
