// Tells views the state of a session: at once after a quiet time, else twice as often as screens draw, a flood less often.

import type { SessionStatus } from '../../shared/session/sessionState.ts'
import type { Timers } from './timers.ts'

/** Twice as often as screens draw, while few frames come: what comes right before a picture is then in it. */
const calmMs = 8
/** More of a flood cannot be read anyway, and the thread has frames to record. What makes no frame can wait, too. */
const floodMs = 50
/** Frames in a millisecond. */
const floodRate = 5
/** Views that have not taken what they were told are told more after so long. */
const takenMs = 250
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
  /** May answer a promise of when views have taken it, which must not reject. */
  push: (status: SessionStatus) => unknown,
): StatusPusher {
  let cancelSoon: (() => void) | null = null
  let cancelLater: (() => void) | null = null
  let over = false
  let toldAt = Number.NEGATIVE_INFINITY
  let toldFrames = 0
  let everyMs = calmMs
  /** Ends the wait for the views; null while they have taken all. */
  let cancelTaken: (() => void) | null = null
  let changed = false

  function tell(status = read()): void {
    const now = timers.now()
    const added = status.frames - toldFrames
    everyMs = added > 0 && added <= (now - toldAt) * floodRate ? calmMs : floodMs
    toldAt = now
    toldFrames = status.frames
    cancelSoon?.()
    cancelLater?.()
    cancelSoon = null
    cancelLater = null
    const taken = push(status)
    if (over) return
    if (taken instanceof Promise) awaitViews(taken)
    if (status.statistics.framesPerSecond > 0) cancelLater = timers.after(whileRateMs, () => tell())
    else lookAgain(status)
  }

  /** Those that have much else to do are told less often. */
  function awaitViews(taken: Promise<unknown>): void {
    cancelTaken?.()
    const go = () => {
      cancelTaken?.()
      cancelTaken = null
      if (changed) soon()
    }
    const cancel = timers.after(takenMs, go)
    cancelTaken = cancel
    void taken.then(() => {
      if (cancelTaken === cancel) go()
    })
  }

  function soon(): void {
    changed = cancelTaken !== null
    if (over || changed || cancelSoon !== null) return
    cancelSoon = timers.after(Math.max(0, toldAt + everyMs - timers.now()), () => tell())
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
    soon,
    last() {
      over = true
      tell()
    },
  }
}
