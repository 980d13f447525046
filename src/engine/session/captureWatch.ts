// Looks twice a second whether the capture's files are still there, also when no frame comes, and has it go on in a
// new file where they are not.

import type { Recording } from '../capture/recording.ts'
import type { LocalFrame } from './recorder.ts'
import type { Timers } from './timers.ts'

const everyMs = 500
/** So that views and printers are told of the loss before the session's thread is busy. */
const toldMs = 100
/** Frames wait in memory meanwhile. Longer turns let fewer of them arrive. */
const turnMs = 50

/** Without the connection, which the watch does not know. */
type Told<F = LocalFrame & { kind: 'error' | 'notice' }> = F extends unknown
  ? Omit<F, 'connection'>
  : never

export interface CaptureWatchOptions {
  readonly timers: Timers
  readonly capture: Recording
  /** Records what has happened. The frame's connection is the caller's to know. */
  tell(frame: Told): void
  /** The capture is in this file now. */
  onMoved(path: string): void
  /** No new place was found for the capture. */
  onFailure(error: unknown): void
}

export interface CaptureWatch {
  /** Looks a last time and moves a lost capture before it returns. */
  lookLast(): void
  stop(): void
}

/** Begins at once. */
export function watchCapture(options: CaptureWatchOptions): CaptureWatch {
  const { timers, capture, tell, onMoved, onFailure } = options
  let moving: Generator<void, string> | null = null
  /** No new place was found; the watch is over. */
  let failed = false
  let cancel = timers.after(everyMs, look)

  function look(): void {
    beginMove()
    cancel = moving ? timers.after(toldMs, go) : timers.after(everyMs, look)
  }

  /** Some steps at a time: sockets and views are served between them. */
  function go(): void {
    const until = performance.now() + turnMs
    while (moving && performance.now() < until) step()
    cancel = moving ? timers.after(0, go) : timers.after(everyMs, look)
  }

  /** Tells the loss only where there is a new place; otherwise the failure tells it. */
  function beginMove(): void {
    const what = failed ? null : capture.lost()
    if (what === null) return
    moving = capture.move()
    step()
    const message = `${what}. What can still be read of it goes into a new file.`
    if (moving) tell({ kind: 'error', code: 'capture-lost', detail: { message } })
  }

  function step(): void {
    try {
      const next = moving?.next()
      if (!next?.done) return
      moving = null
      tell({ kind: 'notice', code: 'capture-moved', detail: { message: next.value } })
      if (capture.path !== null) onMoved(capture.path)
    } catch (error) {
      moving = null
      failed = true
      onFailure(error)
    }
  }

  return {
    lookLast() {
      if (!moving) beginMove()
      while (moving) step()
    },
    stop: () => cancel(),
  }
}
