// A head that comes in pieces: whether an answer can begin so, and where it ends. Each byte is looked at once, however few come at a time.

import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { findHeadEnd, mayBeginAnswer, passEmptyLines } from './answerHead.ts'

export interface GrowingHead {
  /** Answers with the offset behind the empty line that ends the head; -1 while that has not come, 0 where no answer begins so. */
  add(bytes: Uint8Array): number
  size(): number
  /** All that came, given away. */
  take(): Uint8Array
}

const lf = 0x0a

export function createGrowingHead(): GrowingHead {
  const bytes = createByteGatherer()
  /** Where it begins, behind empty lines. */
  let start = 0
  let hasLine = false

  return {
    add(piece) {
      const before = bytes.size()
      bytes.add(piece)
      const whole = bytes.peek()
      if (start === before) start = passEmptyLines(whole, start)
      // What its first line may be is settled with that.
      if (!hasLine) {
        if (!mayBeginAnswer(whole, start, before)) return 0
        hasLine = whole.indexOf(lf, Math.max(start, before)) >= 0
      }
      return findHeadEnd(whole, Math.max(start, before - 3))
    },
    size: bytes.size,
    take: bytes.take,
  }
}
