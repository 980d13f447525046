// Selected frames among those that a filter shows: which they are, as whole rows, and what they come to.

import type { RowFilter, SelectedSums } from '../../../shared/session/captureRows.ts'
import type { FrameSpan, FrameSpans } from '../../../shared/session/frameSpans.ts'
import { firstIndex } from '../folds/firstIndex.ts'
import { isFolded, orderOf } from './foldedOrder.ts'
import type { RowOrder } from './rowOrder.ts'
import type { RowSource } from './rows.ts'

/** A call sums up sizes for about so long. */
const sumMs = 20
/** The time is looked at after so many frames. */
const summedFrames = 65_536

/** Frames by their numbers, from 0, among those that are shown. */
interface Chosen {
  readonly frames: RowOrder
  /** In order and apart; each begins and ends with a row. */
  readonly ranges: readonly FrameSpan[]
  readonly rows: number
  /** The first frame of the last row. */
  readonly lastRow: number
}

function choose(source: RowSource, filter: RowFilter, within: FrameSpans, until?: number): Chosen {
  const order = orderOf(source, filter, source.last(), until)
  const folded = isFolded(order) ? order : null
  const frames = folded?.frames ?? order
  const ranges: FrameSpan[] = []
  let lastRow = 0
  for (const [first, last] of within) {
    const [from, to] = [frames.rowOf(first), frames.rowOf(last + 1) - 1]
    if (from > to) continue
    const ends = folded && [folded.rows.framesOf(from), folded.rows.framesOf(to)]
    const [start, end] = [ends?.[0]?.first ?? from, ends?.[1]?.last ?? to]
    lastRow = ends?.[1]?.first ?? to
    const before = ranges.at(-1)
    if (before && start <= before[1] + 1)
      ranges.splice(-1, 1, [before[0], Math.max(end, before[1])])
    else ranges.push([start, end])
  }
  const rows = ranges.reduce(
    (sum, [from, to]) => sum + to - from + 1 - (folded?.rows.hiddenAmong(from, to) ?? 0),
    0,
  )
  return { frames, ranges, rows, lastRow }
}

/** What is shown of `within`, with all frames of its folded runs. Reads the filter up to its end. */
export function shownSpans(source: RowSource, filter: RowFilter, within: FrameSpans): FrameSpans {
  const { frames, ranges } = choose(source, filter, within, Number.POSITIVE_INFINITY)
  return ranges.map(([from, to]) => [frames.seq(from), frames.seq(to)])
}

/** See `Capture.selected`. */
export function sumSelected(
  source: RowSource,
  filter: RowFilter,
  within: FrameSpans,
  afterSeq: number,
): SelectedSums {
  const { frames, ranges, rows, lastRow } = choose(source, filter, within)
  const [first, last] = [ranges[0]?.[0] ?? null, ranges.at(-1)?.[1] ?? null]
  const wanted = Math.min(within.at(-1)?.[1] ?? 0, source.last())
  const summed = sumSizes(source, frames, ranges, afterSeq)
  const isRead = frames.upTo >= wanted
  const at = (frame: number | null) => (frame === null ? 0 : (source.at(frames.seq(frame)) ?? 0))
  return {
    rows,
    frames: ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0),
    ends: first === null ? null : { firstSeq: frames.seq(first), lastSeq: frames.seq(lastRow) },
    spanMs: Math.max(0, at(last) - at(first)),
    ...summed,
    partial: !isRead || (last !== null && summed.upTo < frames.seq(last)),
  }
}

function sumSizes(
  source: RowSource,
  frames: RowOrder,
  ranges: readonly FrameSpan[],
  afterSeq: number,
): Pick<SelectedSums, 'sizeBytes' | 'upTo'> {
  const until = performance.now() + sumMs
  const from = frames.rowOf(afterSeq + 1)
  let sizeBytes = 0
  let upTo = afterSeq
  for (const [first, last] of ranges) {
    for (let frame = Math.max(first, from); frame <= last && performance.now() < until; ) {
      const end = endOfRun(frames, frame, Math.min(last + 1, frame + summedFrames))
      upTo = frames.seq(end - 1)
      sizeBytes += source.sizeBetween(frames.seq(frame) - 1, upTo)
      frame = end
    }
  }
  return { sizeBytes, upTo }
}

/** The first frame from `from` on, `end` at the most, before which a number is left out. */
function endOfRun(frames: RowOrder, from: number, end: number): number {
  const first = frames.seq(from)
  return firstIndex(from + 1, end, (frame) => frames.seq(frame) - first > frame - from)
}
