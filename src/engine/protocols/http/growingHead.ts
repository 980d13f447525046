// A head that comes in pieces: whether an answer can begin so, and where it ends. However few bytes come at a time, each
// is looked at once.

import { createByteGatherer } from '../bytes/byteGatherer.ts'
import { findHeadEnd, mayBeginAnswer, passEmptyLines } from './answerHead.ts'

export interface GrowingHead {
  /**
   * Answers with the offset behind the empty line that ends the head; -1 while that has not come, 0 where no answer
   * begins so. The bytes are lent until the head is taken.
   */
  add(bytes: Uint8Array): number
  size(): number
  /** All that came: the piece itself where it was one. */
  take(): Uint8Array
}

const lf = 0x0a

export function createGrowingHead(): GrowingHead {
  const gathered = createByteGatherer()
  let whole: Uint8Array = new Uint8Array(0)
  /** Where it begins, behind empty lines. */
  let start = 0
  let hasLine = false

  /** One piece is not copied: hundreds of heads may stand in it, each of which is looked at with all that follows. */
  function gather(piece: Uint8Array): Uint8Array {
    if (whole.length === 0) return piece
    if (gathered.size() === 0) gathered.add(whole)
    gathered.add(piece)
    return gathered.peek()
  }

  return {
    add(piece) {
      const before = whole.length
      whole = gather(piece)
      if (start === before) start = passEmptyLines(whole, start)
      // What its first line may be is settled with that.
      if (!hasLine) {
        if (!mayBeginAnswer(whole, start, before)) return 0
        hasLine = whole.indexOf(lf, Math.max(start, before)) >= 0
      }
      return findHeadEnd(whole, Math.max(start, before - 3))
    },
    size: () => whole.length,
    take: () => whole,
  }
}
