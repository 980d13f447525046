// The scale of the true-to-time layout: which time is where, its zoom steps, and the round times of its axis.

import { formatClock } from '../../shared/text/units.ts'

/** Times in epoch ms, places in CSS pixels from the top of the view. */
export interface TimeScale {
  readonly topAt: number
  /** From the top of the view to its bottom. */
  readonly screenMs: number
  readonly heightPx: number
}

export const usualScreenMs = 10_000

/** What one screen can be, in ms: from 1 ms to 1 h. */
export const zoomSteps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1000, 2000, 5000, 10_000, 30_000],
  ...[60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000],
] as const

/** Round lengths between two lines of the axis. */
const gridSteps = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1000, 2000, 5000, 10_000, 15_000, 30_000],
  ...[60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000],
] as const

/** Lines of the axis are at least so far apart. */
const leastGridPx = 44

export function msPerPx({ screenMs, heightPx }: TimeScale): number {
  return screenMs / Math.max(1, heightPx)
}

export function placeOf(at: number, scale: TimeScale): number {
  return (at - scale.topAt) / msPerPx(scale)
}

export function timeAt(px: number, scale: TimeScale): number {
  return scale.topAt + px * msPerPx(scale)
}

/** The next step that way: 1 shows less time on a screen, −1 more. */
export function zoomed(screenMs: number, way: 1 | -1): number {
  if (way > 0) return zoomSteps.findLast((step) => step < screenMs) ?? zoomSteps[0]
  return zoomSteps.find((step) => step > screenMs) ?? zoomSteps.at(-1) ?? screenMs
}

/** The step that shows the whole of a span with some room around it. */
export function stepFor(spanMs: number): number {
  return zoomSteps.find((step) => step >= spanMs * 1.2) ?? zoomSteps.at(-1) ?? spanMs
}

/** The time at `px` stays there. */
export function zoomedAround(scale: TimeScale, screenMs: number, px: number): TimeScale {
  const next = { ...scale, screenMs }
  return { ...next, topAt: timeAt(px, scale) - px * msPerPx(next) }
}

/** Milliseconds between two lines of the axis. */
export function gridMs(scale: TimeScale): number {
  const least = leastGridPx * msPerPx(scale)
  return gridSteps.find((step) => step >= least) ?? gridSteps.at(-1) ?? least
}

/** The round times in view, counted from `originAt`. */
export function ticksOf(scale: TimeScale, originAt: number): readonly number[] {
  const step = gridMs(scale)
  const first = Math.ceil((scale.topAt - originAt) / step)
  const last = Math.floor((scale.topAt + scale.screenMs - originAt) / step)
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, n) => originAt + (first + n) * step,
  )
}

/** `34.0 s`, `2:05`, `1:00:05`: time since the origin, as fine as the lines of the axis need it. */
export function tickWords(elapsedMs: number, stepMs: number): string {
  const sign = elapsedMs < 0 ? '−' : ''
  const digits = stepMs >= 1000 ? 0 : Math.max(1, Math.ceil(-Math.log10(stepMs / 1000) - 1e-9))
  // To the last digit that is told: 59.96 must not become 60.0.
  const unit = 1000 / 10 ** digits
  const ms = Math.round(Math.abs(elapsedMs) / unit) * unit
  const seconds = ms / 1000
  if (seconds < 60) return `${sign}${seconds.toFixed(Math.max(1, digits))} s`
  const minutes = Math.floor(seconds / 60 + 1e-9)
  const rest = Math.max(0, seconds - minutes * 60).toFixed(digits)
  const padded = rest.padStart(digits === 0 ? 2 : digits + 3, '0')
  if (minutes < 60) return `${sign}${minutes}:${padded}`
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${padded}`
}

/** Of the time of day. */
export function clockWords(at: number, stepMs: number): string {
  const words = formatClock(at)
  if (stepMs >= 1000) return words.slice(0, 8)
  if (stepMs >= 1) return words
  const micros = Math.floor((((at % 1) + 1) % 1) * 1000)
  return words + String(micros).padStart(3, '0')
}
