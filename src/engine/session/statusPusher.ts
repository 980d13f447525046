// Tells views the state of a session: soon after a change, at most 20 times a second.

import type { SessionStatus } from '../../shared/session/sessionState.ts'
import type { Timers } from './timers.ts'

const everyMs = 50
/** While the rate is above zero, views are updated twice a second, so that they see it fall. */
const whileRateMs = 500

export interface StatusPusher {
  /** Something changed. */
  soon(): void
  /** Tells at once and for the last time. */
  last(): void
}

export function createStatusPusher(
  timers: Timers,
  read: () => SessionStatus,
  push: (status: SessionStatus) => void,
): StatusPusher {
  let cancelSoon: (() => void) | null = null
  let cancelRate: (() => void) | null = null
  let over = false

  function tell(): void {
    cancelSoon?.()
    cancelRate?.()
    cancelSoon = null
    cancelRate = null
    const status = read()
    push(status)
    if (!over && status.statistics.framesPerSecond > 0) cancelRate = timers.after(whileRateMs, tell)
  }

  return {
    soon() {
      if (!over) cancelSoon ??= timers.after(everyMs, tell)
    },
    last() {
      over = true
      tell()
    },
  }
}
