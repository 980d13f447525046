// The query of a filter over frames that a function makes: as the capture's own, but for what is decoded.

import type { FrameQuery } from '../../../src/engine/capture/reading/filterIndex.ts'
import { RpcError } from '../../../src/shared/calls/rpc.ts'
import { parseFilter } from '../../../src/shared/filter/parseFilter.ts'
import { isWireKind } from '../../../src/shared/frame/frame.ts'
import type { RowFilter } from '../../../src/shared/session/captureRows.ts'
import { type FrameBySeq, namesWire, slowlyMatches } from './slowFilter.ts'

/** Throws `bad-filter`. */
export function slowQuery({ text, find = '', wire }: RowFilter, frames: FrameBySeq): FrameQuery {
  const nodes = [text, find].flatMap((filter) => {
    const { node, mistakes } = parseFilter(filter)
    if (mistakes[0]) throw new RpcError('bad-filter', mistakes[0].message)
    return node ?? []
  })
  const shown = wire || nodes.some(namesWire)
  const isMatch = (seq: number) =>
    (shown || !isWireKind(frames(seq)?.kind ?? 'message')) &&
    nodes.every((node) => slowlyMatches(node, frames, seq, shown))
  return {
    matches: (after, last) =>
      Array.from({ length: Math.max(0, last - after) }, (_, offset) => after + 1 + offset).filter(
        isMatch,
      ),
  }
}
