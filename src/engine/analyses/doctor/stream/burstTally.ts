// The bursts of a session's streams, summed up.

import { type Burst, bufferSizeOf, createBurstCutter } from '../shapes/bursts.ts'
import { createEvidence, type Evidence } from '../shapes/evidence.ts'
import type { SeenOf } from '../shapes/rule.ts'
import { streamThresholds } from '../shapes/thresholds.ts'

const { burst: limits } = streamThresholds

export interface BurstTally {
  add(seen: SeenOf<'event' | 'record'>): void
  /** The stream is over: the last burst was let go by its end, and fills nothing. */
  over(): void
  result(): BurstsSeen
}

export interface BurstsSeen {
  /** Frames of data. */
  readonly data: number
  /** Frames that came by themselves or with one or two others. */
  readonly apart: number
  /** Those of at least `least` frames, and the frames in them. */
  readonly bursts: number
  readonly inBursts: number
  /** Means: of the time between two bursts, and between two frames inside. */
  readonly apartMs: number
  readonly insideMs: number
  /** Of full bursts, on the wire. */
  readonly leastBytes: number
  readonly mostBytes: number
  readonly largestFrame: number
  readonly leastCount: number
  readonly mostCount: number
  /** A size of a buffer that so many bursts have filled; null without one. */
  readonly buffer: { readonly size: number; readonly bursts: number } | null
  readonly evidence: Evidence
  /** Most data came in bursts that are far apart. */
  readonly isBursty: boolean
}

export function createBurstTally(): BurstTally {
  const cutter = createBurstCutter()
  const evidence = createEvidence()
  const sizes = new Map<number, number>()
  let [data, apart, bursts, inBursts] = [0, 0, 0, 0]
  let [gaps, gapsMs, insides, insidesMs] = [0, 0, 0, 0]
  let [leastBytes, mostBytes, largestFrame] = [Number.POSITIVE_INFINITY, 0, 0]
  let [leastCount, mostCount] = [Number.POSITIVE_INFINITY, 0]
  let before: Burst | null = null
  let connection = 0

  function take(burst: Burst, isFull: boolean): void {
    data += burst.count
    if (burst.count < limits.least) {
      if (burst.count < 3) apart += burst.count
      return
    }
    bursts++
    inBursts += burst.count
    evidence.add(burst.firstSeq)
    insides += burst.count - 1
    insidesMs += burst.lastAt - burst.firstAt
    if (before !== null) {
      gaps++
      gapsMs += burst.firstAt - before.lastAt
    }
    before = burst
    if (isFull) measure(burst)
  }

  function measure(burst: Burst): void {
    leastBytes = Math.min(leastBytes, burst.bytes)
    mostBytes = Math.max(mostBytes, burst.bytes)
    leastCount = Math.min(leastCount, burst.count)
    mostCount = Math.max(mostCount, burst.count)
    largestFrame = Math.max(largestFrame, burst.largest)
    const size = bufferSizeOf(burst)
    if (size !== null) sizes.set(size, (sizes.get(size) ?? 0) + 1)
  }

  function over(): void {
    const last = cutter.flush()
    if (last !== null) take(last, false)
    before = null
  }

  return {
    add({ frame, seq }) {
      if (frame.kind === 'record' && frame.detail.partial) return
      if (frame.connection !== connection) over()
      connection = frame.connection
      const ended = cutter.add(frame.at, seq, frame.wireBytes)
      if (ended !== null) take(ended, true)
    },
    over,
    result() {
      const [apartMs, insideMs] = [gapsMs / Math.max(1, gaps), insidesMs / Math.max(1, insides)]
      const [fullest] = [...sizes].sort((a, b) => b[1] - a[1])
      return {
        ...{ data, apart, bursts, inBursts, apartMs, insideMs, evidence },
        ...{ leastBytes, mostBytes, largestFrame, leastCount, mostCount },
        buffer: fullest ? { size: fullest[0], bursts: fullest[1] } : null,
        isBursty:
          bursts >= limits.count &&
          inBursts >= limits.share * data &&
          apartMs >= Math.max(limits.apartMs, limits.ratio * insideMs),
      }
    },
  }
}
