// Has a capture decoded in small slices between everything else that its thread does.

import { performance } from 'node:perf_hooks'
import type { Capture } from './capture/capture.ts'

/** Nothing else is done meanwhile. */
const busySliceMs = 5
const quietSliceMs = 20
/** The pause between two slices while the thread has much else to do: a tenth of the time is for decoding. */
const busyPauseMs = 45
/** The pause while it has little else to do: most of the time is for decoding. */
const quietPauseMs = 2
/** The pause where nothing was left: what comes meanwhile is decoded together. */
const restMs = 10
/** Much else takes this share of the time that decoding leaves: collecting what decoding left behind takes half of a short pause. */
const busyShare = 0.75
/** It is no longer much below this share. */
const quietShare = 0.5
/** That is found out anew each time that so long has passed. */
const windowMs = 40

export interface DecodingPump {
  /** Decodes nothing more. To be called before the capture is closed. */
  stop(): void
}

/** Begins with what the capture holds; what is recorded later is decoded soon after it came. */
export function decodeBehind(capture: Pick<Capture, 'decode' | 'onUndecoded'>): DecodingPump {
  const thread = watchThread()
  /** The slice or pause that goes on; null while nothing is to be done. */
  let running: NodeJS.Timeout | null = null
  let isDue = false
  let isBusy = true
  let stopped = false

  function runIn(ms: number): void {
    // Nothing waits for it: what is not decoded at the end is decoded when the capture is closed or opened.
    running = setTimeout(run, ms).unref()
  }

  function run(): void {
    if (!isDue) {
      running = null
      return
    }
    const sliceMs = isBusy ? busySliceMs : quietSliceMs
    isDue = !thread.spend(() => capture.decode(sliceMs))
    isBusy = thread.isBusy()
    const pauseMs = isBusy ? busyPauseMs : quietPauseMs
    runIn(isDue ? pauseMs : restMs)
  }

  function soon(): void {
    if (stopped) return
    isDue = true
    if (running === null) runIn(0)
  }

  capture.onUndecoded(soon)
  soon()
  return {
    stop() {
      stopped = true
      if (running !== null) clearTimeout(running)
    },
  }
}

/** How much this thread does beside what it `spend`s. */
function watchThread() {
  let since = performance.eventLoopUtilization()
  let spentMs = 0
  let wasMuch = true
  let busy = true
  return {
    spend<T>(act: () => T): T {
      const began = performance.now()
      const answer = act()
      spentMs += performance.now() - began
      return answer
    },
    /** As of the last two windows that are over: a page that asks for its rows fills one. */
    isBusy(): boolean {
      const { active, idle } = performance.eventLoopUtilization(since)
      const passedMs = active + idle
      if (passedMs < windowMs) return busy
      const share = busy ? quietShare : busyShare
      const isMuch = active - spentMs >= share * (passedMs - spentMs)
      busy = isMuch && wasMuch
      wasMuch = isMuch
      since = performance.eventLoopUtilization()
      spentMs = 0
      return busy
    },
  }
}
