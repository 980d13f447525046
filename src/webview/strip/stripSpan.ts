// The span of time that is selected on the strip: from where it was begun to where it has been drawn.

import type { TimeSpan } from './seenSpan.ts'

export interface StripSpan {
  /** Null where none is selected. */
  readonly current: TimeSpan | null
  /** Between two times, in whatever order; the first one stays when it is extended. */
  select(fromAt: number, toAt: number): void
  /** From where it was begun, or `fromAt` where there is none yet. */
  extend(fromAt: number, toAt: number): void
  /** Answers whether there was one. */
  clear(): boolean
}

export function createStripSpan(onChange: () => void): StripSpan {
  let current: TimeSpan | null = null
  let begunAt = 0

  function select(fromAt: number, toAt: number): void {
    begunAt = fromAt
    current = { fromAt: Math.min(fromAt, toAt), untilAt: Math.max(fromAt, toAt) }
    onChange()
  }

  return {
    get current() {
      return current
    },
    select,
    extend: (fromAt, toAt) => select(current === null ? fromAt : begunAt, toAt),
    clear() {
      const was = current !== null
      current = null
      if (was) onChange()
      return was
    },
  }
}
