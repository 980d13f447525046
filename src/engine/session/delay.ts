// The wait before the next connection, which the end of the session and a user in a hurry cut short.

import type { Timers } from './timers.ts'

export interface Delay {
  /** Resolves after so long, or when it is cut short. One at a time. */
  pass(delayMs: number): Promise<void>
  /** Cuts the wait short; false when there is none. */
  skip(): boolean
}

/** `signal` cuts it short as well. */
export function createDelay(timers: Timers, signal: AbortSignal): Delay {
  let end: (() => void) | null = null

  return {
    pass(delayMs) {
      if (signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const over = () => {
          cancel()
          signal.removeEventListener('abort', over)
          end = null
          resolve()
        }
        const cancel = timers.after(delayMs, over)
        end = over
        signal.addEventListener('abort', over, { once: true })
      })
    },
    skip() {
      if (end === null) return false
      end()
      return true
    },
  }
}
