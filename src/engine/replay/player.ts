// Plays cues at their times: each is due at the start plus its time, so that a late one makes none of the others late.

import type { Timers } from '../session/timers.ts'
import { replayLimits } from './replayLimits.ts'

export interface Cue {
  /** Since the start of what was recorded, in ms. */
  readonly at: number
  /** Not before so many messages of the client. */
  readonly after?: number
}

export interface PlayerOptions<One extends Cue> {
  readonly cues: readonly One[]
  /** The first one that is played, and the recorded time at which playing starts. */
  readonly from: number
  readonly startsAt: number
  /** When the client's messages came, since the start of what was recorded. */
  readonly heardAt?: readonly number[]
  /** How long a round lasts, in ms; null: behind the last cue nothing comes. */
  readonly roundMs: number | null
  /** 2: twice as fast; 0: at once. */
  readonly speed: number
  readonly timers: Pick<Timers, 'now' | 'after'>
  /** Resolves when there is room for more; null where there is. */
  perform(cue: One): Promise<void> | null
}

export interface Player {
  start(): void
  /** The client has sent a message. */
  heard(): void
  stop(): void
}

/** What a timer of Node's can hold. */
const longestMs = 2 ** 31 - 1

export function createPlayer<One extends Cue>(options: PlayerOptions<One>): Player {
  const { cues, heardAt = [], speed, timers, perform } = options
  let next = options.from
  /** When what was recorded at 0 is due. */
  let base = timers.now() - scaled(options.startsAt)
  let heard = 0
  /** In later rounds the client need not say everything again. */
  let waitsForClient = true
  let isWaiting = false
  let isStopped = false
  let cancel = () => {}

  function scaled(ms: number): number {
    return speed === 0 ? 0 : ms / speed
  }

  function later(delayMs: number): void {
    cancel()
    cancel = timers.after(Math.min(delayMs, longestMs), step)
  }

  /** False where there is none. */
  function beginAgain(): boolean {
    if (options.roundMs === null || cues.length === 0) return false
    base += Math.max(scaled(options.roundMs), replayLimits.roundMs)
    next = 0
    waitsForClient = false
    return true
  }

  /** In ms; null: the next cue waits for the client, or there is none. */
  function waitForNext(): number | null {
    if (cues[next] === undefined && !beginAgain()) return null
    const cue = cues[next]
    if (cue === undefined || (waitsForClient && (cue.after ?? 0) > heard)) return null
    return Math.max(0, base + scaled(cue.at) - timers.now())
  }

  function step(): void {
    if (isStopped || isWaiting) return
    cancel()
    for (let count = 0; count < replayLimits.burst; count++) {
      const waitMs = waitForNext()
      if (waitMs === null) return
      if (waitMs > 0) {
        later(waitMs)
        return
      }
      const cue = cues[next++]
      const room = cue === undefined ? null : perform(cue)
      if (isStopped) return
      if (room !== null) {
        waitFor(room)
        return
      }
    }
    later(0)
  }

  function waitFor(room: Promise<void>): void {
    isWaiting = true
    void room.then(() => {
      isWaiting = false
      step()
    })
  }

  return {
    start: step,
    heard() {
      const recordedAt = heardAt[heard]
      heard++
      // What follows a message keeps its distance to it, and what the client was late for is late by as much.
      if (recordedAt !== undefined && speed > 0) {
        base = Math.max(base, timers.now() - scaled(recordedAt))
      }
      step()
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}
