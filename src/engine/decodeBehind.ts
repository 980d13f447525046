// Has a capture decoded in small slices between everything else that its thread does.

import { performance } from 'node:perf_hooks'
import type { Capture } from './capture/capture.ts'

const sliceMs = 5
/** After a slice the thread is left alone: a tenth of the time is for decoding while the thread has much else to do, */
const busyMs = 45
/** and most of it while it has little. */
const quietMs = 1
/** What comes next waits for so long where nothing was left. */
const restMs = 10
/** The share of a window of so long from which on what else is to do is much. */
const busyShare = 0.5
const windowMs = 40

export interface DecodingPump {
  /** Decodes nothing more. To be called before the capture is closed. */
  stop(): void
}

/** Begins with what the capture holds; what is recorded later is decoded soon after it came. */
export function decodeBehind(capture: Pick<Capture, 'decode' | 'onUndecoded'>): DecodingPump {
  const thread = watchThread()
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
    isDue = !thread.spend(() => capture.decode(sliceMs))
    const pauseMs = thread.isBusy() ? busyMs : quietMs
    wait(isDue ? pauseMs : restMs)
  }

  function soon(): void {
    isDue = true
    if (timer === null && !stopped) wait(0)
  }

  capture.onUndecoded(soon)
  soon()
  return {
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** How much this thread does beside what it `spend`s. */
function watchThread() {
  let since = performance.eventLoopUtilization()
  let spentMs = 0
  let busy = true
  return {
    spend<T>(act: () => T): T {
      const began = performance.now()
      const answer = act()
      spentMs += performance.now() - began
      return answer
    },
    /** As of the last window that is over. */
    isBusy(): boolean {
      const { active, idle } = performance.eventLoopUtilization(since)
      const passedMs = active + idle
      if (passedMs < windowMs) return busy
      busy = active - spentMs >= busyShare * passedMs
      since = performance.eventLoopUtilization()
      spentMs = 0
      return busy
    },
  }
}
