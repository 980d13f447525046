// The bars of the strip: bins of the overview side by side until they are wide enough to be seen.

import type { Overview } from '../../shared/session/overview.ts'
import { placeOf, type StripScale } from './stripScale.ts'

export type StripUnit = 'frames' | 'bytes'

export interface Bar {
  /** Its left and its right edge, in CSS pixels. */
  readonly fromPx: number
  readonly untilPx: number
  /** 0 to 1, of the highest bar: what came, and what was sent. */
  readonly received: number
  readonly sent: number
  readonly hasErrors: boolean
  /** Frames of the filter. */
  readonly matches: number
}

const leastPx = 3
/** Of what lasted no longer, as of a frame by itself. */
const mostPx = 6

/** Only those in which something is. `matches`: of each bin; null without a filter. */
export function barsOf(
  overview: Overview,
  matches: ArrayLike<number> | null,
  unit: StripUnit,
  scale: StripScale,
): Bar[] {
  const received = unit === 'frames' ? overview.framesIn : overview.bytesIn
  const sent = unit === 'frames' ? overview.framesOut : overview.bytesOut
  const { startAt, binMs, errors } = overview
  if (startAt === null) return []
  const group = groupSize(overview, scale)
  const most = Math.max(highest(received, group), highest(sent, group))
  const bars: Bar[] = []
  for (let bin = 0; bin < received.length; bin += group) {
    const all = (list: ArrayLike<number>) => sumOf(list, bin, group)
    const bar = {
      received: heightOf(all(received), most),
      sent: heightOf(all(sent), most),
      hasErrors: all(errors) > 0,
      matches: matches === null ? 0 : all(matches),
    }
    if (bar.received === 0 && bar.sent === 0 && !bar.hasErrors && bar.matches === 0) continue
    const fromPx = Math.round(placeOf(startAt + bin * binMs, scale))
    const endPx = Math.round(placeOf(startAt + (bin + group) * binMs, scale))
    bars.push({ ...bar, fromPx, untilPx: Math.min(endPx - 1, fromPx + mostPx) })
  }
  return bars
}

/** A power of two, so that bars stay when bins double. */
function groupSize({ binMs }: Overview, { fromAt, untilAt, widthPx }: StripScale): number {
  const binPx = (binMs / (untilAt - fromAt)) * widthPx
  return binPx <= 0 ? 1 : 2 ** Math.max(0, Math.ceil(Math.log2(leastPx / binPx)))
}

/** By the root: a single frame is seen beside a flood. */
function heightOf(value: number, most: number): number {
  return value === 0 ? 0 : Math.sqrt(value / most)
}

function highest(list: ArrayLike<number>, group: number): number {
  let most = 0
  for (let bin = 0; bin < list.length; bin += group) most = Math.max(most, sumOf(list, bin, group))
  return most
}

function sumOf(list: ArrayLike<number>, from: number, count: number): number {
  let sum = 0
  for (let i = from; i < from + count && i < list.length; i++) sum += list[i] ?? 0
  return sum
}
