// The rows that the server's hold runs through: from a long poll's request to its answer.

import type { Frame } from '../../shared/frame/frame.ts'
import { holdMs } from './rowView.ts'
import type { RowRange } from './virtualWindow.ts'

export type HoldPart = 'begins' | 'passes' | 'ends'

/** Rows looked through for the other end of a hold. */
const reach = 64

/** Parts by row index. `openHold`: the last request is unanswered, and its bar runs to the end. */
export function holdBars(
  range: RowRange,
  total: number,
  frameAt: (index: number) => Frame | undefined,
  openHold: boolean,
): ReadonlyMap<number, HoldPart> {
  const parts = new Map<number, HoldPart>()
  for (let end = range.first; end < Math.min(total, range.end + reach); end++) {
    const frame = frameAt(end)
    if (!frame || holdMs(frame) === null) continue
    const begin = findBack(end - 1, (before) => before.seq === frame.replyTo, frameAt)
    if (begin !== null) mark(parts, begin, end, true)
  }
  if (openHold && range.end >= total) {
    const begin = findBack(total - 1, isLongPoll, frameAt)
    if (begin !== null && !parts.has(begin)) mark(parts, begin, total, false)
  }
  return parts
}

function mark(parts: Map<number, HoldPart>, begin: number, end: number, ends: boolean): void {
  parts.set(begin, 'begins')
  for (let index = begin + 1; index < end; index++) parts.set(index, 'passes')
  if (ends) parts.set(end, 'ends')
}

function findBack(
  from: number,
  matches: (frame: Frame) => boolean,
  frameAt: (index: number) => Frame | undefined,
): number | null {
  for (let index = from; index >= Math.max(0, from - reach); index--) {
    const frame = frameAt(index)
    if (frame && matches(frame)) return index
  }
  return null
}

function isLongPoll(frame: Frame): boolean {
  return frame.kind === 'request' && frame.detail.purpose === 'long-poll'
}
