// Frames that are written together, and numbered one after the other.

import type { NewFrame } from '../../shared/frame/frame.ts'

export interface Batch {
  readonly frames: readonly NewFrame[]
  /** The number of the first. */
  readonly firstSeq: number
}
