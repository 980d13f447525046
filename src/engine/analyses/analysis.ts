// The contract of an analysis: a fold over frames, the same while they are recorded and when they are read again.

import type { SeenFrame } from '../../shared/frame/frame.ts'

export interface Analysis<Result, Seen = SeenFrame> {
  /**
   * Called for each frame in order of recording, also in a flood of 100,000 a second: a few comparisons, no
   * allocation. It keeps no frame, and never throws, whatever the peer sent or a file holds.
   */
  add(frame: Seen, seq: number): void
  /** What is known after these frames, as plain data. */
  result(): Result
  /** Nothing that comes can change the result. */
  readonly settled?: boolean
}
