// The clock and the timers of a session, so that a test can put its own in their place.

import { performance } from 'node:perf_hooks'
import { now } from '../transports/clock.ts'

export interface Timers {
  /** Epoch milliseconds with a fraction. */
  now(): number
  /** Calls `run` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void
  /** The share of the time since the last call in which the thread was busy, from 0 to 1. */
  busy(): number
}

export function createSystemTimers(): Timers {
  let last = performance.eventLoopUtilization()
  return {
    now,
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
    busy() {
      const current = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(current, last)
      last = current
      return utilization
    },
  }
}
