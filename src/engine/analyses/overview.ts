// The overview of a session, in bins of time: its cost and its size are the same for any number of frames.

import { type Direction, type FrameKind, isWireKind } from '../../shared/frame/frame.ts'
import type { Overview } from '../../shared/session/overview.ts'
import { isTurnKind, type TalliedAnalysis } from './analysis.ts'
import { createOutages } from './outages.ts'
import { createTimeBins, lower, mostBins } from './timeBins.ts'

export function createOverview(): TalliedAnalysis<Overview> {
  const bins = createTimeBins()
  const framesIn = bins.sums(new Uint32Array(mostBins))
  const framesOut = bins.sums(new Uint32Array(mostBins))
  const bytesIn = bins.sums(new Float64Array(mostBins))
  const bytesOut = bins.sums(new Float64Array(mostBins))
  const errors = bins.sums(new Uint32Array(mostBins))
  const firstSeq = bins.lowest(new Uint32Array(mostBins))
  const outages = createOutages()
  let endAt: number | null = null

  function count(
    { kind, direction }: { readonly kind: FrameKind; readonly direction: Direction },
    at: number,
    seq: number,
    frames: number,
    bytes: number,
  ): void {
    const bin = bins.index(at)
    firstSeq[bin] = lower(firstSeq[bin] ?? 0, seq)
    if (kind === 'error') {
      errors[bin] = (errors[bin] ?? 0) + frames
    } else if (direction === 'in') {
      framesIn[bin] = (framesIn[bin] ?? 0) + frames
      bytesIn[bin] = (bytesIn[bin] ?? 0) + bytes
    } else if (direction === 'out') {
      framesOut[bin] = (framesOut[bin] ?? 0) + frames
      bytesOut[bin] = (bytesOut[bin] ?? 0) + bytes
    }
  }

  function reach(at: number): void {
    if (endAt === null || at > endAt) endAt = at
  }

  return {
    add(frame, seq) {
      const { kind, at } = frame
      if (isWireKind(kind)) return
      // A part of an answer is counted with the answer.
      const isPart = frame.kind === 'record' && frame.detail.partial === true
      count(frame, at, seq, 1, isPart ? 0 : frame.sizeBytes)
      reach(at)
      if (!isTurnKind(kind)) return
      // It tells nothing of the session's own connection.
      if (frame.kind === 'response' && frame.detail.purpose === 'companion') return
      const closeCode = frame.kind === 'error' ? (frame.detail.closeCode ?? null) : null
      outages.add({ seq, at, connection: frame.connection, kind, code: frame.code, closeCode })
    },
    get span() {
      return { startAt: bins.startAt, ms: bins.binMs }
    },
    addTally(tally) {
      count(tally, tally.fromAt, tally.seq, tally.frames, tally.bytes)
      reach(tally.untilAt)
    },
    addTurn: outages.add,
    result() {
      const { startAt, binMs, length } = bins
      return {
        startAt,
        endAt,
        binMs,
        framesIn: framesIn.slice(0, length),
        framesOut: framesOut.slice(0, length),
        bytesIn: bytesIn.slice(0, length),
        bytesOut: bytesOut.slice(0, length),
        errors: errors.slice(0, length),
        firstSeq: firstSeq.slice(0, length),
        outages: outages.result(),
      }
    },
  }
}
