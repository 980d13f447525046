// Requests without an answer and waits that began before a time and still went on then.

import type { Frame } from '../../../shared/frame/frame.ts'
import { sliceLimits } from '../../../shared/limits.ts'
import type { Row } from '../../../shared/session/captureRows.ts'
import type { RowOrder } from './rowOrder.ts'
import type { RowSource } from './rows.ts'

/** `start`: the row of the order from which on they are no longer looked for. */
export function reachingRows(
  source: Pick<RowSource, 'last' | 'read'>,
  order: RowOrder,
  start: number,
  fromAt: number,
): readonly Row[] {
  const end = start < order.length ? order.seq(start) : source.last() + 1
  const first = Math.max(1, end - sliceLimits.framesBefore)
  if (first >= end) return []
  const before = source.read(first, end - first).rows.filter(({ frame }) => frame.at < fromAt)
  return before.filter(
    ({ frame }, index) =>
      isShown(order, frame.seq) &&
      reaches(
        frame,
        before.slice(index + 1).map((row) => row.frame),
        fromAt,
      ),
  )
}

function isShown(order: RowOrder, seq: number): boolean {
  const row = order.rowOf(seq)
  return row < order.length && order.seq(row) === seq
}

function reaches(frame: Frame, after: readonly Frame[], fromAt: number): boolean {
  if (frame.kind === 'request') return !after.some((next) => ends(frame, next))
  if (frame.kind !== 'wait' || frame.at + frame.detail.delayMs <= fromAt) return false
  // Who connects again by hand does not wait to the end.
  return !after.some((next) => next.kind === 'end' || isNextRequest(next))
}

function ends(request: Frame, { kind, replyTo }: Frame): boolean {
  return kind === 'end' || ((kind === 'response' || kind === 'error') && replyTo === request.seq)
}

function isNextRequest(frame: Frame): boolean {
  return frame.kind === 'request' && frame.detail.purpose !== 'companion'
}
