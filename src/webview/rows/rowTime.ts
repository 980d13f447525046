// The time in a row's first column: since when it counts, in words, and how much it weighs.

import type { Frame } from '../../shared/frame/frame.ts'
import type { TimeMode } from '../../shared/session/habits.ts'
import { formatClock, formatFromStart, formatSince } from '../../shared/text/units.ts'

/** Epoch ms; null: the session's first frame; `clock`: it does not count, but tells the time of day; `unknown`: yet. */
export type CountedFrom = number | null | 'clock' | 'unknown'

/** How much a time stands out: a long one where most are short. */
export type TimeWeight = 'usual' | 'long' | 'longest'

const longMs = 1000
const longestMs = 10_000
/** A rhythm is no pause, however slow. */
const longerThanBefore = 3

/** `previousAt`: of the row above, as the filter has it. */
export function countedFrom(
  mode: Exclude<TimeMode, 'sent'>,
  previousAt: number | null,
): CountedFrom {
  if (mode === 'clock') return 'clock'
  return mode === 'start' ? null : previousAt
}

/** Less would be told as `+0.0 ms`, on every row of a burst. */
const leastToldMs = 0.05
/** In the place of a time that is shorter. */
export const hardlyAnyTime = '·'

/** `+4.1 ms`, or `hardlyAnyTime`; since the first frame `0.000`; of the clock `14:22:07.318`. */
export function timeText({ at, elapsedMs }: Frame, from: CountedFrom): string {
  if (from === 'unknown') return ''
  if (from === 'clock') return formatClock(at)
  if (from === null) return formatFromStart(elapsedMs)
  return at - from < leastToldMs ? hardlyAnyTime : formatSince(at - from)
}

/** Only what lies between two frames can be long. `beforeMs`: the time between the two before; 0 where nobody knows. */
export function timeWeight({ at }: Frame, from: CountedFrom, beforeMs: number): TimeWeight {
  if (typeof from !== 'number') return 'usual'
  const ms = at - from
  if (ms < longMs || ms < longerThanBefore * beforeMs) return 'usual'
  return ms < longestMs ? 'long' : 'longest'
}
