// The time that the lanes have together: where it begins, how far it has come, whether it runs on.

import type { TimelineModel } from '../model/timelineModel.ts'
import type { Lane } from './lane.ts'
import type { TimeScale } from './timeScale.ts'

/** Epoch ms of the axis. */
export interface LanesTime {
  /** The first frame of all; null before it. */
  readonly firstAt: number | null
  readonly endAt: number | null
  /** It goes on by itself. */
  readonly isLive: boolean
}

/** When one lane's session lived. */
export interface LifeSpan {
  readonly fromAt: number | null
  /** Up to now while it lives. */
  readonly untilAt: number | null
  readonly isLive: boolean
}

/** Above the first frame and below the newest one. */
const marginPx = 24

/** `lastAt`: of its last frame, where that is known. */
export function lifeSpan({ model, shiftMs }: Lane, lastAt: number | null): LifeSpan {
  const { status } = model
  if (status === null || status.startedAt === null)
    return { fromAt: null, untilAt: null, isLive: isLive(model) }
  const ended = status.endedAt ?? lastAt ?? status.startedAt
  const untilAt = isLive(model) ? model.clock.now() : ended
  return { fromAt: status.startedAt - shiftMs, untilAt: untilAt - shiftMs, isLive: isLive(model) }
}

export function isLive({ session }: TimelineModel): boolean {
  return session !== null && !session.readOnly && session.status.state !== 'ended'
}

export function lanesTime(spans: readonly LifeSpan[]): LanesTime {
  const firsts = spans.flatMap(({ fromAt }) => fromAt ?? [])
  const ends = spans.flatMap(({ untilAt }) => untilAt ?? [])
  return {
    firstAt: firsts.length > 0 ? Math.min(...firsts) : null,
    endAt: ends.length > 0 ? Math.max(...ends) : null,
    isLive: spans.some((span) => span.isLive),
  }
}

/** Frames need about so long from the wire to the view, in ms. */
const lateMs = 300
/** A screen of less time would show a time of which nothing has come. */
const shortScreenMs = 2000

/** The top of a view that follows: the beginning stands at its upper edge until the time fills the screen. */
export function followedTop(
  { firstAt, endAt: now, isLive: runsOn }: LanesTime,
  scale: Omit<TimeScale, 'topAt'>,
): number {
  if (firstAt === null || now === null) return 0
  const endAt = runsOn && scale.screenMs < shortScreenMs ? now - lateMs : now
  const marginMs = (marginPx / Math.max(1, scale.heightPx)) * scale.screenMs
  return Math.max(firstAt - marginMs, endAt + marginMs - scale.screenMs)
}

/** A top within the time that there is. */
export function clampedTop(
  topAt: number,
  time: LanesTime,
  scale: Omit<TimeScale, 'topAt'>,
): number {
  if (time.firstAt === null) return topAt
  const marginMs = (marginPx / Math.max(1, scale.heightPx)) * scale.screenMs
  const least = time.firstAt - marginMs
  return Math.max(least, Math.min(topAt, followedTop(time, scale)))
}

/** Of a picture that does not move with the clock. */
const stepsAScreen = 10

/** The same for who wants less motion: a part of the screen at a time, and never less than what is newest. */
export function calmTop(topAt: number, { firstAt }: LanesTime, screenMs: number): number {
  // The beginning stands anyway.
  if (firstAt === null || topAt <= firstAt) return topAt
  const stepMs = screenMs / stepsAScreen
  return Math.ceil(topAt / stepMs) * stepMs
}
