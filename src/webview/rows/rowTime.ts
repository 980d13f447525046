// The time in a row's first column: since when it counts, in words, and how much it weighs.

import type { Frame } from '../../shared/frame/frame.ts'
import type { TimeMode } from '../../shared/session/habits.ts'
import { formatClock, formatFromStart, formatSince } from '../../shared/text/units.ts'

/** Epoch ms; null: the session's first frame; `clock`: it does not count, but tells the time of day. */
export type CountedFrom = number | null | 'clock'

/** How much a time stands out: a long one where most are short. */
export type TimeWeight = 'usual' | 'long' | 'longest'

const longMs = 1000
const longestMs = 10_000

/** `previousAt`: of the row above, as the filter has it. */
export function countedFrom(mode: TimeMode, previousAt: number | null): CountedFrom {
  if (mode === 'clock') return 'clock'
  return mode === 'start' ? null : previousAt
}

/** `+4.1 ms`; since the first frame `0.000`; of the clock `14:22:07.318`. */
export function timeText({ at, elapsedMs }: Frame, from: CountedFrom): string {
  if (from === 'clock') return formatClock(at)
  return from === null ? formatFromStart(elapsedMs) : formatSince(at - from)
}

/** Only what lies between two frames can be long. */
export function timeWeight({ at }: Frame, from: CountedFrom): TimeWeight {
  if (typeof from !== 'number' || at - from < longMs) return 'usual'
  return at - from < longestMs ? 'long' : 'longest'
}
