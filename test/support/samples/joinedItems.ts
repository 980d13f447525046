// Sessions whose items came at known times, joined as the page joins them.

import type { JoinedLane } from '../../../src/shared/comparison/compareLanes.ts'
import { createItemColumns } from '../../../src/shared/comparison/itemColumns.ts'
import { createItemJoin, type ItemJoin } from '../../../src/shared/comparison/itemJoin.ts'

/** Epoch ms at which all sessions opened. */
export const openedAt = 1_790_000_000_000

/** An item's key, its origin and its arrival in ms since then, and the frame that brought it. */
export type Arrival = readonly [key: string, bornMs: number, ms: number, seq: number]

export function joinItems(sessions: readonly (readonly Arrival[])[]): {
  readonly join: ItemJoin
  readonly lanes: readonly JoinedLane[]
} {
  const join = createItemJoin(sessions.length)
  const lanes = sessions.map((arrivals, lane) => {
    const items = createItemColumns()
    for (const [key, born, ms, seq] of arrivals)
      items.push(key, openedAt + ms, openedAt + born, seq)
    join.add(lane, items.slice(0, items.length))
    const endedAt = openedAt + 60_000
    return {
      ...{ name: `${lane}`, method: 'sse' as const, startedAt: openedAt, openedAt, endedAt },
      ...{ keptUntil: endedAt, openMs: 60_000, reconnects: 0, awayMs: null },
      ...{ duplicates: 0, sent: 0, spoken: 0, requests: 1, emptyAnswers: 0, connections: 1 },
      ...{ payloadBytes: 1, wireBytesIn: 2, wireBytesOut: 1, leftOut: 0, unread: 0 },
    }
  })
  return { join, lanes }
}
