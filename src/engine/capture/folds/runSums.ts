// Sums up the frames of a run as they are read: names, sizes, round trips, the time between them, their rate.

import type { FrameKind } from '../../../shared/frame/frame.ts'
import { foldLimits } from '../../../shared/limits.ts'
import type { FoldSums } from '../../../shared/session/captureRows.ts'
import { heartbeatKinds } from './foldTraits.ts'

/** What is summed up of a frame. */
export interface SummedFrame {
  readonly at: number
  readonly kind: FrameKind
  readonly name: string
  readonly sizeBytes: number
  readonly wireBytes: number
  /** It answers another one of the run, and is not counted apart. */
  readonly isAnswer: boolean
  /** How long the answer took. */
  readonly roundTripMs: number | null
}

export interface RunSums {
  add(frame: SummedFrame): void
  sums(): FoldSums
  /** The same sums, to which other frames may be added. */
  fork(): RunSums
}

/** The width of a run's first bins. */
const leastBinMs = 1

interface Summed {
  readonly names: Map<string, number>
  readonly kinds: Set<FrameKind>
  readonly gaps: Quantiles
  /** Frames by time, in bins of `binMs`. */
  counts: number[]
  binMs: number
  firstAt: number | null
  lastAt: number
  frames: number
  answers: number
  heartbeats: number
  sizeBytes: number
  wireBytes: number
  /** Of round trips. */
  least: number
  most: number
}

export function createRunSums(): RunSums {
  return sumsFrom({
    names: new Map(),
    kinds: new Set(),
    gaps: createQuantiles(),
    counts: new Array<number>(foldLimits.bins).fill(0),
    binMs: leastBinMs,
    ...{ firstAt: null, lastAt: 0 },
    ...{ frames: 0, answers: 0, heartbeats: 0, sizeBytes: 0, wireBytes: 0 },
    ...{ least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY },
  })
}

function sumsFrom({ names, kinds, gaps, ...start }: Summed): RunSums {
  let { counts, binMs, firstAt, lastAt, frames, answers, heartbeats } = start
  let { sizeBytes, wireBytes, least, most } = start

  function addToRate(at: number): void {
    const sinceMs = Math.max(0, at - (firstAt ?? at))
    while (sinceMs >= binMs * foldLimits.bins) {
      counts = counts.map((_, bin) => (counts[2 * bin] ?? 0) + (counts[2 * bin + 1] ?? 0))
      binMs *= 2
    }
    const bin = Math.floor(sinceMs / binMs)
    counts[bin] = (counts[bin] ?? 0) + 1
  }

  function addName(name: string): void {
    const count = names.get(name)
    if (count !== undefined || names.size < foldLimits.names) names.set(name, (count ?? 0) + 1)
  }

  function add(frame: SummedFrame): void {
    if (Number.isFinite(frame.at)) {
      if (firstAt !== null) gaps.add(frame.at - lastAt)
      firstAt ??= frame.at
      lastAt = frame.at
      addToRate(frame.at)
    }
    kinds.add(frame.kind)
    frames++
    if (heartbeatKinds.includes(frame.kind)) heartbeats++
    if (frame.isAnswer) answers++
    addName(frame.name)
    sizeBytes += frame.sizeBytes
    wireBytes += frame.wireBytes
    if (frame.roundTripMs === null) return
    least = Math.min(least, frame.roundTripMs)
    most = Math.max(most, frame.roundTripMs)
  }

  /** Of all frames but heartbeats, where there are others. */
  function kind(): FrameKind | null {
    const others = [...kinds].filter((one) => !heartbeatKinds.includes(one))
    const [first = null, ...more] = others.length > 0 ? others : kinds
    return more.length > 0 ? null : first
  }

  function sums(): FoldSums {
    const told = [...names]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, foldLimits.namesTold)
    const bins = Math.min(foldLimits.bins, Math.floor((lastAt - (firstAt ?? lastAt)) / binMs) + 1)
    return {
      count: frames - answers,
      kind: kind(),
      ...(heartbeats > 0 && heartbeats < frames && { heartbeats }),
      names: told,
      others: told.reduce((rest, { count }) => rest - count, frames),
      sizeBytes,
      wireBytes,
      ...(least <= most && { roundTripMs: { least, most } }),
      gapsMs: gaps.result(),
      rate: { binMs, counts: counts.slice(0, Math.max(0, bins)) },
    }
  }

  return {
    add,
    sums,
    fork: () =>
      sumsFrom({
        ...{ names: new Map(names), kinds: new Set(kinds), gaps: gaps.fork(), counts: [...counts] },
        ...{ binMs, firstAt, lastAt, frames, answers, heartbeats },
        ...{ sizeBytes, wireBytes, least, most },
      }),
  }
}

/** Each bin of the times is so many times as wide as the one before it: what is told of half of them is as near. */
const ratio = 1.02
const shortestMs = 0.001
const bins = 1200

/** The half and the greatest of times in ms. */
interface Quantiles {
  add(ms: number): void
  result(): { readonly half: number; readonly most: number }
  fork(): Quantiles
}

function createQuantiles(counts = new Uint32Array(bins), start = { count: 0, most: 0 }): Quantiles {
  let { count, most } = start

  function half(): number {
    let left = count / 2
    for (let bin = 0; bin < bins; bin++) {
      left -= counts[bin] ?? 0
      if (left <= 0) return Math.min(most, bin === 0 ? 0 : shortestMs * ratio ** (bin - 0.5))
    }
    return most
  }

  return {
    add(ms: number): void {
      const bin = Math.ceil(Math.log(Math.max(ms, shortestMs) / shortestMs) / Math.log(ratio))
      counts[Math.min(bin, bins - 1)] = (counts[Math.min(bin, bins - 1)] ?? 0) + 1
      count++
      most = Math.max(most, ms)
    },
    result: () => ({ half: count === 0 ? 0 : half(), most }),
    fork: () => createQuantiles(counts.slice(), { count, most }),
  }
}
