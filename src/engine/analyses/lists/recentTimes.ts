// Times in bounded room: the usual one among the newest, and the quantiles of all.

import { createDistribution, type DistributionFold } from '../numbers/distribution.ts'

const newest = 31

export interface RecentTimes {
  add(ms: number): void
  /** Of the newest half are no longer; null without any. */
  usual(): number | null
}

export function createRecentTimes(): RecentTimes {
  const kept: number[] = []
  let next = 0
  return {
    add(ms) {
      kept[next] = Math.max(0, ms)
      next = (next + 1) % newest
    },
    usual: () => middleOf(kept),
  }
}

function middleOf(times: readonly number[]): number | null {
  return quantile(times, 0.5)
}

/** By nearest rank. */
function quantile(times: readonly number[], share: number): number | null {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

/** So many are kept as they are: most rows have few, and a distribution takes some KB. */
const fewTimes = 32

export interface AllTimes {
  add(ms: number): void
  result(): { readonly p50: number; readonly p95: number } | null
}

export function createAllTimes(): AllTimes {
  const few: number[] = []
  let many: DistributionFold | null = null
  return {
    add(ms) {
      const time = Math.max(0, ms)
      if (many !== null) many.add(time, 0)
      else if (few.push(time) > fewTimes) {
        many = createDistribution()
        for (const one of few.splice(0)) many.add(one, 0)
      }
    },
    result() {
      if (many !== null) return many.result()
      const [p50, p95] = [quantile(few, 0.5), quantile(few, 0.95)]
      return p50 === null || p95 === null ? null : { p50, p95 }
    },
  }
}
