// Watches a connection for silence: a time in which not a byte comes.

import { defaultLimits } from '../../shared/limits.ts'
import { msBetween, now } from './clock.ts'

export interface SilenceWatch {
  /** Bytes came at that epoch ms. Costs nothing. */
  heard(at: number): void
  stop(): void
}

/** Counts from now on. `limitMs` of null never ends it; `onSilent` is called once. */
export function watchSilence(limitMs: number | null, onSilent: () => void): SilenceWatch {
  let lastAt = now()
  let timer: NodeJS.Timeout | undefined
  if (limitMs !== null) wait(limitMs, limitMs)

  // [node] A longer timer would fire at once.
  function wait(forMs: number, limit: number): void {
    timer = setTimeout(look, Math.min(forMs, defaultLimits.maxDelayMs), limit)
  }

  /** Bytes move no timer: there may be very many. */
  function look(limit: number): void {
    const left = limit - msBetween(lastAt, now())
    // A timer may come a moment early.
    if (left > 1) wait(left, limit)
    else onSilent()
  }

  return {
    heard(at) {
      lastAt = at
    },
    stop: () => clearTimeout(timer),
  }
}
