// Tallies for the timeline page in a test: of very many frames some stand for all, for each is made when it is asked for.

import { isTurnKind } from '../../../src/engine/analyses/analysis.ts'
import type { TallyFrames } from '../../../src/engine/capture/reading/tallies.ts'
import { type Frame, isWireKind } from '../../../src/shared/frame/frame.ts'

const mostLookedAt = 4000
const samples = 100

export function sampleTallies(frameOf: (seq: number) => Frame): TallyFrames {
  return (analysis, after, last) => {
    const count = last - after
    const step = count > mostLookedAt ? count / samples : 1
    for (let seq = after + 1; seq <= last; seq += step) {
      const frame = frameOf(Math.floor(seq))
      const { kind, direction, at, sizeBytes, connection, code } = frame
      if (isWireKind(kind)) continue
      const bytes = sizeBytes * step
      const tally = { fromAt: at, untilAt: at, kind, direction, bytes, seq: frame.seq }
      analysis.addTally({ ...tally, frames: Math.round(step) })
      const closeCode = frame.kind === 'error' ? (frame.detail.closeCode ?? null) : null
      if (isTurnKind(kind))
        analysis.addTurn({ seq: frame.seq, at, connection, kind, code, closeCode })
    }
  }
}
