// A session that is drawn in a lane, and what is marked across lanes.

import type { TimelineModel } from '../model/timelineModel.ts'

/** A session that is drawn in a lane, or listed with others. */
export interface Lane {
  readonly model: TimelineModel
  /** Milliseconds that are taken from its times, so that sessions of other days stand beside each other; 0: as they are. */
  readonly shiftMs: number
}

/** Epoch ms of the axis. */
export interface TimeSpan {
  readonly fromAt: number
  readonly untilAt: number
}

/** The marks to be seen in a span, in order of time; asked for each picture. */
export type MarksIn = (span: TimeSpan) => readonly LaneMark[]

/** The same item in several lanes: a dotted line across all, and a bar where it came late. */
export interface LaneMark {
  /** Epoch ms, as the axis has it, at which it was seen first. */
  readonly at: number
  /** A word for the axis. */
  readonly label: string
  /** Of each lane, when it came there; null where it did not. */
  readonly arrivals: readonly (number | null)[]
  /** Since when it could have come. */
  readonly originAt: number
}
