// The keys over the lanes: frame by frame, by screens, to the ends, and to the lane beside.

import type { Row, RowFilter } from '../../shared/session/captureRows.ts'
import type { Lane } from './lane.ts'

/** What a key leads to. */
export type LaneStep = 'next' | 'previous' | 'screen-down' | 'screen-up' | 'first' | 'last'

export const laneSteps: ReadonlyMap<string, LaneStep> = new Map([
  ['ArrowDown', 'next'],
  ['ArrowUp', 'previous'],
  ['PageDown', 'screen-down'],
  ['PageUp', 'screen-up'],
  ['Home', 'first'],
  ['End', 'last'],
])

/** Where a step begins. */
export interface StepFrom {
  /** The frame that it goes on from; null: from what is in view. */
  readonly seq: number | null
  /** Its time, or that of the view's upper edge; epoch ms of the session's own clock. */
  readonly at: number
  readonly screenMs: number
}

/** Each frame by itself. */
export function framesOf({ afterSeq, text, wire, show }: RowFilter): RowFilter {
  return { afterSeq, text, wire, ...(show && { show }) }
}

/** The frame that the step leads to; null without any. Rejects as the calls do. */
export async function stepTo({ model }: Lane, step: LaneStep, from: StepFrom): Promise<Row | null> {
  const { api, shown } = model
  const filter = framesOf(shown.filter)
  const lastSeq = shown.pausedSeq ?? Number.MAX_SAFE_INTEGER - 1
  const end = await api.position(filter, lastSeq + 1)
  if (end === 0) return null
  const { seq, at, screenMs } = from
  const targets: Readonly<Record<LaneStep, () => Promise<number>>> = {
    next: () => (seq === null ? api.rowAt(filter, at) : api.position(filter, seq + 1)),
    previous: async () =>
      (await (seq === null ? api.rowAt(filter, at + screenMs) : api.position(filter, seq))) - 1,
    'screen-down': () => api.rowAt(filter, at + screenMs),
    'screen-up': () => api.rowAt(filter, at - screenMs),
    first: async () => 0,
    last: async () => end - 1,
  }
  const index = Math.min(Math.max(0, await targets[step]()), end - 1)
  return (await api.rows(filter, index, 1)).rows[0] ?? null
}

/** The frame of the lane that is nearest to the time; null without any. */
export async function nearestTo({ model, shiftMs }: Lane, axisAt: number): Promise<Row | null> {
  const { api, shown } = model
  const filter = framesOf(shown.filter)
  const at = axisAt + shiftMs
  const index = await api.rowAt(filter, at)
  const { rows } = await api.rows(filter, Math.max(0, index - 1), 2)
  const last = shown.pausedSeq ?? Number.POSITIVE_INFINITY
  const distance = (row: Row) => Math.abs(row.frame.at - at)
  return rows
    .filter(({ frame }) => frame.seq <= last)
    .reduce<Row | null>((near, row) => (near && distance(near) <= distance(row) ? near : row), null)
}
