// A number in the payloads of like frames over time, in bins of time that keep the least, the most and the last.

import type { SeenFrame } from '../../shared/frame/frame.ts'
import { frameType } from '../../shared/frame/frameType.ts'
import { createJsonTypes } from '../../shared/frame/jsonType.ts'
import { plotLimits } from '../../shared/limits.ts'
import type { ValuePlace, ValuesOverTime } from '../../shared/session/values.ts'
import { parsePath } from '../../shared/text/jsonPath.ts'
import type { Analysis } from './analysis.ts'
import { createNumberFinder } from './numbers/numberAt.ts'
import { createTimeBins } from './timeBins.ts'

/** Without a place, or with a path that is none, there are no values. */
export function createValues(place: ValuePlace | undefined): Analysis<ValuesOverTime> {
  const path = place ? parsePath(place.path) : null
  const find = path && createNumberFinder(path)
  const types = createJsonTypes()
  const bins = createValueBins()
  let count = 0
  let last: number | null = null
  let lastSeq = 0
  let unread = 0

  function isMeant({ kind, direction }: SeenFrame): boolean {
    return kind === place?.kind && direction === place.direction
  }

  function hasType(frame: SeenFrame, bytes: Uint8Array): boolean {
    return place?.type === null || frameType(frame, types.of(bytes)) === place?.type
  }

  return {
    wantedBytes: (frame) => (isMeant(frame) ? plotLimits.payloadBytes : 0),
    add(frame, seq, start = null) {
      if (find === null || start === null || !isMeant(frame) || !hasType(frame, start)) return
      const end = Math.min(start.length, plotLimits.payloadBytes)
      const value = find(start, end)
      if (Number.isFinite(value)) {
        count++
        last = value
        lastSeq = seq
        bins.add(frame.at, value, seq)
      } else if (frame.sizeBytes > end) unread++
    },
    result: () => ({ count, last, lastSeq, unread, ...bins.result() }),
  }
}

function createValueBins() {
  const bins = createTimeBins(plotLimits.bins)
  const list = () => new Float64Array(plotLimits.bins).fill(Number.NaN)
  const seqs = () => new Uint32Array(plotLimits.bins)
  const [least, most, lasts] = [list(), list(), list()]
  const [leastSeqs, mostSeqs, lastSeqs] = [seqs(), seqs(), seqs()]

  /** Has a bin know of values between `low` and `high`, which came after those that it has. */
  function put(bin: number, low: number, lowSeq: number, high: number, highSeq: number): void {
    if (!((least[bin] ?? Number.NaN) <= low)) {
      least[bin] = low
      leastSeqs[bin] = lowSeq
    }
    if (!((most[bin] ?? Number.NaN) >= high)) {
      most[bin] = high
      mostSeqs[bin] = highSeq
    }
  }

  bins.onJoin((from, to) => {
    const seq = lastSeqs[from] ?? 0
    if (seq === 0 || from === to) return
    put(to, least[from] ?? 0, leastSeqs[from] ?? 0, most[from] ?? 0, mostSeqs[from] ?? 0)
    lasts[to] = lasts[from] ?? 0
    lastSeqs[to] = seq
    for (const one of [least, most, lasts]) one[from] = Number.NaN
    for (const one of [leastSeqs, mostSeqs, lastSeqs]) one[from] = 0
  })

  return {
    add(at: number, value: number, seq: number): void {
      const bin = bins.index(at)
      put(bin, value, seq, value, seq)
      lasts[bin] = value
      lastSeqs[bin] = seq
    },
    result() {
      const { startAt, binMs, length } = bins
      return {
        startAt,
        binMs,
        least: least.slice(0, length),
        most: most.slice(0, length),
        lasts: lasts.slice(0, length),
        leastSeqs: leastSeqs.slice(0, length),
        mostSeqs: mostSeqs.slice(0, length),
        lastSeqs: lastSeqs.slice(0, length),
      }
    },
  }
}
