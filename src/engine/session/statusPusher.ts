// Tells views the state of a session: soon after a change, at most 20 times a second.

import type { SessionStatus } from '../../shared/session/sessionState.ts'
import type { Timers } from './timers.ts'

const everyMs = 50
/** While the rate is above zero, views are updated twice a second, so that they see it fall. */
const whileRateMs = 500
/** An answer that comes slowly makes no frame before it is complete: how much has come is looked at so often. */
const whileAnswerMs = 500

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
  let cancelLater: (() => void) | null = null
  let over = false

  function tell(status = read()): void {
    cancelSoon?.()
    cancelLater?.()
    cancelSoon = null
    cancelLater = null
    push(status)
    if (over) return
    if (status.statistics.framesPerSecond > 0) cancelLater = timers.after(whileRateMs, () => tell())
    else lookAgain(status)
  }

  /** Tells only what has grown: an answer may be held for minutes. */
  function lookAgain({ pending, unfinished }: SessionStatus): void {
    if (pending?.kind !== 'answer') return
    cancelLater = timers.after(whileAnswerMs, () => {
      const status = read()
      if (status.unfinished?.bytes === unfinished?.bytes) lookAgain(status)
      else tell(status)
    })
  }

  return {
    soon() {
      if (!over) cancelSoon ??= timers.after(everyMs, () => tell())
    },
    last() {
      over = true
      tell()
    },
  }
}
