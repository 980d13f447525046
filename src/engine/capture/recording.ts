// The contract of a recording: what a session writes its frames into.

import type { NewFrame } from '../../shared/frame/frame.ts'
import type { Statistics } from '../../shared/session/sessionState.ts'

/** What a session writes its frames into. All calls are synchronous. */
export interface Recording {
  /** The highest sequence number, frames that wait to be written included. */
  readonly frames: number
  /** `at` of the first frame; null before it. */
  readonly startedAt: number | null
  /** The size has reached `limits.captureBytes`. Frames are still taken: the session ends itself. */
  readonly full: boolean
  /** The file; null in memory. Another one once `move` is through. */
  readonly path: string | null
  /**
   * Takes a frame and answers with its sequence number. Frame and payload belong to the capture from
   * then on. Details that frames share (`share`) are stored once. Writes a batch when
   * `limits.batchFrames` or `limits.batchBytes` are reached; after `limits.batchMs` the session
   * calls `flush`. Never throws: a failure to write is told by the next `flush`.
   */
  append(frame: NewFrame): number
  /**
   * Writes what waits, in one transaction. When that fails, now or in `append` or a read before, it
   * throws `capture-write-failed` once. Frames written before stay in the file; the others, and those
   * that still come, stay in memory and are read like the rest.
   */
  flush(): void
  /**
   * Looks whether the files are still there, as they were written. If not, what has happened, as a sentence without
   * its full stop, and from then on frames stay in memory until `move` is through; null while all is well.
   */
  lost(): string | null
  /**
   * Puts everything that can still be read into a new file, where recording goes on; answers what became of it, in
   * sentences. Each step takes about 10 ms, and frames may be appended and rows read between them; where too many
   * wait, one step does the rest and holds the sender back. The first one finds the place. Throws `capture-lost` when
   * there is none, or no room: frames then stay in memory.
   */
  move(): Generator<void, string>
  /** Each batch also stores what `read` gives, so that an opened capture has its statistics at once. */
  keepStatistics(read: () => Statistics): void
}
