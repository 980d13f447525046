// Frames that nobody keeps: numbered and counted like those of a capture, and let go.

import type { Recording } from './recording.ts'

/** For a session that is printed and not recorded: its memory does not grow. */
export function createFrameCount(): Recording {
  let frames = 0
  let startedAt: number | null = null
  return {
    get frames() {
      return frames
    },
    get startedAt() {
      return startedAt
    },
    full: false,
    path: null,
    // It is in no file that could be lost.
    lost: () => null,
    move() {
      throw new Error('this capture is not lost')
    },
    append(frame) {
      startedAt ??= frame.at
      return ++frames
    },
    flush() {
      // There is nothing to write.
    },
    keepStatistics() {
      // Nor to write them into.
    },
  }
}
