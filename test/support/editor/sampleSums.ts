// Sums by bins for the timeline page in a test: of very many frames some stand for all.

import { type BinSum, binOf, type SumBins } from '../../../src/engine/capture/reading/binSums.ts'
import { type Frame, isWireKind } from '../../../src/shared/frame/frame.ts'

const mostLookedAt = 4000
const samples = 1000

export function sampleSums(frameOf: (seq: number) => Frame): SumBins {
  return (span, frames) => {
    const listed = 'seqs' in frames ? frames.seqs : null
    const after = 'seqs' in frames ? 0 : frames.after
    const count = listed?.length ?? ('last' in frames ? frames.last - frames.after : 0)
    const step = count > mostLookedAt ? count / samples : 1
    const sums: BinSum[] = []
    for (let index = 0; index < count; index += step) {
      const seq = listed?.[Math.floor(index)] ?? after + 1 + Math.floor(index)
      const { at, kind, direction, sizeBytes } = frameOf(seq)
      const bin = binOf(span, at)
      if (bin < 0 || (isWireKind(kind) && 'wire' in frames && !frames.wire)) continue
      const alike = Math.round(step)
      const bytes = sizeBytes * alike
      sums.push({ bin, kind, direction, frames: alike, bytes, firstSeq: seq, lastSeq: seq })
    }
    return sums
  }
}
