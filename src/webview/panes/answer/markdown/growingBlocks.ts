// The blocks of a Markdown text that grows at its end: what stands before the last two is not read again.

import type { Block } from './block.ts'
import { parseBlocks } from './blocks.ts'

export interface GrowingBlocks {
  /** Those of `source`: the one before and what has come since, or its beginning. `growing`: it may go on. */
  update(source: string, growing: boolean): readonly Block[]
}

export function createGrowingBlocks(): GrowingBlocks {
  let blocks: readonly Block[] = []
  let length = 0
  return {
    update(source, growing) {
      // A line that goes on can become one of the block above it, of no other. What was cut may end within any block.
      const kept = source.length < length ? [] : blocks.slice(0, -2)
      length = source.length
      blocks = [...kept, ...parseBlocks(source, growing, kept.length > 0 ? blocks.at(-2)?.from : 0)]
      return blocks
    },
  }
}
