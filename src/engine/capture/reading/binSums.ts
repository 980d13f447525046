// Sums frames up by bins of time, with SQL over the columns of a range or of chosen frames: no payloads and no details.

import type { DatabaseSync } from 'node:sqlite'
import type { Direction, FrameKind } from '../../../shared/frame/frame.ts'
import type { SliceWish } from '../../../shared/session/timeSlice.ts'
import { framesBetween, numbersIn, within } from '../format/room.ts'
import { wireShapes } from './wireFrames.ts'

/** Frames of one kind and one way in a bin; both are null where the file does not tell them. */
export interface BinSum {
  readonly bin: number
  readonly kind: FrameKind | null
  readonly direction: Direction | null
  readonly frames: number
  readonly bytes: number
  readonly firstSeq: number
  readonly lastSeq: number
}

/** The frames after `after` up to `last`, those of the wire layer with `wire` only; or these, in order. */
export type SummedFrames =
  | { readonly after: number; readonly last: number; readonly wire: boolean }
  | { readonly seqs: readonly number[] }

export type BinSpan = Pick<SliceWish, 'fromAt' | 'binMs' | 'bins'>

/** What of the frames falls into the bins; several sums may be of one bin. */
export type SumBins = (span: BinSpan, frames: SummedFrames) => readonly BinSum[]

/** The bin of that time; one that there is not where the time is before or after them all. */
export function binOf({ fromAt, binMs, bins }: BinSpan, at: number): number {
  if (!(at >= fromAt && at < untilOf({ fromAt, binMs, bins }))) return -1
  return Math.min(Math.trunc((at - fromAt) / binMs), bins - 1)
}

/** Where the last bin ends. */
export function untilOf({ fromAt, binMs, bins }: BinSpan): number {
  return fromAt + binMs * bins
}

/** A million frames take about 0.5 s, and chosen ones about 0.8 s. */
export function createBinSums(database: DatabaseSync): SumBins {
  const columns = `seq, ${numbersIn('at', 'shape', 'size_bytes')}`
  // The shapes are asked of the sums: there are fewer of them than frames.
  const sumsOf = (frames: string, shown = 'TRUE') =>
    database.prepare(
      `SELECT bin, kind, direction, frames, bytes, firstSeq, lastSeq
       FROM (SELECT min(CAST((at - $from) / $ms AS INTEGER), $bins - 1) AS bin, shape, count(*) AS frames,
             total(size_bytes) AS bytes, min(seq) AS firstSeq, max(seq) AS lastSeq
           FROM (${frames}) WHERE at >= $from AND at < $until GROUP BY bin, shape) g
       LEFT JOIN (SELECT id, ${within('kind', 64)}, ${within('direction', 64)} FROM shape) s ON s.id = g.shape
       WHERE ${shown}`,
    )
  const between = framesBetween(columns, '$after', '$last')
  const all = sumsOf(between)
  const withoutWire = sumsOf(between, `(shape IN (${wireShapes})) IS NOT TRUE`)
  const chosen = sumsOf(
    `SELECT ${columns} FROM json_each($seqs) chosen CROSS JOIN frame ON frame.seq = chosen.value`,
  )
  return (span, frames) => {
    const bins = { $from: span.fromAt, $ms: span.binMs, $bins: span.bins, $until: untilOf(span) }
    const sums =
      'seqs' in frames
        ? chosen.all({ ...bins, $seqs: JSON.stringify(frames.seqs) })
        : (frames.wire ? all : withoutWire).all({
            ...bins,
            $after: frames.after,
            $last: frames.last,
          })
    return sums as unknown as BinSum[]
  }
}

/** The frames that are summed up are after the first one, up to the second one. */
export function endsOf(summed: SummedFrames): readonly [after: number, last: number] {
  if (!('seqs' in summed)) return [summed.after, summed.last]
  const [first = 1, last = 0] = [summed.seqs[0], summed.seqs.at(-1)]
  return [first - 1, last]
}

/** Of them, those after `after` up to `last`. */
export function shareOf(
  summed: SummedFrames,
  { after, last }: { readonly after: number; readonly last: number },
): SummedFrames {
  if (!('seqs' in summed)) return { ...summed, after, last }
  return { seqs: summed.seqs.filter((seq) => seq > after && seq <= last) }
}
