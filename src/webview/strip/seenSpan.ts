// The time of the rows that are seen, as the strip frames it.

import type { RowStore } from '../model/rowStore.ts'
import { placeOf, type StripScale } from './stripScale.ts'

/** Epoch ms. */
export interface TimeSpan {
  readonly fromAt: number
  readonly untilAt: number
}

/** A view that may be true to time. */
export interface TimedView {
  /** The time in view; null: it is one of rows. */
  readonly span: TimeSpan | null
  /** Puts a time, epoch ms, there; false: it is a view of rows. */
  showTime(at: number, where: 'top' | 'middle'): boolean
}

/** In pixels from the left end of the strip. */
export interface Edges {
  readonly fromPx: number
  readonly untilPx: number
}

/** So narrow it is at the least. */
const leastPx = 10

/** Rows `first` to `end - 1`. Null while the first or the last of them is not read. */
export function seenSpan(
  rows: Pick<RowStore, 'row'>,
  { first, end }: { readonly first: number; readonly end: number },
): TimeSpan | null {
  const [top, bottom] = [rows.row(first), rows.row(end - 1)]
  if (!top || !bottom) return null
  const { frame, fold } = bottom
  return { fromAt: top.frame.at, untilAt: frame.at + (fold && !fold.open ? fold.spanMs : 0) }
}

export function exactEdges({ fromAt, untilAt }: TimeSpan, scale: StripScale): Edges {
  return { fromPx: placeOf(fromAt, scale), untilPx: placeOf(untilAt, scale) }
}

/** Wide enough to be seen and caught; all of it stays on the strip. */
export function edgesOf({ fromAt, untilAt }: TimeSpan, scale: StripScale): Edges {
  const [from, until] = [placeOf(fromAt, scale), placeOf(untilAt, scale)]
  const widthPx = Math.min(scale.widthPx, Math.max(until - from + 2, leastPx))
  const fromPx = Math.min(Math.max(0, (from + until - widthPx) / 2), scale.widthPx - widthPx)
  return { fromPx, untilPx: fromPx + widthPx }
}

/** As long as it was, and where it is to be. */
export function movedTo(span: TimeSpan, at: number, where: 'top' | 'middle'): TimeSpan {
  const ms = span.untilAt - span.fromAt
  const fromAt = where === 'top' ? at : at - ms / 2
  return { fromAt, untilAt: fromAt + ms }
}
