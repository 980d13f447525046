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
}

/** The width of a run's first bins. */
const leastBinMs = 1

export function createRunSums(): RunSums {
  const names = new Map<string, number>()
  const gaps = createQuantiles()
  let counts = new Array<number>(foldLimits.bins).fill(0)
  let binMs = leastBinMs
  let firstAt: number | null = null
  let lastAt = 0
  let frames = 0
  let answers = 0
  let heartbeats = 0
  const kinds = new Set<FrameKind>()
  let [sizeBytes, wireBytes] = [0, 0]
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

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

  return { add, sums }
}

/** Each bin of the times is so many times as wide as the one before it: what is told of half of them is as near. */
const ratio = 1.02
const shortestMs = 0.001
const bins = 1200

/** The half and the greatest of times in ms. */
function createQuantiles() {
  const counts = new Uint32Array(bins)
  let count = 0
  let most = 0

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
  }
}
