// Answers about times from an overview: which frame came then, and how much crossed in a span.

import type { Outage, Overview } from '../../shared/session/overview.ts'

export interface SpanSums {
  readonly framesIn: number
  readonly framesOut: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly errors: number
}

/** The frame that came at about that time: between the first ones of two bins it is guessed. */
export function seqAt(overview: Overview, lastSeq: number, at: number): number {
  const { startAt, binMs, firstSeq } = overview
  if (startAt === null) return 1
  const place = Math.max(0, (at - startAt) / binMs)
  const bin = Math.min(Math.floor(place), firstSeq.length - 1)
  const here = firstSeq[bin] ?? 0
  const next = nextSeq(firstSeq, bin + 1) ?? lastSeq + 1
  // In a silence: what came after it.
  if (here === 0) return Math.min(next, lastSeq)
  return Math.min(Math.floor(here + (next - here) * Math.min(place - bin, 1)), next - 1)
}

function nextSeq(firstSeq: ArrayLike<number>, from: number): number | null {
  for (let bin = from; bin < firstSeq.length; bin++) if (firstSeq[bin]) return firstSeq[bin] ?? null
  return null
}

/** About when frames came, whose numbers rise, in epoch ms, null where that is not known: within its bin a time is guessed. */
export function timesOf(
  overview: Overview,
  lastSeq: number,
  seqs: readonly number[],
): readonly (number | null)[] {
  const { startAt, binMs, firstSeq } = overview
  const bins = Array.from(firstSeq, (first, bin) => ({ first, bin })).filter(
    ({ first }) => first > 0,
  )
  let at = 0
  return seqs.map((seq) => {
    if (startAt === null || seq > lastSeq) return null
    while ((bins[at + 1]?.first ?? Number.POSITIVE_INFINITY) <= seq) at++
    const { first, bin } = bins[at] ?? { first: 1, bin: 0 }
    const next = bins[at + 1]?.first ?? lastSeq + 1
    return startAt + (bin + Math.max(0, Math.min(1, (seq - first) / (next - first)))) * binMs
  })
}

/** By whole bins: those that begin in the span, and one at least. */
export function sumsIn(overview: Overview, fromAt: number, untilAt: number): SpanSums {
  const { startAt, binMs } = overview
  const first = Math.max(0, Math.floor((fromAt - (startAt ?? 0)) / binMs))
  const end = Math.max(first + 1, Math.ceil((untilAt - (startAt ?? 0)) / binMs))
  const sum = (list: Uint32Array | Float64Array) => {
    let all = 0
    for (let bin = first; bin < end && bin < list.length; bin++) all += list[bin] ?? 0
    return all
  }
  return {
    framesIn: sum(overview.framesIn),
    framesOut: sum(overview.framesOut),
    bytesIn: sum(overview.bytesIn),
    bytesOut: sum(overview.bytesOut),
    errors: sum(overview.errors),
  }
}

/** The one that lay in the span, if any. */
export function outageIn(
  { outages }: Overview,
  fromAt: number,
  untilAt: number,
): Outage | undefined {
  return outages.find(
    (outage) => outage.fromAt < untilAt && (outage.untilAt ?? Number.POSITIVE_INFINITY) > fromAt,
  )
}

/** The frame of each bin in which something is, by whose rows matches are counted, and the one after the last. */
export function borderSeqs({ firstSeq }: Overview, lastSeq: number): number[] {
  return [...firstSeq.filter((seq) => seq > 0), lastSeq + 1]
}

/** Matches in each bin. `rows`: the row of each of `borderSeqs`. */
export function matchesByBin(overview: Overview, rows: readonly number[]): Uint32Array {
  const matches = new Uint32Array(overview.firstSeq.length)
  let at = 0
  overview.firstSeq.forEach((seq, bin) => {
    if (seq === 0) return
    // Frames that were recorded late stand in an earlier bin than their number tells.
    matches[bin] = Math.max(0, (rows[at + 1] ?? 0) - (rows[at] ?? 0))
    at++
  })
  return matches
}
