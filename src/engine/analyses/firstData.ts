// The first data of the peer: after a companion request, what it may have caused.

import { isPeerData } from '../../shared/frame/frame.ts'
import type { FrameMark } from '../../shared/session/analysisResults.ts'
import type { Analysis } from './analysis.ts'

export function createFirstData(): Analysis<FrameMark | null> {
  let first: FrameMark | null = null
  return {
    add(frame, seq) {
      if (first === null && isPeerData(frame)) first = { seq, at: frame.at }
    },
    result: () => first,
    get settled() {
      return first !== null
    },
  }
}
