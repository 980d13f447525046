// The data of one event while its lines come in.

import { createByteGatherer } from '../bytes/byteGatherer.ts'

export interface SseData {
  /** Whether there is a line, which may be empty. */
  has(): boolean
  /** The line is lent until `take`, which copies it where there are several. Answers with the bytes so far. */
  add(line: Uint8Array): number
  /** The lines so far, joined by line feeds, lent until the next one. */
  peek(): Uint8Array
  /** [spec] HTML 9.2.6: the lines, joined by line feeds. There are none then. */
  take(): Uint8Array
}

const nothing = new Uint8Array(0)
const lineFeed = Uint8Array.of(10)

export function createSseData(): SseData {
  let count = 0
  let first: Uint8Array = nothing
  /** All lines once there are two. */
  const all = createByteGatherer()
  return {
    has: () => count > 0,
    peek: () => (count > 1 ? all.peek() : first),
    add(line) {
      count++
      if (count === 1) {
        first = line
        return line.length
      }
      if (count === 2) all.add(first)
      all.add(lineFeed)
      all.add(line)
      return all.size()
    },
    take() {
      const whole = count > 1 ? all.take() : first
      count = 0
      first = nothing
      return whole
    },
  }
}
