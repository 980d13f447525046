// Has a capture decoded in small slices between everything else that its thread does.

import type { Capture } from './capture/capture.ts'

/** How long a slice takes, and how long the thread is left alone after it: shorter where nothing was left. */
interface Pace {
  readonly sliceMs: number
  readonly pauseMs: number
  readonly restMs: number
}

/** A tenth of the time: what is left when a flood has ended is decoded then. */
const whileRecording: Pace = { sliceMs: 5, pauseMs: 45, restMs: 10 }
const afterwards: Pace = { sliceMs: 20, pauseMs: 5, restMs: 5 }

export interface DecodingPump {
  /** The recording has ended: what is left may take more of the time. */
  hurry(): void
  /** Decodes nothing more. To be called before the capture is closed. */
  stop(): void
}

/** Begins with what the capture holds; what is recorded later is decoded soon after it came. */
export function decodeBehind(
  capture: Pick<Capture, 'decode' | 'onUndecoded'>,
  isRecording: boolean,
): DecodingPump {
  let pace = isRecording ? whileRecording : afterwards
  let timer: NodeJS.Timeout | null = null
  let isDue = false
  let stopped = false

  function wait(ms: number): void {
    // Nothing waits for it: what is not decoded at the end is decoded when the capture is closed or opened.
    timer = setTimeout(next, ms).unref()
  }

  function next(): void {
    timer = null
    if (!isDue) return
    isDue = !capture.decode(pace.sliceMs)
    wait(isDue ? pace.pauseMs : pace.restMs)
  }

  function soon(): void {
    isDue = true
    if (timer === null && !stopped) wait(0)
  }

  capture.onUndecoded(soon)
  soon()
  return {
    hurry() {
      pace = afterwards
      soon()
    },
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
