// A live session's counts: those of its frames, with what only the live session knows.

import type { SeenFrame } from '../../shared/frame/frame.ts'
import type { Statistics } from '../../shared/session/sessionState.ts'
import { createStatistics } from '../analyses/statistics.ts'

export interface LiveStatistics {
  /** To be called for every frame. */
  add(frame: SeenFrame): void
  /** Adds what the sockets counted. */
  wire(bytesIn: number, bytesOut: number): void
  /** A connection was begun. */
  connection(): void
  /** `nowMs` on the clock that stamps the frames; the rate is that of the second before it. */
  snapshot(nowMs: number): Statistics
}

export function createLiveStatistics(): LiveStatistics {
  const frames = createStatistics()
  let wireBytesIn = 0
  let wireBytesOut = 0
  let connections = 0
  return {
    add: frames.add,
    wire(more, moreOut) {
      wireBytesIn += more
      wireBytesOut += moreOut
    },
    connection() {
      connections++
    },
    snapshot: (nowMs) => ({ ...frames.result(nowMs), wireBytesIn, wireBytesOut, connections }),
  }
}
