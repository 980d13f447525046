// The frames of a filter's rows within spans, one by one: what is selected under a filter holds no other frame.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import { addSpan, type FrameSpans } from '../../shared/session/frameSpans.ts'

/** Rows that are read; more are not told apart from what is between them. */
export const mostReadRows = 1000
const pageRows = 200

/** Null where they are more than `mostReadRows`. Rejects as `position` and `rows` do. */
export async function readSpans(
  api: Pick<TimelineApi, 'rows' | 'position'>,
  filter: RowFilter,
  spans: FrameSpans,
): Promise<FrameSpans | null> {
  let read: FrameSpans = []
  let rows = 0
  for (const [first, last] of spans) {
    const [from, end] = await Promise.all([
      api.position(filter, first),
      api.position(filter, last + 1),
    ])
    rows += end - from
    if (rows > mostReadRows) return null
    for (let next = from; next < end; ) {
      const page = await api.rows(filter, next, Math.min(pageRows, end - next))
      if (page.rows.length === 0) break
      for (const { frame } of page.rows) read = addSpan(read, [frame.seq, frame.seq])
      next += page.rows.length
    }
  }
  return read
}
