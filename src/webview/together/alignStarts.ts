// Sessions of other times beside each other: by how much each is moved so that all begin at the same height.

import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { usualScreenMs } from '../lanes/timeScale.ts'

/** When a session went on, in epoch ms. */
export interface TimeSpan {
  readonly start: number
  readonly end: number
}

/** Null before its first frame. A capture that was cut off has no end that is known: its start is one. */
export function spanOf(
  { startedAt, endedAt, now }: Pick<SessionStatus, 'startedAt' | 'endedAt' | 'now'>,
  isLive: boolean,
): TimeSpan | null {
  if (startedAt === null) return null
  return { start: startedAt, end: endedAt ?? (isLive ? now : startedAt) }
}

/** Whether one of them is over a screen before others begin, so that on one axis there is nothing to be compared. */
export function areApart(spans: readonly (TimeSpan | null)[]): boolean {
  const known = spans.filter((span) => span !== null)
  const latestStart = Math.max(...known.map(({ start }) => start))
  return known.some(({ end }) => end + usualScreenMs < latestStart)
}

/** Milliseconds that are taken from the times of each: they begin with the one that began last, which may be live. */
export function shiftsToStart(spans: readonly (TimeSpan | null)[]): readonly number[] {
  const latest = Math.max(...spans.filter((span) => span !== null).map(({ start }) => start))
  return spans.map((span) => (span === null ? 0 : span.start - latest))
}
