// The time in which something could arrive: while a request was open, or a stream.

import type { Frame } from '../../shared/frame/frame.ts'

export interface OpenTime {
  add(frame: Frame): void
  /** Milliseconds up to then, what is open still included. */
  until(at: number): number
}

export function createOpenTime(): OpenTime {
  let sumMs = 0
  /** What is summed up so far ends here: exchanges may overlap. */
  let countedAt = 0
  /** Since when a stream is open. */
  let streamAt: number | null = null

  function count(from: number, to: number): void {
    const start = Math.max(from, countedAt)
    if (to <= start) return
    sumMs += to - start
    countedAt = to
  }

  function endStream(at: number): void {
    if (streamAt !== null) count(streamAt, at)
    streamAt = null
  }

  return {
    add(frame) {
      const { kind, at } = frame
      if (kind === 'error' || kind === 'wait' || kind === 'close' || kind === 'end') endStream(at)
      if (kind !== 'response') return
      const { purpose, status, refused, timings } = frame.detail
      if (purpose === 'stream' || purpose === 'handshake') {
        const opens = !refused && (status === 101 || (status >= 200 && status < 300))
        if (opens) streamAt = at
      } else if (purpose !== 'companion') count(at - (timings.totalMs ?? 0), at)
    },
    until(at) {
      return sumMs + (streamAt === null ? 0 : Math.max(0, at - Math.max(streamAt, countedAt)))
    },
  }
}
