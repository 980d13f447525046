// One session of a comparison by itself: its counts and its items, whatever the others brought.

import type { Quantiles, SessionCounts } from './comparison.ts'
import type { ItemColumns } from './itemColumns.ts'

/** Times are epoch ms. */
export interface LaneCounts extends Omit<SessionCounts, 'name' | 'method'> {
  /** Items that were not kept: `comparisonLimits.items`. */
  readonly leftOut: number
  /** Payloads in which no item was looked for: larger than `comparisonLimits.payloadBytes`, or cut. */
  readonly unread: number
  /** Until when items were kept: its end, or when the first one was left out. */
  readonly keptUntil: number
  /** When items could arrive first: the first answer that is none of a failure. Null before it. */
  readonly openedAt: number | null
  readonly startedAt: number
  readonly endedAt: number
  readonly openMs: number
  /** Connections that were lost and came back. */
  readonly reconnects: number
  /** How long each was away; beyond `comparisonLimits.outages` those that are nearest to each other are one. */
  readonly awayMs: Quantiles | null
}

/** A session with its items, in order of their first arrival. */
export interface Lane extends LaneCounts, Pick<SessionCounts, 'name' | 'method'> {
  readonly items: ItemColumns
}

/** What some figures count, so that they lead to it. */
export const laneMarks = [
  'duplicates',
  'requests',
  'emptyAnswers',
  'connections',
  'losses',
  'sent',
] as const

export type LaneMark = (typeof laneMarks)[number]

/** The first `comparisonLimits.marks` frames of each. */
export type LaneMarks = Readonly<Record<LaneMark, readonly number[]>>

/** What the analysis `items` answers. */
export interface LaneAnswer {
  readonly counts: LaneCounts
  readonly marks: LaneMarks
  /** Items by now. */
  readonly total: number
  /** Of them `comparisonLimits.piece` at the most, from the one on that the scope names. */
  readonly from: number
  readonly items: ItemColumns
}
