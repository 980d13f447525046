// The scale of the strip: which time is where, and where the time of a session that runs ends.

/** Times in epoch ms, places in CSS pixels from the left end. */
export interface StripScale {
  readonly fromAt: number
  readonly untilAt: number
  readonly widthPx: number
}

/** A session has lasted so long at least. */
const leastMs = 100

/** What was last is drawn whole. */
const lastPx = 8

/** Steps in which the end moves on, in each doubling of the time. */
const steps = 8

/**
 * `reachedAt`: the last frame, or now. The time of a live session ends a little later, at one of few lengths: what is drawn
 * stands still until the next one.
 */
export function scaleOf(
  fromAt: number,
  reachedAt: number,
  widthPx: number,
  isLive: boolean,
): StripScale {
  const ms = Math.max(reachedAt - fromAt, leastMs)
  const endMs = ms * (1 + lastPx / Math.max(widthPx, lastPx))
  return { fromAt, untilAt: fromAt + (isLive ? roomyMs(endMs) : endMs), widthPx }
}

function roomyMs(ms: number): number {
  const step = 2 ** Math.floor(Math.log2(ms)) / steps
  return (Math.floor(ms / step) + 1) * step
}

export function placeOf(at: number, { fromAt, untilAt, widthPx }: StripScale): number {
  return ((at - fromAt) / (untilAt - fromAt)) * widthPx
}

/** Within the scale, wherever the pointer is. */
export function timeAt(px: number, { fromAt, untilAt, widthPx }: StripScale): number {
  const share = widthPx === 0 ? 0 : Math.min(Math.max(px / widthPx, 0), 1)
  return fromAt + share * (untilAt - fromAt)
}
