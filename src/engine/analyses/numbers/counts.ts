// Counts how often something was seen, for a bounded number of things.

import type { Counted } from '../../../shared/session/numbers.ts'

/** Others are left out: a peer can think of any number of codes. */
const mostThings = 64

export interface Counts<What> {
  /** `key` tells one thing from another. */
  add(key: string, what: What, seq: number): void
  /** The most frequent first. */
  result(): readonly Counted<What>[]
}

export function createCounts<What>(): Counts<What> {
  const things = new Map<string, Counted<What>>()
  return {
    add(key, what, seq) {
      const count = things.get(key)?.count ?? 0
      if (count > 0 || things.size < mostThings) things.set(key, { what, count: count + 1, seq })
    },
    result: () => [...things.values()].sort((a, b) => b.count - a.count),
  }
}
