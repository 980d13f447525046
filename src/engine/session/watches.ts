// Starts the two watches beside a session's connections, on its capture and on its pressure, and records what they find.

import type { Recording } from '../capture/recording.ts'
import { watchCapture } from './captureWatch.ts'
import { watchPressure } from './pressure.ts'
import type { Recorder } from './recorder.ts'
import type { Timers } from './timers.ts'

export interface WatchesOptions {
  readonly timers: Timers
  readonly capture: Recording
  readonly recorder: Recorder
  /** The number of the connection that the frames stand beside. */
  connection(): number
  /** The capture is in this file now. */
  onMoved(capturePath: string): void
  /** The capture's file is lost, and no new place was found for it. */
  onFailure(error: unknown): void
}

export interface Watches {
  /** Checks the capture's files a last time, so that a loss is recorded before the end. */
  lookLast(): void
  stop(): void
}

/** Begins at once. */
export function startWatches(options: WatchesOptions): Watches {
  const { timers, capture, recorder, connection, onMoved, onFailure } = options
  const stopPressure = watchPressure(timers, (notice) =>
    recorder.emitLocal({ kind: 'notice', connection: connection(), ...notice }),
  )
  const files = watchCapture({
    timers,
    capture,
    tell: (frame) => recorder.emitLocal({ connection: connection(), ...frame }),
    onMoved,
    onFailure,
  })
  return {
    lookLast: files.lookLast,
    stop() {
      stopPressure()
      files.stop()
    },
  }
}
