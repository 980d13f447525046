// Looks twice a second whether the capture's files are still there, also when no frame comes, and records what it finds.

import type { Recording } from './capture/capture.ts'
import type { LocalFrame } from './recorder.ts'
import type { Timers } from './timers.ts'

const everyMs = 500

export interface CaptureWatchOptions {
  readonly timers: Timers
  readonly capture: Recording
  /** Tells that recording goes on in another file. The frame's connection is the caller's to know. */
  tell(frame: Pick<LocalFrame & { kind: 'error' }, 'kind' | 'code' | 'detail'>): void
  /** The capture is in this file now. */
  onMoved(path: string): void
  /** There is nowhere to go on. */
  onFailure(error: unknown): void
}

export interface CaptureWatch {
  look(): void
  stop(): void
}

/** Begins at once. */
export function watchCapture(options: CaptureWatchOptions): CaptureWatch {
  const { timers, capture } = options
  let cancel = timers.after(everyMs, again)

  function again(): void {
    cancel = timers.after(everyMs, again)
    look()
  }

  function look(): void {
    try {
      const message = capture.keepFile()
      if (message === null) return
      options.tell({ kind: 'error', code: 'capture-lost', detail: { message } })
      if (capture.path !== null) options.onMoved(capture.path)
    } catch (error) {
      options.onFailure(error)
    }
  }

  return { look, stop: () => cancel() }
}
