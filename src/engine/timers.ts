// The clock and the timers of a session, so that a test can put its own in their place.

import { now } from './transports/clock.ts'

export interface Timers {
  /** Epoch milliseconds with a fraction. */
  now(): number
  /** Calls `run` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void
}

export const systemTimers: Timers = {
  now,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
