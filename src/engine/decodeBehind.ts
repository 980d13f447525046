// Has a capture decoded in small slices between everything else that its thread does.

import type { Capture } from './capture/capture.ts'

/** How long a slice takes, and how long the thread is left alone after it. */
interface Pace {
  readonly sliceMs: number
  readonly pauseMs: number
}

/** A tenth of the time: what is left when a flood has ended is decoded then. */
const whileRecording: Pace = { sliceMs: 5, pauseMs: 45 }
const afterwards: Pace = { sliceMs: 20, pauseMs: 5 }

export interface DecodingPump {
  /** Frames were written, or the recording has ended. */
  soon(isRecording: boolean): void
  /** Decodes nothing more. To be called before the capture is closed. */
  stop(): void
}

export function decodeBehind(capture: Pick<Capture, 'decode'>): DecodingPump {
  let timer: NodeJS.Timeout | null = null
  let pace = whileRecording
  let stopped = false

  function decode(): void {
    timer = null
    if (!capture.decode(pace.sliceMs)) wait()
  }

  function wait(): void {
    // Nothing waits for it: what is not decoded at the end is decoded when the capture is closed or opened.
    timer = setTimeout(decode, pace.pauseMs).unref()
  }

  return {
    soon(isRecording) {
      pace = isRecording ? whileRecording : afterwards
      if (timer === null && !stopped) wait()
    },
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
